import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { Logger } from '../../platform/log/logger.ts'
import type { DatabaseSource } from './database-source.ts'

const everyMs = 1_000
const missesBeforeRevival = 2

/**
 * Looks every second whether the database answers, tells the log when it goes away and comes back, and starts the
 * embedded one again when it has died.
 * @returns stops looking
 */
export function keepDatabase(source: DatabaseSource, owner: pg.Pool, log: Logger): () => Promise<void> {
  const stop = new AbortController()
  const looking = look({ source, owner, log, signal: stop.signal })
  return async () => {
    stop.abort()
    await looking
  }
}

interface Watch {
  readonly source: DatabaseSource
  readonly owner: pg.Pool
  readonly log: Logger
  readonly signal: AbortSignal
}

async function look({ source, owner, log, signal }: Watch): Promise<void> {
  let misses = 0
  while (!signal.aborted) {
    await sleep(everyMs, undefined, { signal }).catch(() => undefined)
    if (signal.aborted) return
    try {
      await owner.query('select 1')
      if (misses > 0) log.warn({ seconds: misses }, 'the database answers again')
      misses = 0
    } catch (err) {
      misses += 1
      if (misses === 1) log.error({ err }, 'the database does not answer')
      if (misses % missesBeforeRevival === 0)
        await source
          .revive()
          .catch((failure: unknown) => log.error({ err: failure }, 'the database could not be started again'))
    }
  }
}
