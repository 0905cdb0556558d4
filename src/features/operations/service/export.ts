import type { RouteInput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { type ExportPage, exportedFile, fileFormats } from '../../../platform/files/exported-file.ts'
import { type Open, StreamReply } from '../../../platform/http/bind.ts'
import type { operationsContract } from '../contract.ts'
import { kindNamed, type Parties } from '../kinds.ts'
import type { OperationItem } from '../model.ts'
import { mustFind, pageOfShownItems } from './read.ts'

const itemsPerPage = 1000

interface ExportedItem {
  readonly item: OperationItem
  readonly parties: Parties
}

const columns = ['position', 'number', 'from', 'to', 'state', 'code', 'title', 'next'] as const

const formats = fileFormats<ExportedItem>({
  columns,
  cellsOf: ({ item, parties }) => [
    // From 1, as people count lines.
    item.position + 1,
    numberOf(item),
    parties.from,
    parties.to,
    item.state,
    item.code,
    item.title,
    item.next,
  ],
  objectOf: ({ item, parties }) => ({ ...item, ...parties }),
})

// What the company has no such thing of is named as it was given.
function numberOf({ subjectLabel, given }: OperationItem): string | null {
  const { number } = given
  return subjectLabel ?? (typeof number === 'string' ? number : null)
}

type Asked = RouteInput<typeof operationsContract.exportOperation>

/**
 * Writes what became of each item of an operation to a file, page by page in transactions of their own.
 * @throws Refusal `thing.not_found`
 */
export async function exportOperation(open: Open, asked: Asked): Promise<StreamReply> {
  const { operationId } = asked.params
  const { format } = asked.query
  const pageAfter = (position: number) => open((tx) => pageOf(tx, asked, position))
  const file = exportedFile({
    format: formats[format],
    name: `operation-${operationId}.${format}`,
    first: await pageAfter(-1),
    pageAfter,
  })
  return new StreamReply(file)
}

async function pageOf(
  tx: Tx,
  { params, query, language }: Asked,
  after: number,
): Promise<ExportPage<ExportedItem, number>> {
  const row = await mustFind(tx, params.operationId)
  const wanted = { state: query.items, after, limit: itemsPerPage, language }
  const { items, next } = await pageOfShownItems(tx, row, wanted)
  const parties = await kindNamed(row.kind).partiesOf(tx, items)
  const nobody = { from: null, to: null }
  return { rows: items.map((item) => ({ item, parties: parties.get(item.position) ?? nobody })), next }
}
