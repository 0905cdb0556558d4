import { Refusal } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { capOf, type Policies, policiesFrom, type Tier } from '../../companies/index.ts'
import type { BatchNumberRow } from '../batch-views.ts'
import type { CompanyFacts, NumberFacts, RecipientFacts } from '../rules/facts.ts'
import { type MoveRow, waitingMoves } from '../scheduled-store.ts'
import { lockNumber, type NumberRow } from '../store.ts'

/** Everything that a decision about one number needs, loaded under its locks. */
export interface LoadedFacts {
  readonly row: NumberRow
  readonly waiting: readonly MoveRow[]
  readonly number: NumberFacts
  readonly company: CompanyFacts
  readonly policies: Policies
  readonly timeZone: string
}

interface LicenceCounts {
  readonly licences_total: number
  readonly licences_free: number
}

interface ContextRow extends LicenceCounts {
  readonly policies: unknown
  readonly time_zone: string
  readonly under_hold: boolean
  readonly something_waits: boolean
}

/**
 * Locks a number, then reads what waits for it and what the company allows. The later statements see what was
 * committed while the lock was waited for.
 * @throws Refusal `thing.not_found`
 */
export async function loadFacts(tx: Tx, numberId: string): Promise<LoadedFacts> {
  const [row, [context]] = await Promise.all([
    lockNumber(tx, numberId),
    tx.query<ContextRow>({
      name: 'number-context',
      text: `select s.licences_total, s.licences_total - s.licences_used as licences_free, c.policies, c.time_zone,
          exists (select 1 from legal_holds h where h.company_id = $1 and h.subject_kind = 'number' and h.subject_id = $2
            and h.lifted_at is null) as under_hold,
          exists (select 1 from scheduled_moves w where w.company_id = $1 and w.number_id = $2
            and w.state in ('scheduled', 'pending_check', 'pending_approval')) as something_waits
        from companies c join subscriptions s on s.company_id = c.company_id where c.company_id = $1`,
      values: [tx.companyId, numberId],
    }),
  ])
  if (!context) throw new Error(`the company ${tx.companyId} has no subscription`)
  // Most numbers have nothing waiting, and what cannot be there is not asked for.
  const waiting = context.something_waits ? await waitingMoves(tx, numberId) : []
  const policies = policiesFrom(context.policies)
  return {
    row,
    waiting,
    number: numberFacts(row, waiting, context.under_hold),
    company: companyFacts(context, policies),
    policies,
    timeZone: context.time_zone,
  }
}

/** A number as the rules see it. */
export function numberFacts(
  row: BatchNumberRow,
  waiting: readonly MoveRow[],
  underHold: boolean,
): NumberFacts {
  return {
    e164: row.e164,
    country: row.country,
    state: row.state,
    holderId: row.holder_id,
    heldFrom: row.held_from,
    visibleFrom: row.visible_from,
    assignedAt: row.assigned_at,
    licensed: row.licensed,
    waiting: waiting.map((move) => ({
      moveId: move.move_id,
      kind: move.kind,
      toMemberId: move.to_member_id,
      state: move.state,
      dueAt: move.due_at,
      restoreVisibleFrom: move.restore_visible_from,
    })),
    underHold,
  }
}

export function companyFacts(context: LicenceCounts, policies: Policies): CompanyFacts {
  return {
    licencesTotal: context.licences_total,
    licencesFree: context.licences_free,
    cooldownMinutes: policies.cooldownMinutes,
    undoWindowHours: policies.undoWindowHours,
    minimumRetentionDays: policies.minimumRetentionDays,
    checkedCountries: new Set(Object.keys(policies.countryChecks)),
  }
}

interface RecipientRow {
  readonly name: string
  readonly status: RecipientFacts['status']
}

/**
 * Locks the recipient, so that two numbers cannot pass the cap together, then reads the cap and what counts against it;
 * what belongs to `numberId` itself does not.
 * @throws Refusal `thing.not_found` for a member of another company
 */
export async function loadRecipient(tx: Tx, memberId: string, numberId: string): Promise<RecipientFacts> {
  const [[member], [limits]] = await Promise.all([
    tx.query<RecipientRow>({
      name: 'recipient-lock',
      text: 'select name, status from members where company_id = $1 and member_id = $2 for no key update',
      values: [tx.companyId, memberId],
    }),
    tx.query<{ counted: number; tier: Tier; cap_override: number | null }>({
      name: 'recipient-limits',
      text: `select s.tier, s.cap_override, (select count(*)::integer from scheduled_moves w where w.company_id = $1
          and w.to_member_id = $2 and w.number_id <> $3 and w.state in ('scheduled', 'pending_check', 'pending_approval'))
          + (select count(*)::integer from numbers n where n.company_id = $1 and n.holder_id = $2 and n.number_id <> $3) as counted
        from subscriptions s where s.company_id = $1`,
      values: [tx.companyId, memberId, numberId],
    }),
  ])
  if (!member) throw new Refusal(httpRefusal.notFound, { thing: 'member' })
  if (!limits) throw new Error(`the company ${tx.companyId} has no subscription`)
  const cap = capOf(limits.tier, limits.cap_override)
  return {
    memberId,
    name: member.name,
    status: member.status,
    counted: limits.counted,
    // They are shown with a refusal at the cap only.
    heldNumbers: limits.counted < cap ? [] : await heldNumbers(tx, memberId, numberId),
    tier: limits.tier,
    cap,
  }
}

function heldNumbers(
  tx: Tx,
  memberId: string,
  numberId: string,
): Promise<{ numberId: string; e164: string }[]> {
  return tx.query({
    text: `select number_id as "numberId", e164 from numbers
      where company_id = $1 and holder_id = $2 and number_id <> $3 order by number_id limit 1000`,
    values: [tx.companyId, memberId, numberId],
  })
}
