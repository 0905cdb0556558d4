import type { Draft } from '../model/rows.ts'

interface Ordered {
  readonly row: number
  readonly draft: Draft
}

/** Rows in the order in which they can be applied: a manager before all who report to them, else as in the sheet. */
export function orderToApply<Row extends Ordered>(rows: readonly Row[]): Row[] {
  const byCode = new Map(
    rows.flatMap((row) => (row.draft.subject === 'member' ? [[row.draft.staffCode, row]] : [])),
  )
  const ordered = new Set<Row>()
  for (const row of rows) for (const next of chainOf(row, byCode, ordered).reverse()) ordered.add(next)
  return [...ordered]
}

// From the row up to the first manager who has a place already, or is not in the file.
function chainOf<Row extends Ordered>(
  row: Row,
  byCode: ReadonlyMap<string, Row>,
  ordered: ReadonlySet<Row>,
): Row[] {
  const chain: Row[] = []
  const seen = new Set<Row>()
  for (let next: Row | undefined = row; next && !ordered.has(next) && !seen.has(next); ) {
    chain.push(next)
    seen.add(next)
    const code: string | undefined = next.draft.subject === 'member' ? next.draft.managerStaffCode : undefined
    next = code === undefined ? undefined : byCode.get(code)
  }
  return chain
}
