import { type BoundRoute, bind, bindFile, bindOwn } from '../../platform/http/bind.ts'
import { recordsContract as contract } from './contract.ts'
import { exportRecords } from './service/export.ts'
import { createIngest } from './service/ingest.ts'
import { addMedia, getMedia, type MediaParts } from './service/media.ts'
import { getRecord, listNumberRecords, listRecords } from './service/read.ts'
import { listConversations } from './service/read-conversations.ts'

export function recordRoutes(parts: MediaParts): readonly BoundRoute[] {
  const { ingestRecords } = createIngest()
  return [
    bindOwn(contract.ingestRecords, ingestRecords),
    bindOwn(contract.addMedia, (context, input) => addMedia(parts, context, input)),
    bindFile(contract.getMedia, (context, input) => getMedia(parts, context, input)),
    bind(contract.listNumberRecords, (tx, { params, query }) => listNumberRecords(tx, { ...params, query })),
    bind(contract.listRecords, (tx, { query }) => listRecords(tx, query)),
    bind(contract.getRecord, (tx, { params, query }) => getRecord(tx, { ...params, ...query })),
    bind(contract.listConversations, (tx, { params, query }) => listConversations(tx, { ...params, query })),
    bindFile(contract.exportRecords, ({ open }, { params, query }) =>
      exportRecords(open, { ...params, query }),
    ),
  ]
}
