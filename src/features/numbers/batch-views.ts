import type { Tx } from '../../platform/db/tx.ts'
import type { CustodyState } from './model.ts'
import type { Stretch } from './rules/may-end.ts'

/** What a batch needs of a number's row. */
export interface BatchNumberRow {
  readonly number_id: string
  readonly e164: string
  readonly country: string
  readonly state: CustodyState
  readonly holder_id: string | null
  readonly held_from: string
  readonly visible_from: string
  readonly assigned_at: string | null
  readonly licensed: boolean
}

const columns = 'number_id, e164, country, state, holder_id, held_from, visible_from, assigned_at, licensed'

/** The numbers of these ids, as they are. */
export function numbersOf(tx: Tx, numberIds: readonly string[]): Promise<BatchNumberRow[]> {
  return tx.query<BatchNumberRow>({
    name: 'batch-numbers',
    text: `select ${columns} from numbers where company_id = $1 and number_id = any($2)`,
    values: [tx.companyId, numberIds],
  })
}

/** The same, locked for a change of their custody in the order of their ids, so that batches never wait in a ring. */
export function lockNumbers(tx: Tx, numberIds: readonly string[]): Promise<BatchNumberRow[]> {
  return tx.query<BatchNumberRow>({
    name: 'batch-numbers-lock',
    text: `select ${columns} from numbers where company_id = $1 and number_id = any($2)
      order by number_id for no key update`,
    values: [tx.companyId, numberIds],
  })
}

/** The company's numbers of these lines, released ones apart. */
export function numbersOfLines(
  tx: Tx,
  lines: readonly string[],
): Promise<{ number_id: string; e164: string }[]> {
  return tx.query({
    text: `select number_id, e164 from numbers where company_id = $1 and e164 = any($2) and state <> 'released'`,
    values: [tx.companyId, lines],
  })
}

export interface BatchMemberRow {
  readonly member_id: string
  readonly name: string
  readonly status: 'active' | 'suspended' | 'leaving' | 'left'
}

/** The members of these ids, locked on demand in the order of their ids; a batch locks its numbers before. */
export function membersOf(
  tx: Tx,
  memberIds: readonly string[],
  lock: 'locked' | 'as they are',
): Promise<BatchMemberRow[]> {
  return tx.query<BatchMemberRow>({
    name: `batch-members ${lock}`,
    text: `select member_id, name, status from members where company_id = $1 and member_id = any($2)
      ${lock === 'locked' ? 'order by member_id for no key update' : ''}`,
    values: [tx.companyId, memberIds],
  })
}

/** The members of these staff codes. */
export async function membersOfStaffCodes(
  tx: Tx,
  staffCodes: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (staffCodes.length === 0) return new Map()
  const rows = await tx.query<{ member_id: string; staff_code: string }>({
    name: 'batch-staff-codes',
    text: 'select member_id, staff_code from members where company_id = $1 and staff_code = any($2)',
    values: [tx.companyId, staffCodes],
  })
  return new Map(rows.map((row) => [row.staff_code, row.member_id]))
}

/** What counts against each member's cap (NUM-3): numbers held and moves that will come. */
export function countedOf(
  tx: Tx,
  memberIds: readonly string[],
): Promise<{ member_id: string; counted: number }[]> {
  return tx.query({
    name: 'batch-counted',
    text: `select m.member_id, (
          (select count(*) from numbers n where n.company_id = $1 and n.holder_id = m.member_id)
          + (select count(*) from scheduled_moves w where w.company_id = $1 and w.to_member_id = m.member_id
            and w.state in ('scheduled', 'pending_check', 'pending_approval')))::integer as counted
      from unnest($2::uuid[]) as m (member_id)`,
    values: [tx.companyId, memberIds],
  })
}

/** Those of these numbers that a legal hold is on, their own or one of somebody who held them (ALL-7). */
export async function numbersUnderHold(tx: Tx, numberIds: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ number_id: string }>({
    name: 'batch-held',
    text: `select h.subject_id as number_id from legal_holds h
        where h.company_id = $1 and h.subject_kind = 'number' and h.lifted_at is null and h.subject_id = any($2)
      union
      select a.number_id from legal_holds h
        join assignments a on a.company_id = h.company_id and a.holder_id = h.subject_id
        where h.company_id = $1 and h.subject_kind = 'member' and h.lifted_at is null and a.number_id = any($2)`,
    values: [tx.companyId, numberIds],
  })
  return new Set(rows.map((row) => row.number_id))
}

export interface LatestStretches {
  readonly number_id: string
  readonly latest: Stretch
  readonly before: Stretch | null
}

interface StretchPair {
  readonly number_id: string
  readonly [column: string]: unknown
}

function stretchColumns(alias: 'l' | 'b'): string {
  return ['state', 'holder_id', 'visible_from', 'assigned_at', 'cause', 'took_licence', 'held_from']
    .map((column) => `${alias}.${column} as ${alias}_${column}`)
    .join(', ')
}

/** The open stretch of custody of these numbers and the one before it. */
export async function latestTwoOf(tx: Tx, numberIds: readonly string[]): Promise<LatestStretches[]> {
  const rows = await tx.query<StretchPair>({
    name: 'batch-latest-two',
    text: `select n.number_id, ${stretchColumns('l')}, ${stretchColumns('b')}
      from numbers n
      join assignments l on l.company_id = $1 and l.number_id = n.number_id and l.held_from = n.held_from
      left join assignments b on b.company_id = $1 and b.number_id = n.number_id and b.held_to = n.held_from
      where n.company_id = $1 and n.number_id = any($2)`,
    values: [tx.companyId, numberIds],
  })
  return rows.map((row) => {
    const latest = stretchOf(row, 'l')
    if (!latest) throw new Error('a number without custody')
    return { number_id: row.number_id, latest, before: stretchOf(row, 'b') }
  })
}

function stretchOf(row: StretchPair, alias: 'l' | 'b'): Stretch | null {
  if (row[`${alias}_state`] === null) return null
  return {
    state: row[`${alias}_state`],
    holderId: row[`${alias}_holder_id`],
    visibleFrom: row[`${alias}_visible_from`],
    assignedAt: row[`${alias}_assigned_at`],
    cause: row[`${alias}_cause`],
    tookLicence: row[`${alias}_took_licence`],
    heldFrom: row[`${alias}_held_from`],
  } as Stretch
}

/** When those of these scheduled moves that have been carried out were. */
export async function carriedOutAt(tx: Tx, moveIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.query<{ move_id: string; finished_at: string }>({
    name: 'batch-carried-out',
    text: `select move_id, finished_at from scheduled_moves
      where company_id = $1 and move_id = any($2) and state = 'done'`,
    values: [tx.companyId, moveIds],
  })
  return new Map(rows.map((row) => [row.move_id, row.finished_at]))
}
