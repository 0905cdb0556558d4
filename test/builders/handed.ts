import { randomUUID } from 'node:crypto'
import type {
  HandoverFacts,
  HandoverStep,
  StepItem,
  StepResult,
} from '../../src/features/custody-ports/index.ts'
import { stepFor } from '../../src/features/custody-ports/index.ts'
import type { DoneItem, HoldingKind, Way } from '../../src/features/custody-ports/model.ts'
import { systemCaller } from '../../src/kernel/caller.ts'
import type { Tx } from '../../src/platform/db/tx.ts'
import { bodyOf, type TestCompany } from '../builders.ts'
import type { World } from '../world.ts'

/** What was decided for one holding; the way is the step's first unless told. */
export interface Choice {
  readonly way?: Way
  readonly to?: string | null
  readonly history?: 'keep' | 'hide' | 'delete'
  readonly returnAt?: string | null
}

/** A leaver's holdings as the steps of a handover meet them, each step in a transaction of its own as the system. */
export interface Handed {
  readonly facts: HandoverFacts
  /** The holdings of a kind, as the API tells them, by label. */
  holdings(kind: HoldingKind): Promise<{ id: string; label: string }[]>
  /** An item for each holding of a kind. */
  items(kind: HoldingKind, choice?: Choice): Promise<StepItem[]>
  plan(kind: HoldingKind, items: readonly StepItem[]): ReturnType<HandoverStep['plan']>
  carryOut(kind: HoldingKind, items: readonly StepItem[]): Promise<readonly StepResult[]>
  observe(kind: HoldingKind, items: readonly DoneItem[]): ReturnType<HandoverStep['observe']>
  undo(kind: HoldingKind, items: readonly DoneItem[]): Promise<readonly StepResult[]>
  /** Carries all items of a kind out; throws unless each is attempted. */
  run(kind: HoldingKind, choice?: Choice): Promise<DoneItem[]>
}

/** A handover without its feature: the steps alone, decided by the company's Owner unless told. */
export function handOver(
  world: World,
  company: TestCompany,
  wish: Partial<HandoverFacts> & Pick<HandoverFacts, 'leaverId'>,
): Handed {
  const facts: HandoverFacts = {
    handoverId: randomUUID(),
    kind: 'leave',
    effectiveAt: world.clock.now().toISOString().replace('Z', '000Z'),
    reason: 'leaves the company',
    decidedBy: company.ownerMemberId,
    ...wish,
  }
  const caller = systemCaller(company.companyId, 'handovers.run', facts.decidedBy)
  const inRealm = <T>(work: (tx: Tx) => Promise<T>) => world.parts.database.inRealmOf(caller, work)
  const holdings = async (kind: HoldingKind) => {
    const { items } = bodyOf(await company.operator.get(`/v1/members/${facts.leaverId}/holdings`), 200)
    return items.filter((one: { kind: string }) => one.kind === kind)
  }
  const items = async (kind: HoldingKind, choice: Choice = {}) => {
    const { way = stepFor(kind).ways[facts.kind][0] ?? 'leave', to = null, returnAt = null } = choice
    const history = kind === 'number' && way === 'pass_on' ? (choice.history ?? 'keep') : null
    return (await holdings(kind)).map(
      ({ id, label }: { id: string; label: string }): StepItem => ({
        itemId: randomUUID(),
        holdingId: id,
        label,
        way,
        toMemberId: way === 'pass_on' ? to : null,
        history,
        returnAt,
      }),
    )
  }
  const carryOut = (kind: HoldingKind, wanted: readonly StepItem[]) =>
    inRealm((tx) => stepFor(kind).carryOut(tx, facts, wanted))
  return {
    facts,
    holdings,
    items,
    carryOut,
    plan: (kind, wanted) => inRealm((tx) => stepFor(kind).plan(tx, facts, wanted)),
    observe: (kind, done) => inRealm((tx) => stepFor(kind).observe(tx, facts, done)),
    undo: (kind, done) => inRealm((tx) => stepFor(kind).undo(tx, facts, done)),
    run: async (kind, choice) => {
      const wanted = await items(kind, choice)
      const results = await carryOut(kind, wanted)
      const notDone = results.filter(({ state }) => state !== 'attempted')
      if (notDone.length > 0) throw new Error(`not done: ${JSON.stringify(notDone)}`)
      return doneItems(wanted, results)
    },
  }
}

/** Items with what a step has answered for each; those that failed are left out. */
export function doneItems(items: readonly StepItem[], results: readonly StepResult[]): DoneItem[] {
  return items.flatMap((item, index): DoneItem[] => {
    const result = results[index]
    if (!result || result.state === 'failed') return []
    const reference = result.state === 'waiting' ? result.reference : null
    return [
      {
        ...item,
        before: result.before,
        after: result.state === 'attempted' ? result.after : null,
        reference,
      },
    ]
  })
}

/** The codes of what failed, by item. */
export function codesOf(results: readonly StepResult[]): (string | null)[] {
  return results.map((result) => (result.state === 'failed' ? result.refusal.code : null))
}
