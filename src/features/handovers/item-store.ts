import type { Instant } from '../../kernel/fields.ts'
import type { RefusalValues } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/db/tx.ts'
import type { DoneItem, HoldingKind, Particulars, Phase, StepResult } from '../custody-ports/model.ts'
import type { ItemState } from './model/items.ts'

/** An item with what a step has to know of it. */
export interface StepRow extends DoneItem {
  readonly position: number
  readonly phase: Phase
  readonly kind: HoldingKind
  readonly state: ItemState
  readonly isReversible: boolean
  readonly waitsFor: string | null
  readonly taskId: string | null
  readonly attempts: number
}

/** What a step has to know of an item, as columns of an item row. */
export const stepColumns = `i.item_id as "itemId", i.position, i.phase, i.kind, i.holding_id as "holdingId",
  coalesce(i.label, '') as label, i.way, i.to_member_id as "toMemberId", i.history, i.return_at as "returnAt", i.state,
  i.is_reversible as "isReversible", i.waits_for as "waitsFor", i.task_id as "taskId", i.attempts, i.reference,
  coalesce(i.before, '{}') as before, i.after`

/** What can be done to items now; of equal kind, so that one step does them together. */
export interface Turn {
  readonly kind: HoldingKind
  readonly phase: Phase
  /** Carried out, or looked at again. */
  readonly act: 'carry_out' | 'observe'
  readonly items: readonly StepRow[]
}

/** Which of the items whose turn it is are taken. */
export interface Taken {
  readonly limit: number
  /** This one alone, where it is its turn; null for any. */
  readonly itemId: string | null
}

/**
 * The next items of a run in HAN-3 order, at most `limit` and all of one kind: first those whose effect is to be read
 * back or looked at again, then those whose turn has come. What goes last waits until nothing before it has a turn.
 */
export async function nextTurn(tx: Tx, handoverId: string, { limit, itemId }: Taken): Promise<Turn | null> {
  const [first] = await tx.query<{ phase: Phase; kind: HoldingKind; act: Turn['act'] }>({
    name: 'handover-next-turn',
    text: `select phase, kind, case when state = 'planned' or waits_for in ('cooldown', 'rest') then 'carry_out' else 'observe' end as act
      from handover_items
      where company_id = $1 and handover_id = $2 and (state = 'planned'
          or (state = 'attempted' and (due_at is null or due_at <= $3)) or (state = 'waiting' and due_at <= $3))
        and ($4::uuid is null or item_id = $4)
      order by (phase = 'membership'), state = 'planned', position limit 1`,
    values: [tx.companyId, handoverId, tx.now, itemId],
  })
  if (!first) return null
  const isTurn =
    first.act === 'observe'
      ? `((i.state = 'attempted' and (i.due_at is null or i.due_at <= $4))
          or (i.state = 'waiting' and i.due_at <= $4 and i.waits_for not in ('cooldown', 'rest')))`
      : `(i.state = 'planned' or (i.state = 'waiting' and i.due_at <= $4 and i.waits_for in ('cooldown', 'rest')))`
  const items = await tx.query<StepRow>({
    name: `handover-turn-${first.act}`,
    text: `select ${stepColumns} from handover_items i
      where i.company_id = $1 and i.handover_id = $2 and i.kind = $3 and ${isTurn}
        and ($6::uuid is null or i.item_id = $6) order by i.position limit $5 for update`,
    values: [tx.companyId, handoverId, first.kind, tx.now, limit, itemId],
  })
  return { ...first, items }
}

/** One item, locked; undefined when the handover has none of that id. */
export async function lockItem(tx: Tx, handoverId: string, itemId: string): Promise<StepRow | undefined> {
  const [item] = await tx.query<StepRow>({
    text: `select ${stepColumns} from handover_items i
      where i.company_id = $1 and i.handover_id = $2 and i.item_id = $3 for update`,
    values: [tx.companyId, handoverId, itemId],
  })
  return item
}

/** Leaves what was decided to stay with its holder. */
export function leaveItems(tx: Tx, handoverId: string): void {
  tx.send({
    name: 'handover-leave',
    text: `update handover_items set state = 'skipped' where company_id = $1 and handover_id = $2 and state = 'planned' and way = 'leave'`,
    values: [tx.companyId, handoverId],
  })
}

