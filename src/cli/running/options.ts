import type { Settings } from '../../platform/config/settings.ts'
import type { Logger } from '../../platform/log/logger.ts'

/** `serve`: HTTP and background work; `work`: background work only; `command`: the socket for commands, no TCP port. */
export type Purpose = 'serve' | 'work' | 'command'

export interface BatonOptions {
  readonly settings: Settings
  readonly log: Logger
  readonly purpose: Purpose
}
