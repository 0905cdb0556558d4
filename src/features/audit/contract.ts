import { z } from 'zod'
import { FileFormat, Id, PageQuery, pageOf } from '../../kernel/fields.ts'
import { defineRoute } from '../../kernel/route.ts'
import { AuditEntry, AuditFilter, AuditReport, SignedNote, streamRefusal } from './model.ts'

const listAudit = defineRoute({
  operationId: 'listAudit',
  method: 'GET',
  path: '/v1/audit',
  summary: 'The ledger of decisions, newest first',
  access: 'audit:read',
  query: PageQuery.extend(AuditFilter.shape),
  status: 200,
  response: pageOf(AuditEntry),
  refusals: [],
  audit: [],
})

const exportAudit = defineRoute({
  operationId: 'exportAudit',
  method: 'GET',
  path: '/v1/audit/export',
  summary: 'Download the ledger of decisions, newest first, as CSV or NDJSON',
  access: 'audit:read',
  query: AuditFilter.extend({ format: FileFormat }),
  status: 200,
  transaction: 'own',
  produces: [
    'text/csv',
    'application/x-ndjson',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ],
  refusals: [],
  audit: ['ledger.exported'],
})

const verifyAudit = defineRoute({
  operationId: 'verifyAudit',
  method: 'GET',
  path: '/v1/audit/verify',
  summary: 'Check the whole ledger against its signed checkpoints, inside and outside the database',
  access: 'audit:read',
  status: 200,
  response: AuditReport,
  refusals: [],
  audit: [],
})

const listCheckpoints = defineRoute({
  operationId: 'listCheckpoints',
  method: 'GET',
  path: '/v1/audit/checkpoints',
  summary: 'Signed checkpoints of the ledger, newest first, to be kept and checked elsewhere',
  access: 'audit:read',
  query: PageQuery,
  status: 200,
  response: pageOf(SignedNote),
  refusals: [],
  audit: [],
})

const streamEvents = defineRoute({
  operationId: 'streamEvents',
  method: 'GET',
  path: '/v1/events',
  summary:
    'Decisions as they are sealed, as server-sent events: `id` is the place in the ledger, `signal` a RISC or CAEP event, `closed` the end',
  access: 'events:read',
  query: z.object({
    numberId: Id.optional().describe('Only decisions about this number'),
    after: z.coerce
      .number()
      .int()
      .min(-1)
      .max(Number.MAX_SAFE_INTEGER)
      .optional()
      .describe(
        'Begin after this place; -1 for the very first. `Last-Event-ID` wins; without either: from now on',
      ),
  }),
  status: 200,
  refusals: [streamRefusal.outOfReach, streamRefusal.custodyLost],
  audit: [],
})

const rotateSigningKey = defineRoute({
  operationId: 'rotateSigningKey',
  method: 'POST',
  path: '/v1/signing-keys/rotate',
  summary:
    'On the machine itself: sign the ledgers with a new key from now on; what the old one signed stays verifiable',
  access: 'operator',
  status: 200,
  response: z.object({ keyName: z.string().max(200).describe('Name of the new key') }),
  refusals: [],
  audit: ['signing_key.rotated'],
})

export const auditContract = {
  rotateSigningKey,
  listAudit,
  exportAudit,
  verifyAudit,
  listCheckpoints,
  streamEvents,
}
