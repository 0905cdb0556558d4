import { Refusal } from '../../../kernel/refusal.ts'
import { type HoldState, holdRefusal } from '../model/legal-holds.ts'
import { namesInWords } from './may-decide.ts'

export interface LiftFacts {
  readonly firstLiftedBy: string | null
  readonly liftedBy: string | null
  readonly lifter: string
  /** Active Owners and Auditors apart from the one who lifted it first, by name. */
  readonly others: readonly string[]
}

/** The state of a hold from who has lifted it so far. */
export function holdStateOf(hold: { firstLiftedBy: string | null; liftedBy: string | null }): HoldState {
  if (hold.liftedBy !== null) return 'lifted'
  return hold.firstLiftedBy === null ? 'placed' : 'lifting'
}

/**
 * ALL-7: two different people lift a hold, whoever placed it.
 * @returns what the hold becomes
 * @throws Refusal `hold.lifted`, `hold.second_person`
 */
export function decideLift({ firstLiftedBy, liftedBy, lifter, others }: LiftFacts): 'lifting' | 'lifted' {
  if (liftedBy !== null) throw new Refusal(holdRefusal.lifted)
  if (firstLiftedBy === null) return 'lifting'
  if (firstLiftedBy !== lifter) return 'lifted'
  throw new Refusal(holdRefusal.secondPerson, { others: others.length > 0 ? namesInWords(others) : '–' })
}
