import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { wireContributions } from './features/custody-ports/index.ts'
import type { Clock } from './platform/clock/clock.ts'
import type { Announcer } from './platform/db/announce.ts'
import type { Database } from './platform/db/database.ts'
import type { BoundRoute } from './platform/http/bind.ts'
import { createServer } from './platform/http/server.ts'
import type { JobDefinition } from './platform/jobs/queue.ts'
import type { DueTask } from './platform/jobs/sweeper.ts'

/** What the composition root gets from the outside world. */
export interface AppParts {
  readonly database: Database
  readonly clock: Clock
  readonly announcer: Announcer
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

/** Names of all queues, needed before the queue starts. */
export const jobNames: readonly string[] = []

/** The composition root: the only place that knows every feature. */
export async function createApp(parts: AppParts): Promise<App> {
  wireContributions([])
  const routes: BoundRoute[] = []
  const server = {
    ...parts,
    routes,
    doorkeeper: {
      companyOf: async () => null,
      identify: () => async () => ({ kind: 'anonymous', id: 'anonymous' }) as const,
    },
  }
  return {
    http: await createServer({ ...server, isLocalSocket: false }),
    localHttp: await createServer({ ...server, isLocalSocket: true }),
    jobs: [],
    dueTasks: [],
  }
}
