import { z } from 'zod'
import { Id, pageOf } from '../../../kernel/fields.ts'
import { defineRoute } from '../../../kernel/route.ts'
import {
  Conversation,
  ConversationQuery,
  ExportQuery,
  ReadingReason,
  RecordQuery,
  recordRefusal,
  ShownRecord,
} from '../model.ts'

const numberParams = z.object({ numberId: Id.describe('The number') })
const contentRefusals = [recordRefusal.reasonNeeded, recordRefusal.notGranted]

const recordPage = pageOf(ShownRecord).describe(
  'Newest first. `search` looks at 20,000 records at a time: a page may have few entries or none and still a `nextCursor` to go on with',
)

export const readContract = {
  listNumberRecords: defineRoute({
    operationId: 'listNumberRecords',
    method: 'GET',
    path: '/v1/numbers/{numberId}/records',
    summary: 'List the calls, messages and voicemails of a number as you may see them',
    access: 'records:read',
    params: numberParams,
    query: RecordQuery,
    status: 200,
    response: recordPage,
    refusals: contentRefusals,
    audit: ['records.read'],
  }),
  listRecords: defineRoute({
    operationId: 'listRecords',
    method: 'GET',
    path: '/v1/records',
    summary: 'List the calls, messages and voicemails of all numbers that you may see',
    access: 'records:read',
    query: RecordQuery,
    status: 200,
    response: recordPage,
    refusals: [recordRefusal.reasonNeeded],
    audit: ['records.read'],
  }),
  getRecord: defineRoute({
    operationId: 'getRecord',
    method: 'GET',
    path: '/v1/records/{recordId}',
    summary: 'Show a call, message or voicemail',
    access: 'records:read',
    params: z.object({ recordId: Id.describe('The record') }),
    query: z.object({ reason: ReadingReason.optional() }),
    status: 200,
    response: ShownRecord,
    refusals: [],
    audit: ['records.read'],
  }),
  listConversations: defineRoute({
    operationId: 'listConversations',
    method: 'GET',
    path: '/v1/numbers/{numberId}/conversations',
    summary: 'List with whom a number has to do, and who waits for an answer',
    access: 'records:read',
    params: numberParams,
    query: ConversationQuery,
    status: 200,
    response: pageOf(Conversation),
    refusals: [],
    audit: ['records.read'],
  }),
  exportRecords: defineRoute({
    operationId: 'exportRecords',
    method: 'GET',
    path: '/v1/numbers/{numberId}/records/export',
    summary: 'Download the records of a number as CSV or NDJSON',
    access: 'records:read',
    params: numberParams,
    query: ExportQuery,
    status: 200,
    transaction: 'own',
    produces: [
      'text/csv',
      'application/x-ndjson',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    ],
    refusals: contentRefusals,
    audit: ['records.exported'],
  }),
}
