import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { createDoorkeeper } from './features/accounts/index.ts'
import { accountDueTasks } from './features/accounts/jobs.ts'
import { accountsRoutes } from './features/accounts/routes.ts'
import { auditRoutes } from './features/audit/routes.ts'
import { createSealer } from './features/audit/sealer.ts'
import { companiesRoutes } from './features/companies/routes.ts'
import { wireContributions } from './features/custody-ports/index.ts'
import { numbersContribution } from './features/numbers/contributes.ts'
import { numberDueTasks, numberJobNames, numberJobs } from './features/numbers/jobs.ts'
import { numberRoutes } from './features/numbers/routes.ts'
import { peopleContribution } from './features/people/contributes.ts'
import { peopleRoutes } from './features/people/routes.ts'
import { requestsRoutes } from './features/requests/routes.ts'
import type { Clock } from './platform/clock/clock.ts'
import type { KeyRing } from './platform/crypto/key-ring.ts'
import type { Announcer } from './platform/db/announce.ts'
import type { Database } from './platform/db/database.ts'
import type { CheckpointFiles } from './platform/files/checkpoint-files.ts'
import type { BoundRoute } from './platform/http/bind.ts'
import { createKeySweep } from './platform/http/idempotency.ts'
import { createServer } from './platform/http/server.ts'
import type { JobDefinition } from './platform/jobs/queue.ts'
import type { DueTask } from './platform/jobs/sweeper.ts'

/** What the composition root gets from the outside world. */
export interface AppParts {
  readonly database: Database
  readonly clock: Clock
  readonly announcer: Announcer
  /** Keys that sign the ledger's checkpoints, and where checkpoints go outside the database. */
  readonly keys: KeyRing
  readonly checkpointFiles: CheckpointFiles
  readonly log: FastifyBaseLogger
  readonly version: string
  readonly trustProxy: string | false
  readonly requestsPerMinute: number
  readonly tls?: { readonly cert: Buffer; readonly key: Buffer }
  readonly draining: AbortSignal
}

/** Baton, assembled: what answers requests and what works in the background. Nothing listens or runs yet. */
export interface App {
  readonly http: FastifyInstance
  /** The same routes for the socket in the data folder, where the caller is the operator of the machine. */
  readonly localHttp: FastifyInstance
  readonly jobs: readonly JobDefinition[]
  readonly dueTasks: readonly DueTask[]
}

// Proxies close what is silent for 30 to 60 seconds.
const heartbeatMs = 15_000

/** Names of all queues, needed before the queue starts. */
export const jobNames: readonly string[] = [...numberJobNames]

/** The composition root: the only place that knows every feature. */
export async function createApp(parts: AppParts): Promise<App> {
  wireContributions([peopleContribution, numbersContribution])
  const routes: BoundRoute[] = [
    ...auditRoutes({ ...parts, heartbeatMs }),
    ...requestsRoutes,
    ...companiesRoutes,
    ...accountsRoutes,
    ...peopleRoutes,
    ...numberRoutes,
  ]
  const server = {
    ...parts,
    routes,
    doorkeeper: createDoorkeeper(parts.database),
  }
  return {
    http: await createServer({ ...server, isLocalSocket: false }),
    localHttp: await createServer({ ...server, isLocalSocket: true }),
    jobs: numberJobs(parts.database),
    dueTasks: [
      ...numberDueTasks(parts.database),
      ...accountDueTasks(parts.database),
      createKeySweep(parts.database),
      createSealer(parts),
    ],
  }
}
