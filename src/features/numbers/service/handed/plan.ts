import { laterOf } from '../../../../kernel/instant.ts'
import { Refusal } from '../../../../kernel/refusal.ts'
import type { Tx } from '../../../../platform/db/tx.ts'
import {
  type Dependent,
  dependentsOf,
  forecast,
  type HandoverFacts,
  type Particulars,
  type Remark,
  remarkOf,
  type StepForecast,
  type StepItem,
} from '../../../custody-ports/index.ts'
import type { BatchNumberRow } from '../../batch-views.ts'
import { handedRemark } from '../../model/handed.ts'
import { numberRefusal } from '../../model.ts'
import type { HandedDecision } from '../../rules/handed.ts'
import { visibleAfter } from '../../rules/may-move.ts'
import { decideItems, type Handed, type Judged, loadHanded, withinRoom } from './judge.ts'

type Hanging = ReadonlyMap<string, readonly Dependent[]>

/** What a handover would do to numbers (HAN-2): all of them in a handful of statements, however many. */
export async function planNumbers(
  tx: Tx,
  facts: HandoverFacts,
  items: readonly StepItem[],
): Promise<StepForecast[]> {
  const found = await loadHanded(tx, facts, { items, lock: 'as they are' })
  const hanging = await dependentsOf(
    tx,
    items.map(({ holdingId }) => holdingId),
  )
  // By then the leaver's access has ended, where that is what the handover begins with.
  const handed = { ...found, leaverHasAccess: found.leaverHasAccess && facts.kind !== 'leave' }
  const now = laterOf(tx.now, facts.effectiveAt)
  const judged = withinRoom(handed, decideItems(handed, facts, { items, now }))
  return judged.map((one) => foresee(handed, facts, { judged: one, hanging }))
}

interface Foreseen {
  readonly judged: Judged
  readonly hanging: Hanging
}

function foresee(handed: Handed, facts: HandoverFacts, { judged, hanging }: Foreseen): StepForecast {
  const { item, decision } = judged
  const row = handed.loaded.rows.get(item.holdingId)
  if (!row) {
    const missing = decision instanceof Refusal ? [remarkOf(decision)] : []
    return forecast(item, { before: {}, after: {} }, { blockers: missing })
  }
  const before = stateOf(row)
  const hangs = hangsOn(handed, { item, things: hanging.get(item.holdingId) ?? [] })
  if (decision === null) {
    const stays = facts.kind === 'leave' ? [staysRemark(handed, row)] : []
    return forecast(item, { before, after: before }, { warnings: stays })
  }
  if (decision instanceof Refusal)
    return forecast(
      item,
      { before, after: before },
      { blockers: [blockerOf(handed, { item, decision })], warnings: hangs },
    )
  return forecast(
    item,
    { before, after: afterwards(handed, { item, row }) },
    {
      notBefore: decision.outcome === 'done' ? null : decision.dueAt,
      waitsFor: waitsFor[decision.outcome],
      warnings: [...hangs, ...checksOf(handed, { item, row, decision })],
      becomesVisible: seen(handed, { item, row }),
      lostForEver: item.history === 'delete' ? [about(handedRemark.historyLost, row)] : [],
    },
  )
}

const waitsFor = { done: null, cooling: 'cooldown', checked: 'check' } as const

function stateOf(row: BatchNumberRow): Particulars {
  return {
    state: row.state,
    holderId: row.holder_id,
    heldFrom: row.held_from,
    visibleFrom: row.visible_from,
    assignedAt: row.assigned_at,
  }
}

interface AtHand {
  readonly item: StepItem
  readonly row: BatchNumberRow
}

function afterwards(handed: Handed, { item, row }: AtHand): Particulars {
  if (item.way === 'park') return { state: 'parked', holderId: null, visibleFrom: row.visible_from }
  const { toMemberId: holderId } = item
  const visibleFrom = item.history === 'keep' ? seenSince(handed, { item, row }) : null
  return { state: 'held', holderId, visibleFrom, returnAt: item.returnAt }
}

