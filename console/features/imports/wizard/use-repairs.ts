import { useApi } from '../../../api/company.tsx'
import type { Change, Draft, Import, Undo } from '../use-draft.ts'
import { useTemplate } from '../use-templates.ts'
import { useImportWords } from '../words.ts'
import { backTo, inRequests, type Replacing, type Row, readRows, replacementsIn } from './undo-edits.ts'

export type Group = Import['problems'][number]
type FixOrder = NonNullable<Change['fixes']>[number]

// Repairs of more rows than this are not kept for undoing; what they repaired stays visible as edits.
const mostKept = 5_000
/** Rows that find and replace looks through at most. */
export const mostSearched = 20_000
const mostFixes = 50

export interface Repairs {
  /** Repairs all of a group in one way. */
  fix(group: Group, order: Pick<FixOrder, 'fix' | 'value'>): Promise<boolean>
  /** Repairs all groups that need nothing from a person. */
  fixAll(groups: readonly Group[]): Promise<boolean>
  write(row: Row, key: string, text: string): void
  leaveOut(row: Row, isLeftOut: boolean): void
  /** How many cells were written over; null where it was refused. */
  replace(what: Replacing): Promise<number | null>
}

/** The ways to repair a draft, each with what takes it back. */
export function useRepairs(draft: Draft): Repairs {
  const t = useImportWords()
  const api = useApi()
  const { shown, change } = draft
  const { headerOf } = useTemplate(shown.template)
  const { importId } = shown
  const read = (query: Parameters<typeof readRows>[1]) =>
    api.call('listImportRows', { params: { importId }, query })

  async function undoOf(groups: readonly Group[], what: string): Promise<Undo | undefined> {
    if (groups.some((group) => group.fixes.some(({ fix }) => fix === 'choose_department')))
      return { what, changes: [{ options: { departmentIds: shown.options.departmentIds } }] }
    if (groups.reduce((sum, { count }) => sum + count, 0) > mostKept) return undefined
    const edits: ReturnType<typeof backTo>[] = []
    for (const { code, column } of groups) {
      const { rows } = await readRows(read, { problem: code, ...(column && { column }) }, mostKept)
      edits.push(...rows.map((row) => backTo(row, column)))
    }
    return { what, changes: inRequests(edits) }
  }

  async function send(groups: readonly Group[], fixes: readonly FixOrder[], what: string): Promise<boolean> {
    const undo = await undoOf(groups, what).catch(() => undefined)
    return (await change([{ fixes: [...fixes] }], undo)) !== null
  }

  return {
    fix: (group, order) => send([group], [orderFor(group, order)], group.title),
    fixAll: (groups) => {
      const some = groups.slice(0, mostFixes)
      return send(
        some,
        some.map((group) => orderFor(group, {})),
        t('repair.all'),
      )
    },
    write: (row, key, text) => {
      const what = t('repair.cell', { row: row.row, column: headerOf(key) })
      void change([{ edits: [{ row: row.row, cells: { [key]: text } }] }], {
        what,
        changes: [{ edits: [backTo(row, key)] }],
      })
    },
    leaveOut: (row, isLeftOut) => {
      const what = t('repair.row', { row: row.row })
      void change([{ edits: [{ row: row.row, skip: isLeftOut }] }], {
        what,
        changes: [{ edits: [backTo(row, null)] }],
      })
    },
    replace: async (what) => {
      const { rows } = await readRows(read, {}, mostSearched)
      const edits = replacementsIn(rows, what)
      if (edits.length === 0) return 0
      const before = new Map(rows.map((row) => [row.row, row]))
      const back = edits.flatMap(({ row }) => {
        const known = before.get(row)
        return known ? [backTo(known, what.key)] : []
      })
      const after = await change(inRequests(edits), { what: t('replace.title'), changes: inRequests(back) })
      return after ? edits.length : null
    },
  }
}

function orderFor({ code, column, about }: Group, { fix, value }: Pick<FixOrder, 'fix' | 'value'>): FixOrder {
  return {
    code,
    column,
    ...(about === null ? {} : { about }),
    ...(fix === undefined ? {} : { fix }),
    ...(value === undefined ? {} : { value }),
  }
}
