import { Refusal } from '../../../../kernel/refusal.ts'
import type { Tx } from '../../../../platform/db/tx.ts'
import { departmentTree, knownMembers, knownNumbers, type Versioned } from '../../known-views.ts'
import type { KnownMember, KnownNumber } from '../../model/known.ts'
import type { Draft } from '../../model/rows.ts'
import type { PlannedRow } from '../../views.ts'

/** What the rows of a slice need to know, as it is now. */
export interface Slice {
  readonly tx: Tx
  readonly operationId: string
  readonly members: ReadonlyMap<string, Versioned<KnownMember>>
  readonly numbers: ReadonlyMap<string, Versioned<KnownNumber>>
  /** By staff code; grows as rows add members. */
  readonly memberIds: Map<string, string>
  /** By `pathKey`; grows as rows make departments. */
  readonly departmentIds: Map<string, string>
  /** Takes back what the row at work has noted here, when it comes to nothing. */
  readonly undone: (() => void)[]
}

/** Loads what rows need, in a few statements for all of them. */
export async function openSlice(tx: Tx, operationId: string, rows: readonly PlannedRow[]): Promise<Slice> {
  const drafts = rows.map(({ draft }) => draft)
  const [members, numbers, tree] = await Promise.all([
    knownMembers(tx, [...new Set(drafts.flatMap(staffCodesOf))]),
    knownNumbers(tx, [...new Set(drafts.flatMap(linesOf))]),
    drafts.some(({ subject }) => subject === 'member')
      ? departmentTree(tx)
      : { ids: new Map<string, string>() },
  ])
  return {
    tx,
    operationId,
    members,
    numbers,
    memberIds: new Map([...members].map(([code, { memberId }]) => [code, memberId])),
    departmentIds: new Map(tree.ids),
    undone: [],
  }
}

function staffCodesOf(draft: Draft): string[] {
  switch (draft.subject) {
    case 'member':
      return [draft.staffCode, draft.renamedFrom, draft.managerStaffCode].filter((code) => code != null)
    case 'move':
      return [draft.toStaffCode, draft.expectedStaffCode].filter((code) => code != null)
    case 'number':
    case 'system':
      return draft.holderStaffCode === undefined ? [] : [draft.holderStaffCode]
    default:
      return []
  }
}

function linesOf(draft: Draft): string[] {
  if (draft.subject === 'number' || draft.subject === 'move') return [draft.e164]
  return draft.subject === 'system' && draft.e164 !== undefined ? [draft.e164] : []
}

/** Does the work of one row: all of it or, where it is refused, nothing of it. */
export async function alone<Done>(
  slice: Pick<Slice, 'tx' | 'undone'>,
  work: () => Promise<Done>,
): Promise<Done | Refusal> {
  const { tx, undone } = slice
  undone.length = 0
  await tx.query({ name: 'import-row-begin', text: 'savepoint import_row' })
  try {
    const done = await work()
    await tx.query({ name: 'import-row-done', text: 'release savepoint import_row' })
    return done
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    await tx.query({ name: 'import-row-refused', text: 'rollback to savepoint import_row' })
    for (const takeBack of undone) takeBack()
    return error
  }
}
