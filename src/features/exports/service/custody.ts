import { normaliseInstant } from '../../../kernel/instant.ts'
import type { RouteInput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import type { Open, StreamReply } from '../../../platform/http/bind.ts'
import { readNumber } from '../../numbers/index.ts'
import { requireSeenMember, scopeOf } from '../../people/index.ts'
import type { exportsContract } from '../contract.ts'
import type { CustodyExportQuery } from '../model.ts'
import { custodyCells, custodyColumns } from '../rules/custody-rows.ts'
import { type CustodyPlace, type CustodyStretch, pageOfCustody } from '../views.ts'
import { exportFile, type RowPage } from './file.ts'

const stretchesPerPage = 1000

/**
 * Writes who held which number to a file (NUM-12): of the numbers that the caller sees, or all that a member has held.
 * @throws Refusal `thing.not_found` for a number or member outside the caller's scope
 */
export function exportCustody(
  open: Open,
  { query, language }: RouteInput<typeof exportsContract.exportCustody>,
): Promise<StreamReply> {
  const { format, numberId = null, memberId = null } = query
  const asOf = query.asOf === undefined ? null : normaliseInstant(query.asOf)
  return exportFile<CustodyStretch, CustodyPlace>(open, {
    order: { kind: 'custody', format, search: null, filters: { numberId, memberId, asOf } },
    begin: async (tx, { timeZone }) => ({
      shape: {
        sheetName: '保管记录 Custody',
        notes: [
          `时间为 ${timeZone} 时区，含起不含止。Times are in ${timeZone}; an end is the beginning of the next.`,
        ],
        columns: custodyColumns.map(({ header, width }) => ({ header: `${header.zh} ${header.en}`, width })),
        cellsOf: (stretch) => custodyCells(stretch, language),
        isMasked: false,
      },
      first: await pageOf(tx, query, null),
    }),
    pageAfter: (tx, place) => pageOf(tx, query, place),
  })
}

async function pageOf(
  tx: Tx,
  query: CustodyExportQuery,
  after: CustodyPlace | null,
): Promise<RowPage<CustodyStretch, CustodyPlace>> {
  const { numberId = null, memberId = null } = query
  if (memberId !== null) await requireSeenMember(tx, memberId)
  else if (numberId !== null) await readNumber(tx, numberId)
  const asOf = query.asOf === undefined ? null : normaliseInstant(query.asOf)
  const wanted = { scope: await scopeOf(tx), numberId, memberId, asOf, limit: stretchesPerPage }
  const rows = await pageOfCustody(tx, wanted, after)
  return { rows, next: rows.length < stretchesPerPage ? null : (rows.at(-1) ?? null) }
}
