import type { RefusalRule } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/db/tx.ts'
import type {
  DoneItem,
  HandoverFacts,
  HandoverKind,
  HoldingKind,
  Observation,
  Phase,
  StepForecast,
  StepItem,
  StepResult,
  Way,
} from './model.ts'

/**
 * How the holdings of one kind pass on; each feature brings those of its own kinds (HAN-1). All functions take many
 * items at once and answer for each; `plan` writes nothing. The others run inside the caller's transaction, decide anew
 * under locks (HAN-5), and are safe to run again after a rollback.
 */
export interface HandoverStep {
  readonly holding: HoldingKind
  readonly phase: Phase
  /** What may be decided for it, by kind of handover; the first is done where nothing was chosen. */
  readonly ways: Readonly<Record<HandoverKind, readonly Way[]>>
  /** Every refusal and remark that its items may meet. */
  readonly refusals: readonly RefusalRule[]
  plan(tx: Tx, facts: HandoverFacts, items: readonly StepItem[]): Promise<readonly StepForecast[]>
  /**
   * Does it, unless the leaver does not hold it any more (then `failed`). What is done already is `attempted` again with
   * the same result, never done twice.
   */
  carryOut(tx: Tx, facts: HandoverFacts, items: readonly StepItem[]): Promise<readonly StepResult[]>
  /** Reads back whether the effect is there. */
  observe(tx: Tx, facts: HandoverFacts, items: readonly DoneItem[]): Promise<readonly Observation[]>
  /** Brings back what was before, as far as this handover changed it and nobody else since; `failed` says why not. */
  undo(tx: Tx, facts: HandoverFacts, items: readonly DoneItem[]): Promise<readonly StepResult[]>
}

let steps: ReadonlyMap<HoldingKind, HandoverStep> = new Map()

/** Wires the features' steps, once, in the composition root. */
export function wireSteps(all: readonly HandoverStep[]): void {
  steps = new Map(all.map((step) => [step.holding, step]))
}

export function stepFor(kind: HoldingKind): HandoverStep {
  const step = steps.get(kind)
  if (!step) throw new Error(`no feature passes on holdings of kind ${kind}`)
  return step
}

/** Every kind that some feature passes on. */
export function stepKinds(): HoldingKind[] {
  return [...steps.keys()]
}
