import { type PlanGroup, type PlanRow, type Sign, signs } from './model.ts'

export type PlanLine =
  | { readonly kind: 'group'; readonly key: string; readonly group: PlanGroup; readonly counts: Counts }
  | { readonly kind: 'row'; readonly key: string; readonly row: PlanRow }

export type Counts = Readonly<Record<Sign, number>>

/** How many rows of each sign. */
export function countSigns(rows: readonly PlanRow[]): Counts {
  const counts = { '+': 0, '~': 0, '-': 0, '!': 0 }
  for (const row of rows) counts[row.sign] += 1
  return counts
}

/** Groups and their rows one below the other, of one sign or of all; groups without such rows fall away. */
export function planLines(groups: readonly PlanGroup[], sign: Sign | null): PlanLine[] {
  return groups.flatMap((group) => {
    const rows = sign === null ? group.rows : group.rows.filter((row) => row.sign === sign)
    if (rows.length === 0) return []
    return [
      { kind: 'group' as const, key: `group ${group.key}`, group, counts: countSigns(group.rows) },
      ...rows.map((row) => ({ kind: 'row' as const, key: `row ${group.key} ${row.key}`, row })),
    ]
  })
}

/** The signs that occur, in their usual order. */
export function presentSigns(counts: Counts): Sign[] {
  return signs.filter((sign) => counts[sign] > 0)
}
