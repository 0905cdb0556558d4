import type { Binaries } from './binaries.ts'
import type { RunAs } from './os-user.ts'

/** One data folder and the means to run PostgreSQL in it. */
export interface Site {
  /** Absolute and real. */
  readonly dataDirectory: string
  /** `postgres/` in the data folder. */
  readonly clusterDirectory: string
  readonly binaries: Binaries
  readonly runAs: RunAs
  readonly durable: boolean
}

/** Nothing of Baton's own environment (which may hold secrets) reaches PostgreSQL. */
export const bareEnvironment = {
  PATH: process.env['PATH'] ?? '/usr/bin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
}
