import type { Plan, PlanGroup, PlanItem } from '../../features/handovers/model/plan.ts'
import type { Difference, Handover, HandoverDetail } from '../../features/handovers/model.ts'
import { count, facts, moment } from '../show.ts'
import { clip, harmless, wrap } from '../text.ts'

const itemsShown = 20

/** A plan as people read it: by who gets what, with what stands in the way. */
export function planWords(plan: Plan, columns: number): string {
  const groups = plan.groups.map((group) => groupWords(group, plan.items, columns))
  const about = facts([
    ['Items', count(plan.total)],
    ['Blocked', plan.blocked === 0 ? null : count(plan.blocked)],
    ['Not undone by an undo', plan.irreversible === 0 ? null : count(plan.irreversible)],
    ['Licences', plan.licences === 0 ? null : signed(plan.licences)],
    ['Done', `about ${moment(plan.finishAt)}`],
    ['Wait for people', plan.waitsForPeople === 0 ? null : count(plan.waitsForPeople)],
    ['Approval', plan.needsApproval ? 'a second person has to agree first' : null],
    ['Acceptance', plan.needsAcceptance ? 'the successors have to accept first' : null],
    ['Plan', plan.planHash],
  ])
  return [...groups, about].join('\n\n')
}

function signed(amount: number): string {
  return amount > 0 ? `+${amount}` : String(amount)
}

const wayWords = {
  pass_on: '',
  park: 'parked with the company',
  end: 'ended',
  leave: 'left as it is',
} as const

function groupWords(group: PlanGroup, items: readonly PlanItem[], columns: number): string {
  const own = items.filter(
    ({ to, way }) => (to?.memberId ?? null) === (group.to?.memberId ?? null) && way === group.way,
  )
  const whom = group.to === null ? wayWords[group.way] : `→ ${group.to.name} (${group.to.staffCode})`
  const more = group.items - Math.min(own.length, itemsShown)
  return [
    `${harmless(whom)}: ${count(group.items)}`,
    ...own.slice(0, itemsShown).map((item) => itemWords(item, columns)),
    ...(more > 0 ? [`    … and ${count(more)} more`] : []),
  ].join('\n')
}

function itemWords(item: PlanItem, columns: number): string {
  const sign = item.blockers.length > 0 ? '!' : { pass_on: '~', park: '~', end: '-', leave: ' ' }[item.way]
  const notes = [
    item.kind.replaceAll('_', ' '),
    ...(item.history === null ? [] : [`history: ${item.history}`]),
    ...(item.returnAt === null ? [] : [`back ${moment(item.returnAt)}`]),
    ...(item.waitsFor === null ? [] : [`waits for ${item.waitsFor === 'rest' ? 'the rest' : item.waitsFor}`]),
    ...(item.isReversible ? [] : ['cannot be undone']),
  ]
  const remarks = [...item.blockers, ...item.warnings, ...item.lostForEver].map(({ title }) =>
    wrap(harmless(title), columns, '      '),
  )
  return [clip(harmless(`  ${sign} ${item.label}  ${notes.join(', ')}`), columns), ...remarks].join('\n')
}

/** By what a plan differs from the one that was looked at. */
export function differenceWords({ added, removed, changed, items }: Difference): string {
  const signs = { added: '+', removed: '-', changed: '~' } as const
  const lines = items.map(({ change, kind, label, holdingId }) =>
    harmless(`  ${signs[change]} ${label ?? holdingId}  ${kind.replaceAll('_', ' ')}`),
  )
  return [`${added} added, ${removed} gone, ${changed} changed since the plan was made:`, ...lines].join('\n')
}

/** How far a handover is, on one line. */
export function progressWords({ state, coverage }: Handover): string {
  const { total, observed, skipped, waiting, needsYou, handed, undone } = coverage
  if (state === 'undoing' || state === 'undone')
    return `${state}: ${count(undone)} of ${count(total)} taken back`
  const parts = [
    `${state.replaceAll('_', ' ')}: ${count(observed + skipped)} of ${count(total)} done`,
    ...(waiting > 0 ? [`${count(waiting)} ${waiting === 1 ? 'waits' : 'wait'}`] : []),
    ...(handed > 0 ? [`${count(handed)} with a person`] : []),
    ...(needsYou > 0 ? [`${count(needsYou)} ${needsYou === 1 ? 'needs' : 'need'} you`] : []),
  ]
  return parts.join(', ')
}

/** A handover as people read it. */
export function handoverWords(handover: HandoverDetail): string {
  const { leaver, defaultSuccessor, stillHeld, approval, difference } = handover
  const isDone = handover.state === 'finished' || handover.state === 'closed'
  const about = facts([
    ['Handover', handover.handoverId],
    ['Leaver', `${leaver.name} (${leaver.staffCode})`],
    ['Kind', handover.kind],
    ['Successor', defaultSuccessor && `${defaultSuccessor.name} (${defaultSuccessor.staffCode})`],
    ['Progress', progressWords(handover)],
    ['Effective', moment(handover.effectiveAt)],
    ['Approval', approval.isNeeded ? (approval.title ?? 'needed') : null],
    ['Request', approval.isNeeded ? approval.requestId : null],
    ['Approved by', approval.approvedByName ?? approval.approvedBy],
    ['Stopped', handover.stopCause],
    ['Can be undone until', handover.state === 'finished' ? moment(handover.undoUntil) : null],
    ['Still held', isDone && stillHeld !== null ? count(stillHeld.length).replace(/^0$/, 'nothing') : null],
    ['Reason', handover.reason],
  ])
  return difference === null ? about : `${about}\n\n${differenceWords(difference)}`
}
