import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { accountsContribution, accountsSteps } from './features/accounts/contributes.ts'
import { createDoorkeeper } from './features/accounts/index.ts'
import { accountDueTasks } from './features/accounts/jobs.ts'
import { accountsRoutes } from './features/accounts/routes.ts'
import { auditRoutes } from './features/audit/routes.ts'
import { createSealer } from './features/audit/sealer.ts'
import { companiesRoutes } from './features/companies/routes.ts'
import { wireContributions, wireSteps } from './features/custody-ports/index.ts'
import { deletionsContribution } from './features/deletions/contributes.ts'
import { deletionDueTasks } from './features/deletions/jobs.ts'
import { deletionRoutes } from './features/deletions/routes.ts'
import { exportRoutes } from './features/exports/routes.ts'
import { factorsContribution } from './features/factors/contributes.ts'
import { factorRoutes } from './features/factors/routes.ts'
import { handoversContribution } from './features/handovers/contributes.ts'
import { handedTask } from './features/handovers/index.ts'
import { handoverDueTasks } from './features/handovers/jobs.ts'
import { createReceiptSigner } from './features/handovers/receipt-jobs.ts'
import { handoverRoutes } from './features/handovers/routes.ts'
import { identifierRoutes } from './features/identifiers/routes.ts'
import { importOperations, importsContribution } from './features/imports/contributes.ts'
import { importDueTasks } from './features/imports/jobs.ts'
import { importRoutes } from './features/imports/routes.ts'
import { invitationsContribution } from './features/invitations/contributes.ts'
import { invitationDueTasks } from './features/invitations/jobs.ts'
import { invitationRoutes } from './features/invitations/routes.ts'
import { messageDueTasks } from './features/messages/jobs.ts'
import { messageRoutes } from './features/messages/routes.ts'
import { numberOperations, numberSteps, numbersContribution } from './features/numbers/contributes.ts'
import { numberDueTasks, numberJobNames, numberJobs } from './features/numbers/jobs.ts'
import { numberRoutes } from './features/numbers/routes.ts'
import { operationsContribution } from './features/operations/contributes.ts'
import { wireOperationKinds } from './features/operations/index.ts'
import { operationDueTasks } from './features/operations/jobs.ts'
import { operationRoutes } from './features/operations/routes.ts'
import { peopleContribution, peopleSteps } from './features/people/contributes.ts'
import { peopleRoutes } from './features/people/routes.ts'
import { recordsContribution } from './features/records/contributes.ts'
import { recordDueTasks, recordJobNames, recordJobs } from './features/records/jobs.ts'
import { recordRoutes } from './features/records/routes.ts'
import { requestsRoutes } from './features/requests/routes.ts'
import { routingRoutes } from './features/routing/routes.ts'
import { sampleRoutes } from './features/sample/routes.ts'
import { confirmationRoutes } from './features/sign-in/confirmation-routes.ts'
import { openKinds } from './features/sign-in/index.ts'
import { signInRoutes } from './features/sign-in/routes.ts'
import { takeoversContribution } from './features/takeovers/contributes.ts'
import { takeoverTemplates } from './features/takeovers/index.ts'
import { takeoverDueTasks } from './features/takeovers/jobs.ts'
import { takeoverRoutes } from './features/takeovers/routes.ts'
import { taskStep, tasksContribution } from './features/tasks/contributes.ts'
import { wireTaskTemplates } from './features/tasks/index.ts'
import { taskDueTasks } from './features/tasks/jobs.ts'
import { taskRoutes } from './features/tasks/routes.ts'
import { workAccountStep, workAccountsContribution } from './features/work-accounts/contributes.ts'
import { workAccountTemplates } from './features/work-accounts/index.ts'
import { workAccountRoutes } from './features/work-accounts/routes.ts'
import type { Clock } from './platform/clock/clock.ts'
import type { KeyRing } from './platform/crypto/key-ring.ts'
import type { Vault } from './platform/crypto/vault.ts'
import type { Announcer } from './platform/db/announce.ts'
import type { Database } from './platform/db/database.ts'
import type { CheckpointFiles } from './platform/files/checkpoint-files.ts'
import type { ErasureJournal } from './platform/files/erasure-journal.ts'
import { createExampleFiles } from './platform/files/example-files.ts'
import type { MediaFiles } from './platform/files/media-files.ts'
import type { ReceivedFiles } from './platform/files/received-files.ts'
import type { BoundRoute } from './platform/http/bind.ts'
import { createKeySweep } from './platform/http/idempotency.ts'
import { createServer } from './platform/http/server.ts'
import type { JobDefinition } from './platform/jobs/queue.ts'
import type { DueTask } from './platform/jobs/sweeper.ts'
import { channelsOf } from './platform/messages/channels.ts'
import type { Senders } from './platform/messages/senders.ts'
import type { OauthProviders } from './platform/oauth/providers.ts'

