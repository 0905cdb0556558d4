import type { Logger } from '../../platform/log/logger.ts'

type Close = () => unknown

/** What has to be let go at the end, the last taken first. */
export interface Closing {
  add(what: string, close: Close): void
  /** Lets everything go; a failure is logged and does not keep the rest. Safe to call twice. */
  close(): Promise<void>
}

export function createClosing(log: Pick<Logger, 'debug' | 'error'>): Closing {
  const held: { readonly what: string; readonly close: Close }[] = []
  let closing: Promise<void> | undefined

  async function closeAll(): Promise<void> {
    for (const { what, close } of held.toReversed()) {
      const started = performance.now()
      try {
        await close()
        log.debug({ what, ms: Math.round(performance.now() - started) }, 'let go')
      } catch (err) {
        log.error({ err, what }, 'could not be let go cleanly')
      }
    }
  }
  return {
    add: (what, close) => void held.push({ what, close }),
    close() {
      closing ??= closeAll()
      return closing
    },
  }
}