function seenSince({ loaded }: Handed, { item, row }: AtHand): string {
  const number = loaded.facts.numbers.get(item.holdingId)
  if (!number) return row.visible_from
  return visibleAfter(number, { history: 'keep', toMemberId: item.toMemberId ?? '' }, row.visible_from)
}

function about(rule: Remark['rule'], { number_id: numberId, e164 }: BatchNumberRow): Remark {
  return { rule, values: { e164 }, data: { numberId } }
}

function staysRemark({ leaverName }: Handed, row: BatchNumberRow): Remark {
  const remark = about(handedRemark.stays, row)
  return { ...remark, values: { ...remark.values, leaver: leaverName } }
}

const thingsNamed = 3

function hangsOn(
  { leaverName, loaded }: Handed,
  { item, things }: { readonly item: StepItem; readonly things: readonly Dependent[] },
): Remark[] {
  const row = loaded.rows.get(item.holdingId)
  if (things.length === 0 || !row) return []
  const more = things.length - thingsNamed
  const named = things.slice(0, thingsNamed).map(({ label }) => label)
  return [
    {
      rule: handedRemark.hangs,
      values: {
        e164: row.e164,
        count: things.length,
        things: `${named.join(', ')}${more > 0 ? ` +${more}` : ''}`,
        leaver: leaverName,
      },
      data: { numberId: item.holdingId, dependents: things },
    },
  ]
}

// What else may be done goes with the blocker, for buttons.
function blockerOf(
  { loaded }: Handed,
  { item, decision }: { readonly item: StepItem; readonly decision: Refusal },
): Remark {
  const remark = remarkOf(decision)
  const waiting = loaded.waiting.get(item.holdingId) ?? []
  const data = { numberId: item.holdingId, ...remark.data }
  if (decision.code === numberRefusal.onLoan.code) {
    const loan = waiting.find(({ kind }) => kind === 'return')
    return {
      ...remark,
      data: {
        ...data,
        moveId: loan?.move_id,
        lenderId: loan?.to_member_id,
        returnAt: loan?.due_at,
        ways: ['park', 'to_lender', 'leave'],
      },
    }
  }
  if (decision.code === numberRefusal.alreadyScheduled.code) {
    const move = waiting.find(({ kind }) => kind === 'move')
    return {
      ...remark,
      data: {
        ...data,
        moveId: move?.move_id,
        requestId: move?.request_id,
        toMemberId: move?.to_member_id,
        dueAt: move?.due_at,
        ways: ['cancel_move', 'park'],
      },
    }
  }
  return { ...remark, data }
}

function checksOf(
  { loaded, leaverName }: Handed,
  { item, row, decision }: AtHand & { readonly decision: HandedDecision },
): Remark[] {
  if (decision.outcome !== 'checked') return []
  const successor = loaded.facts.members.get(item.toMemberId ?? '')?.name ?? ''
  const { number_id: numberId, e164, country } = row
  const data = { numberId, country, check: loaded.policies.countryChecks[country] ?? null, requestable: true }
  const values = { e164, successor, leaver: leaverName }
  return [{ rule: decision.park ? handedRemark.checkParks : handedRemark.checkWaits, values, data }]
}

function seen(handed: Handed, { item, row }: AtHand): Remark[] {
  if (item.way !== 'pass_on' || item.history !== 'keep') return []
  const successor = handed.loaded.facts.members.get(item.toMemberId ?? '')
  if (!successor) return []
  const since = seenSince(handed, { item, row })
  const values = { e164: row.e164, successor: successor.name }
  const data = { numberId: row.number_id, memberId: successor.memberId, since }
  // The beginning of time: the number came to Baton with its history whole.
  return since < '1000'
    ? [{ rule: handedRemark.seesAll, values, data }]
    : [{ rule: handedRemark.seesSince, values: { ...values, since }, data }]
}