/** Writes what became of items that were carried out. What was before stays as it was seen first. */
export function saveResults(tx: Tx, handoverId: string, results: readonly StepResult[]): void {
  tx.send({
    name: 'handover-results',
    text: `update handover_items i set state = r.state, before = coalesce(i.before, r.before), after = coalesce(r.after, i.after),
        waits_for = r.waits_for, due_at = r.due_at, reference = r.reference, refusal_code = r.code, refusal_values = r.given,
        attempts = i.attempts + 1, attempted_at = $4
      from unnest($3::uuid[], $5::text[], $6::jsonb[], $7::jsonb[], $8::text[], $9::timestamptz[], $10::uuid[], $11::text[], $12::jsonb[])
        as r (item_id, state, before, after, waits_for, due_at, reference, code, given)
      where i.company_id = $1 and i.handover_id = $2 and i.item_id = r.item_id`,
    values: [
      tx.companyId,
      handoverId,
      results.map(({ itemId }) => itemId),
      tx.now,
      results.map(({ state }) => state),
      results.map((one) => (one.state === 'failed' ? null : JSON.stringify(one.before))),
      results.map((one) => (one.state === 'attempted' ? JSON.stringify(one.after) : null)),
      results.map((one) => (one.state === 'waiting' ? one.waitsFor : null)),
      results.map((one) => (one.state === 'waiting' ? one.until : null)),
      results.map((one) => (one.state === 'waiting' ? one.reference : null)),
      results.map((one) => (one.state === 'failed' ? one.refusal.code : null)),
      results.map((one) => (one.state === 'failed' ? JSON.stringify(one.refusal.values) : null)),
    ],
  })
}

/** What was seen of an item that was looked at again. */
export type Seen = { readonly itemId: string; readonly seen: Particulars } & (
  | { readonly is: 'observed' }
  | { readonly is: 'not_yet'; readonly dueAt: Instant }
  | { readonly is: 'failed'; readonly code: string }
)

/** Writes what was seen; what is not there yet is looked at again at its time. */
export function saveSeen(tx: Tx, handoverId: string, seen: readonly Seen[]): void {
  tx.send({
    name: 'handover-seen',
    text: `update handover_items i set state = case s.found when 'not_yet' then i.state else s.found end,
        after = case s.found when 'observed' then s.seen else i.after end,
        waits_for = case s.found when 'not_yet' then i.waits_for end, due_at = s.due_at,
        refusal_code = s.code, refusal_values = case when s.code is null then null else '{}'::jsonb end,
        attempts = i.attempts + 1, observed_at = case s.found when 'observed' then $4::timestamptz end
      from unnest($3::uuid[], $5::text[], $6::jsonb[], $7::timestamptz[], $8::text[]) as s (item_id, found, seen, due_at, code)
      where i.company_id = $1 and i.handover_id = $2 and i.item_id = s.item_id`,
    values: [
      tx.companyId,
      handoverId,
      seen.map(({ itemId }) => itemId),
      tx.now,
      seen.map((one) => one.is),
      seen.map((one) => JSON.stringify(one.seen)),
      seen.map((one) => (one.is === 'not_yet' ? one.dueAt : null)),
      seen.map((one) => (one.is === 'failed' ? one.code : null)),
    ],
  })
}

export interface ItemChange {
  readonly handoverId: string
  readonly itemId: string
  readonly state: ItemState
  readonly reason: string | null
  readonly settledBy: string | null
  readonly taskId: string | null
  readonly refusal: { readonly code: string; readonly values: RefusalValues } | null
}

/** Writes what a person decided for an item; what it waited for or failed at is past. */
export function changeItem(tx: Tx, change: ItemChange): void {
  tx.send({
    text: `update handover_items set state = $4, reason = $5, settled_by = $6, task_id = $7, waits_for = null, due_at = null,
        refusal_code = $8, refusal_values = $9, attempts = case when $4 = 'planned' then 0 else attempts end,
        observed_at = case when $4 = 'observed' then $10::timestamptz end
      where company_id = $1 and handover_id = $2 and item_id = $3`,
    values: [
      tx.companyId,
      change.handoverId,
      change.itemId,
      change.state,
      change.reason,
      change.settledBy,
      change.taskId,
      change.refusal?.code ?? null,
      change.refusal && JSON.stringify(change.refusal.values),
      tx.now,
    ],
  })
}