/** What the composition root gets from the outside world. */
export interface AppParts {
  readonly database: Database
  readonly clock: Clock
  readonly announcer: Announcer
  /** Keys that sign the ledger's checkpoints, and where checkpoints go outside the database. */
  readonly keys: KeyRing
  readonly checkpointFiles: CheckpointFiles
  /** Keeps what has to be read again and is nobody else's business: seeds of authenticators, messages not sent yet. */
  readonly vault: Vault
  /** The ways out that are configured, one for each channel. */
  readonly senders: Senders
  /** Whether messages without a sender are kept for the outbox page; on a development machine only. */
  readonly outbox: boolean
  /** Outside accounts that people sign in with. */
  readonly oauth: OauthProviders
  /** Address at which people reach Baton, for links; without a slash at its end. */
  readonly publicUrl: string
  /** Files of records, how large one may be, and what was erased for good; all of it outside the database. */
  readonly mediaFiles: MediaFiles
  readonly mediaMaxMb: number
  /** Where files lie that are only read, as long as they are. */
  readonly receivedFiles: ReceivedFiles
  readonly erasureJournal: ErasureJournal
  readonly log: FastifyBaseLogger
  readonly version: string
  readonly trustProxy: string | false
  readonly requestsPerMinute: number
  /** Folder of the built console; without one the API is served alone. */
  readonly consoleFolder?: string
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
export const jobNames: readonly string[] = [...numberJobNames, ...recordJobNames]

/** Lets the features hear of each other; enough for work that needs no routes, such as a restore. */
export function wireFeatures(): void {
  wireOperationKinds([...numberOperations, ...importOperations])
  wireContributions([
    operationsContribution,
    peopleContribution,
    numbersContribution,
    recordsContribution,
    accountsContribution,
    factorsContribution,
    tasksContribution,
    workAccountsContribution,
    takeoversContribution,
    invitationsContribution,
    deletionsContribution,
    importsContribution,
    handoversContribution,
  ])
  wireTaskTemplates([...workAccountTemplates, ...takeoverTemplates, handedTask])
  wireSteps([...peopleSteps, ...numberSteps, ...accountsSteps, taskStep, workAccountStep])
}

/** The composition root: the only place that knows every feature. */
export async function createApp(parts: AppParts): Promise<App> {
  wireFeatures()
  const signInParts = { ...parts, channels: channelsOf(parts) }
  const personParts = { ...parts, openKinds: openKinds(signInParts) }
  const ownRoutes: BoundRoute[] = [
    ...auditRoutes({ ...parts, heartbeatMs }),
    ...requestsRoutes,
    ...operationRoutes,
    ...companiesRoutes,
    ...accountsRoutes(parts),
    ...factorRoutes(personParts),
    ...messageRoutes(parts),
    ...signInRoutes(signInParts),
    ...confirmationRoutes(signInParts),
    ...peopleRoutes,
    ...numberRoutes,
    ...recordRoutes(parts),
    ...routingRoutes,
    ...taskRoutes(parts),
    ...workAccountRoutes,
    ...takeoverRoutes(parts),
    ...invitationRoutes(parts),
    ...deletionRoutes(parts),
    ...identifierRoutes(personParts),
    ...importRoutes(parts),
    ...handoverRoutes(parts),
    ...sampleRoutes({ ...parts, examples: createExampleFiles() }),
  ]
  const routes = [...ownRoutes, ...exportRoutes(ownRoutes)]
  const server = {
    ...parts,
    routes,
    doorkeeper: createDoorkeeper(parts.database),
  }
  return {
    http: await createServer({ ...server, isLocalSocket: false }),
    localHttp: await createServer({ ...server, isLocalSocket: true }),
    jobs: [...numberJobs(parts.database), ...recordJobs(parts.database, parts)],
    dueTasks: [
      ...numberDueTasks(parts.database, parts),
      ...recordDueTasks(parts.database, parts),
      ...operationDueTasks(parts),
      ...accountDueTasks(parts.database),
      ...taskDueTasks(parts.database),
      ...takeoverDueTasks(parts),
      ...invitationDueTasks(parts.database),
      ...deletionDueTasks(parts),
      ...importDueTasks(parts),
      ...handoverDueTasks(parts),
      // After what writes messages.
      ...messageDueTasks(parts),
      createKeySweep(parts.database),
      createSealer(parts),
      // After the sealer: a receipt is signed as soon as its entries are sealed.
      createReceiptSigner(parts),
    ],
  }
}
