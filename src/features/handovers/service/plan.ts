import { decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import { addMinutes, laterOf } from '../../../kernel/instant.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import type { HoldingKind, Remark as StoredRemark } from '../../custody-ports/model.ts'
import type { handoversContract } from '../contract.ts'
import type { Plan, PlanGroup, PlanItem, PlanQuery, Remark } from '../model/plan.ts'
import { handoverRefusal } from '../refusals.ts'
import { changeableStates } from '../states.ts'
import type { HandoverRow } from '../store.ts'
import { type LiveItem, type LivePlan, livePlan } from './live-plan.ts'
import { mustFind } from './read.ts'
import { movesOf, whySecondPerson } from './second-person.ts'

const listName = 'handover-plan:group-position'

/** Items that one second of work does, on the careful side. */
const itemsPerSecond = 200

type Language = 'en' | 'zh'

/**
 * The plan as it is now, with a page of its items by who gets them (HAN-2).
 * @throws Refusal `thing.not_found`, `handover.not_now` once it has started, `page.cursor_invalid`
 */
export async function getPlan(
  tx: Tx,
  { params, query, language }: RouteInput<(typeof handoversContract)['getPlan']>,
): Promise<Plan> {
  const row = await mustFind(tx, params.handoverId)
  if (!changeableStates.includes(row.state))
    throw new Refusal(handoverRefusal.notNow, { state: row.state }, { state: row.state })
  const plan = await livePlan(tx, row)
  return showPlan(tx, { row, plan, query, language })
}

interface Shown {
  readonly row: HandoverRow
  readonly plan: LivePlan
  readonly query: PlanQuery
  readonly language: Language
}

async function showPlan(tx: Tx, { row, plan, query, language }: Shown): Promise<Plan> {
  const { items, policies, acceptances, difference, hash } = plan
  const why =
    row.approvedBy !== null && hash === row.planHash
      ? null
      : await whySecondPerson(tx, { handover: row, policies, moves: movesOf(plan) })
  const answers = new Map(acceptances.map(({ memberId, state }) => [memberId, state]))
  return {
    handoverId: row.handoverId,
    version: row.version,
    planHash: hash,
    isWritten: hash === row.planHash,
    difference,
    total: items.length,
    blocked: items.filter(({ blockers }) => blockers.length > 0).length,
    warned: items.filter(({ warnings }) => warnings.length > 0).length,
    irreversible: items.filter(({ forecast }) => !forecast.isReversible).length,
    kinds: kindsOf(items),
    groups: groupsOf(plan),
    remarks: [],
    licences: items.reduce((sum, { forecast }) => sum + forecast.licences, 0),
    needsApproval: why !== null,
    approvalReason: why && inWords(why, language),
    needsAcceptance:
      policies.handoverAcceptance === 'required' &&
      successorsOf(plan).some((memberId) => answers.get(memberId) !== 'accepted'),
    finishAt: finishOf(tx, row, items),
    waitsForPeople: items.filter(
      ({ forecast }) => forecast.waitsFor === 'task' || forecast.waitsFor === 'check',
    ).length,
    ...pageOf(plan, query, language),
  }
}

/** Who gets something in a plan, in the order in which they come. */
export function successorsOf({ items }: Pick<LivePlan, 'items'>): string[] {
  return [...new Set(items.flatMap(({ decided }) => decided.toMemberId ?? []))]
}

function finishOf(tx: Tx, row: HandoverRow, items: readonly LiveItem[]): string {
  const begin = laterOf(row.effectiveAt, tx.now)
  const last = items.reduce((latest, { forecast }) => laterOf(latest, forecast.notBefore ?? begin), begin)
  return addMinutes(last, items.length / itemsPerSecond / 60)
}

function kindsOf(items: readonly LiveItem[]): { kind: HoldingKind; count: number }[] {
  const counts = new Map<HoldingKind, number>()
  for (const { decided } of items) counts.set(decided.kind, (counts.get(decided.kind) ?? 0) + 1)
  return [...counts].map(([kind, count]) => ({ kind, count }))
}

const wayOrder = ['pass_on', 'park', 'end', 'leave']

/** Successors by name, then what goes a way without anybody. */
function groupKey({ people }: LivePlan, { decided }: LiveItem): string {
  const { toMemberId, way } = decided
  if (toMemberId === null) return `1:${wayOrder.indexOf(way)}`
  return `0:${people.get(toMemberId)?.name ?? ''}:${toMemberId}`
}

function grouped(plan: LivePlan): [string, LiveItem[]][] {
  const groups = new Map<string, LiveItem[]>()
  for (const item of plan.items) {
    const key = groupKey(plan, item)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return [...groups].sort(([one], [other]) => (one < other ? -1 : 1))
}

const mostGroups = 1000

function groupsOf(plan: LivePlan): PlanGroup[] {
  return grouped(plan)
    .slice(0, mostGroups)
    .flatMap(([, items]) => {
      const [first] = items
      if (!first) return []
      const { toMemberId, way } = first.decided
      return {
        to: toMemberId === null ? null : (plan.people.get(toMemberId) ?? null),
        way,
        items: items.length,
        blocked: items.filter(({ blockers }) => blockers.length > 0).length,
        kinds: kindsOf(items),
        licences: items.reduce((sum, { forecast }) => sum + forecast.licences, 0),
      }
    })
}

function pageOf(plan: LivePlan, query: PlanQuery, language: Language) {
  const keys = query.cursor === undefined ? [] : decodeCursor(listName, query.cursor, ['text', 'number'])
  if (keys === null) throw new Refusal(httpRefusal.cursorInvalid)
  const [afterGroup, afterPosition] = keys
  const wanted = grouped(plan)
    .flatMap(([group, items]) => items.map((item) => ({ group, item })))
    .filter(({ item }) => isWanted(item, query))
  const rest =
    afterGroup === undefined
      ? wanted
      : wanted.filter(
          ({ group, item }) =>
            group > afterGroup || (group === afterGroup && item.position > Number(afterPosition)),
        )
  const page = rest.slice(0, query.limit)
  const last = page.at(-1)
  return {
    items: page.map(({ item }) => showItem(plan, item, language)),
    nextCursor:
      rest.length > page.length && last
        ? encodeCursor(listName, [last.group, String(last.item.position)])
        : null,
  }
}

function isWanted({ decided, forecast, blockers, warnings }: LiveItem, query: PlanQuery): boolean {
  if (query.kind !== undefined && decided.kind !== query.kind) return false
  if (query.toMemberId !== undefined && decided.toMemberId !== query.toMemberId) return false
  if (query.only === 'blocked') return blockers.length > 0
  if (query.only === 'warned') return warnings.length > 0
  return query.only !== 'irreversible' || !forecast.isReversible
}

const mostRemarks = 100

function showItem({ people }: LivePlan, item: LiveItem, language: Language): PlanItem {
  const { position, decided, forecast, blockers, warnings } = item
  const words = (remarks: readonly StoredRemark[]) =>
    remarks.slice(0, mostRemarks).map((remark) => remarkInWords(remark, language))
  const { phase, kind, holdingId, label, since, way, history, returnAt, toMemberId } = decided
  return {
    position,
    phase,
    kind,
    holdingId,
    label,
    since,
    to: toMemberId === null ? null : (people.get(toMemberId) ?? null),
    way,
    ways: [...decided.ways],
    isChosen: decided.isOwnChoice,
    history,
    returnAt,
    isReversible: forecast.isReversible,
    notBefore: forecast.notBefore,
    waitsFor: forecast.waitsFor,
    before: { ...forecast.before },
    after: { ...forecast.after },
    blockers: words(blockers),
    warnings: words(warnings),
    becomesVisible: words(forecast.becomesVisible),
    lostForEver: words(forecast.lostForEver),
  }
}

function remarkInWords({ rule, values, data }: StoredRemark, language: Language): Remark {
  return inWords(new Refusal(rule, values, data), language)
}

function inWords(refusal: Refusal, language: Language): Remark {
  return { code: refusal.code, ...refusal.inWords(language), data: { ...refusal.data } }
}