/** What waits for everything else is looked at again. */
export function wakeResting(tx: Tx, handoverId: string): void {
  tx.send({
    name: 'handover-wake-resting',
    text: `update handover_items set due_at = $3
      where company_id = $1 and handover_id = $2 and state = 'waiting' and waits_for = 'rest'`,
    values: [tx.companyId, handoverId, tx.now],
  })
}

/** How the items of a handover stand, as far as it decides what comes next. */
export interface Standing {
  /** Not done, skipped or taken back. */
  readonly open: number
  /** Of these, what only waits for all others. */
  readonly resting: number
  readonly failed: number
  /** When the next one is looked at by itself. */
  readonly nextAt: Instant | null
}

export async function standingOf(tx: Tx, handoverId: string): Promise<Standing> {
  const [standing] = await tx.query<Standing>({
    name: 'handover-standing',
    text: `select count(*) filter (where state not in ('observed', 'skipped', 'undone'))::integer as open,
        count(*) filter (where state = 'waiting' and waits_for = 'rest')::integer as resting,
        count(*) filter (where state = 'failed')::integer as failed,
        min(due_at) filter (where state in ('attempted', 'waiting')) as "nextAt"
      from handover_items where company_id = $1 and handover_id = $2`,
    values: [tx.companyId, handoverId],
  })
  if (!standing) throw new Error('a count without a row')
  return standing
}

/** A state, and how a request or task that an item waits for ended; null while it has not. */
export async function endedReferences(tx: Tx, references: readonly string[]): Promise<Set<string>> {
  if (references.length === 0) return new Set()
  const ended = await tx.query<{ id: string }>({
    name: 'handover-ended-references',
    text: `select request_id as id from requests
        where company_id = $1 and request_id = any($2::uuid[]) and state in ('rejected', 'withdrawn')
      union all
      select task_id from tasks where company_id = $1 and task_id = any($2::uuid[]) and state = 'cancelled'`,
    values: [tx.companyId, references],
  })
  return new Set(ended.map(({ id }) => id))
}

/** Items that wait for a task or were handed to a person by it; wakes their run. */
export async function itemsOfTask(
  tx: Tx,
  taskId: string,
): Promise<{ readonly handoverId: string; readonly itemId: string; readonly state: ItemState }[]> {
  return tx.query({
    name: 'handover-items-of-task',
    text: `select handover_id as "handoverId", item_id as "itemId", state from handover_items
      where company_id = $1 and (task_id = $2 or reference = $2) and state in ('handed', 'waiting') for update`,
    values: [tx.companyId, taskId],
  })
}

/** Lets the run look at an item that waits. */
export function wakeItem(tx: Tx, handoverId: string, itemId: string): void {
  tx.send({
    name: 'handover-wake-item',
    text: 'update handover_items set due_at = $4 where company_id = $1 and handover_id = $2 and item_id = $3',
    values: [tx.companyId, handoverId, itemId, tx.now],
  })
}

/** What only waits for the rest fails, since nothing more will come. */
export function failResting(
  tx: Tx,
  handoverId: string,
  refusal: { readonly code: string; readonly values: RefusalValues },
): void {
  tx.send({
    name: 'handover-fail-resting',
    text: `update handover_items set state = 'failed', waits_for = null, due_at = null, refusal_code = $3, refusal_values = $4
      where company_id = $1 and handover_id = $2 and state = 'waiting' and waits_for = 'rest'`,
    values: [tx.companyId, handoverId, refusal.code, JSON.stringify(refusal.values)],
  })
}

/** The holdings that were not meant to stay with the leaver. */
export function meantToGo(tx: Tx, handoverId: string): Promise<{ kind: HoldingKind; holdingId: string }[]> {
  return tx.query({
    name: 'handover-meant-to-go',
    text: `select kind, holding_id as "holdingId" from handover_items
      where company_id = $1 and handover_id = $2 and way <> 'leave'`,
    values: [tx.companyId, handoverId],
  })
}
