import { z } from 'zod'
import { Id, text } from '../../../kernel/fields.ts'
import { defineRoute } from '../../../kernel/route.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import {
  IngestOutcome,
  Media,
  mediaRefusal,
  mostAtOnce,
  NewRecord,
  ReadingReason,
  recordRefusal,
} from '../model.ts'

const bodyLimitBytes = 4_194_304
const RecordParams = z.object({ recordId: Id })

/** What comes in: records, one by one or as a stream, and their files. */
export const ingestContract = {
  ingestRecords: defineRoute({
    operationId: 'ingestRecords',
    method: 'POST',
    path: '/v1/records',
    summary: 'Take in records: up to 1,000 as JSON, or a stream of any length as NDJSON, one record a line',
    access: 'records:write',
    transaction: 'own',
    body: z.strictObject({
      records: z
        .array(NewRecord)
        .min(1)
        .max(mostAtOnce)
        .describe('What happened; each is taken in or refused alone'),
    }),
    bodyLimitBytes,
    streams: ['application/x-ndjson'],
    status: 200,
    response: IngestOutcome,
    refusals: [
      httpRefusal.keyWithStream,
      httpRefusal.cutOff,
      recordRefusal.numberUnknown,
      recordRefusal.inFuture,
      recordRefusal.tooOld,
      recordRefusal.erased,
      recordRefusal.malformed,
      recordRefusal.wrongEncoding,
      recordRefusal.lineTooLong,
      recordRefusal.cutOff,
    ],
    audit: ['records.ingested'],
  }),
  addMedia: defineRoute({
    operationId: 'addMedia',
    method: 'POST',
    path: '/v1/records/{recordId}/media',
    summary: 'Add a file to a record: the bytes are the body; the same bytes twice are one file',
    access: 'records:write',
    transaction: 'own',
    params: RecordParams,
    query: z.object({ fileName: text(200).optional().describe('Name of the file') }),
    streams: ['audio/*', 'image/*', 'video/mp4', 'application/pdf', 'application/octet-stream'],
    status: 201,
    response: Media,
    refusals: [
      httpRefusal.notFound,
      httpRefusal.keyWithStream,
      httpRefusal.cutOff,
      mediaRefusal.empty,
      mediaRefusal.tooLarge,
      mediaRefusal.typeNotAllowed,
      mediaRefusal.typeMismatch,
      mediaRefusal.tooMany,
    ],
    audit: ['media.added'],
  }),
  getMedia: defineRoute({
    operationId: 'getMedia',
    method: 'GET',
    path: '/v1/records/{recordId}/media',
    summary: 'Read a file of a record, whole or a range of its bytes',
    access: 'records:read',
    params: RecordParams,
    query: z.object({
      mediaId: Id.optional().describe('Which file; default the first'),
      reason: ReadingReason.optional(),
    }),
    status: 200,
    produces: ['audio/*', 'image/*', 'video/mp4', 'application/pdf'],
    refusals: [
      httpRefusal.notFound,
      recordRefusal.reasonNeeded,
      recordRefusal.notGranted,
      mediaRefusal.rangeInvalid,
      mediaRefusal.missing,
    ],
    audit: ['records.read'],
  }),
}
