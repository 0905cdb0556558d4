import type { RefusalRule, RefusalValues } from '../../../kernel/refusal.ts'
import type { Particulars, Remark, StepForecast } from '../../custody-ports/model.ts'
import { stepRefusal } from '../../custody-ports/refusals.ts'
import type { Person } from '../model.ts'
import { planRemark } from '../refusals.ts'
import { type Decided, keyOf } from './choices.ts'

/** What a plan knows beside what each step foresees. */
export interface OwnRemarkFacts {
  readonly people: ReadonlyMap<string, Person>
  readonly acceptance: 'required' | 'informed' | 'none'
  /** What successors have answered; who is not in it knows nothing yet. */
  readonly answers: ReadonlyMap<string, string>
  /** Handovers of the same leaver that are under way, by the holdings in them. */
  readonly elsewhere: ReadonlyMap<string, string>
}

interface Foreseen {
  readonly decided: Decided
  readonly forecast: StepForecast
  /** Whom the fallback stands in for. */
  readonly insteadOf?: string
}

interface Remarks {
  readonly blockers: readonly Remark[]
  readonly warnings: readonly Remark[]
}

/** What stands in the way of an item and what is to be said of it: what its step foresees, and what concerns the whole. */
export function ownRemarks(facts: OwnRemarkFacts, item: Foreseen): Remarks {
  const { decided, forecast } = item
  const nobody =
    decided.way === 'pass_on' && decided.toMemberId === null && forecast.blockers.length === 0
      ? [remark(stepRefusal.successorMissing, { label: decided.label }, {})]
      : []
  const answer = ofAnswer(facts, decided)
  return {
    blockers: [...forecast.blockers, ...nobody, ...answer.blockers],
    warnings: [...forecast.warnings, ...answer.warnings, ...ofOthers(facts, item)],
  }
}

function ofAnswer({ answers, acceptance, people }: OwnRemarkFacts, { toMemberId }: Decided): Remarks {
  if (toMemberId === null) return { blockers: [], warnings: [] }
  const answer = answers.get(toMemberId)
  const about = [{ name: people.get(toMemberId)?.name ?? toMemberId }, { toMemberId }] as const
  if (answer === 'declined')
    return { blockers: [remark(planRemark.successorDeclined, ...about)], warnings: [] }
  const awaited = acceptance === 'required' && answer !== 'accepted'
  return { blockers: [], warnings: awaited ? [remark(planRemark.awaitsAcceptance, ...about)] : [] }
}

function ofOthers({ people, elsewhere }: OwnRemarkFacts, { decided, insteadOf }: Foreseen): Remark[] {
  const other = decided.way === 'leave' ? undefined : elsewhere.get(keyOf(decided.kind, decided.holdingId))
  return [
    ...(insteadOf === undefined
      ? []
      : [remark(planRemark.tookFallback, { name: people.get(insteadOf)?.name ?? insteadOf }, { insteadOf })]),
    ...(other === undefined ? [] : [remark(planRemark.alsoIn, {}, { handoverId: other })]),
  ]
}

function remark(rule: RefusalRule, values: RefusalValues, data: Particulars): Remark {
  return { rule, values, data }
}
