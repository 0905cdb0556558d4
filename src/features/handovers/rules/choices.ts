import type { Instant } from '../../../kernel/fields.ts'
import {
  type HandoverKind,
  type Holding,
  type HoldingKind,
  holdingKinds,
  type Phase,
  phases,
  type Way,
} from '../../custody-ports/model.ts'
import type { Choice } from '../model.ts'

/** What can be done with holdings of one kind, as their step says. */
export interface KindOfStep {
  readonly phase: Phase
  readonly ways: readonly Way[]
}

/** What decides for a whole handover. */
export interface Whole {
  readonly kind: HandoverKind
  readonly endsAt: Instant | null
  readonly defaultSuccessorId: string | null
  readonly fallbackId: string | null
  readonly choices: readonly Choice[]
}

/** What is decided for one holding. */
export interface Decided {
  readonly kind: HoldingKind
  readonly holdingId: string
  readonly label: string
  readonly since: Instant | null
  readonly phase: Phase
  readonly ways: readonly Way[]
  readonly way: Way
  readonly toMemberId: string | null
  readonly history: 'keep' | 'hide' | 'delete' | null
  readonly returnAt: Instant | null
  /** Somebody chose for this holding or its kind; only what nobody chose goes to the fallback instead. */
  readonly isChosen: boolean
  /** Whether a choice names this very holding. */
  readonly isOwnChoice: boolean
}

type Chosen = Pick<Choice, 'way' | 'toMemberId' | 'history'>

/** The key by which a holding is found in choices and plans. */
export function keyOf(kind: HoldingKind, id: string | null): string {
  return `${kind}:${id ?? ''}`
}

/**
 * What is decided for each holding, in the order of the run (HAN-3): by its own choice, else that of its kind, else the
 * first way of its step with the default successor. Without a successor the fallback gets it, else the company keeps it
 * where it can; else `pass_on` stays without a recipient, which the plan shows as a blocker.
 */
export function decideAll(
  whole: Whole,
  holdings: readonly Holding[],
  stepOf: (kind: HoldingKind) => KindOfStep,
): Decided[] {
  const choices = new Map(whole.choices.map((choice) => [keyOf(choice.kind, choice.id), choice]))
  const decided = holdings.map((holding): Decided => {
    const own = choices.get(keyOf(holding.kind, holding.id))
    const ofKind = choices.get(keyOf(holding.kind, null))
    const chosen = merged(own, ofKind)
    const { phase, ways } = stepOf(holding.kind)
    const { way, toMemberId } = wayOf(whole, ways, chosen)
    const passesOn = way === 'pass_on'
    return {
      kind: holding.kind,
      holdingId: holding.id,
      label: holding.label,
      since: holding.since,
      phase,
      ways,
      way,
      toMemberId,
      history: passesOn && holding.kind === 'number' ? (chosen.history ?? 'keep') : null,
      returnAt: passesOn && whole.kind === 'loan' ? whole.endsAt : null,
      isChosen: chosen.way !== undefined || chosen.toMemberId !== undefined,
      isOwnChoice: own !== undefined,
    }
  })
  return decided.sort(inOrder)
}

function merged(own: Chosen | undefined, ofKind: Chosen | undefined): Chosen {
  // Who is chosen for one holding gets it, whatever way its kind goes.
  const way = own?.way ?? (own?.toMemberId === undefined ? ofKind?.way : undefined)
  return {
    way,
    toMemberId: own?.toMemberId ?? ofKind?.toMemberId,
    history: own?.history ?? ofKind?.history,
  }
}

function wayOf(whole: Whole, ways: readonly Way[], chosen: Chosen): { way: Way; toMemberId: string | null } {
  const usual = ways[0] ?? 'leave'
  const wanted = chosen.way ?? (chosen.toMemberId === undefined ? usual : 'pass_on')
  const way = ways.includes(wanted) ? wanted : usual
  if (way !== 'pass_on') return { way, toMemberId: null }
  const toMemberId = chosen.toMemberId ?? whole.defaultSuccessorId ?? whole.fallbackId
  if (toMemberId === null && chosen.way === undefined && ways.includes('park'))
    return { way: 'park', toMemberId: null }
  return { way, toMemberId }
}

const placeOfPhase = new Map(phases.map((phase, place) => [phase, place]))
const placeOfKind = new Map(holdingKinds.map((kind, place) => [kind, place]))

function inOrder(one: Decided, other: Decided): number {
  return (
    (placeOfPhase.get(one.phase) ?? 0) - (placeOfPhase.get(other.phase) ?? 0) ||
    (placeOfKind.get(one.kind) ?? 0) - (placeOfKind.get(other.kind) ?? 0) ||
    (one.holdingId < other.holdingId ? -1 : 1)
  )
}

/** Choices that this handover cannot follow: of a way that its kind does not have, or of things that are not held. */
export function wrongChoices(
  whole: Whole,
  held: ReadonlySet<string>,
  waysOf: (kind: HoldingKind) => readonly Way[],
): { readonly notPossible: Choice | undefined; readonly notHeld: readonly Choice[] } {
  const wanted = (choice: Choice) => choice.way ?? (choice.toMemberId === undefined ? undefined : 'pass_on')
  return {
    notPossible: whole.choices.find((choice) => {
      const way = wanted(choice)
      return way !== undefined && !waysOf(choice.kind).includes(way)
    }),
    notHeld: whole.choices.filter(({ kind, id }) => id !== null && !held.has(keyOf(kind, id))),
  }
}
