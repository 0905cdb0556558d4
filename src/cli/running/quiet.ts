import { refusalOf } from '../../platform/http/problem.ts'
import { httpRefusal } from '../../platform/http/refusals.ts'
import type { FailureLog } from '../../platform/jobs/sweeper.ts'
import type { Logger } from '../../platform/log/logger.ts'

/** The log of background work: that the database is away is told once, by the watch over it, not at every turn. */
export function quietWhileAway(log: Logger): FailureLog {
  return {
    error(fields, message) {
      const isAway = refusalOf('err' in fields ? fields.err : undefined)?.rule === httpRefusal.databaseAway
      log[isAway ? 'debug' : 'error'](fields, message)
    },
  }
}
