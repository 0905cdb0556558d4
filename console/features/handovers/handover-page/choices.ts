import type { Choice, Way } from './types.ts'

/** A holding, or with `id` null all of a kind. */
export interface Target {
  readonly kind: Choice['kind']
  readonly id: string | null
}

/** What is chosen for some holdings; null to follow the whole again. */
export interface Chosen {
  readonly way: Way
  /** Empty: whoever gets everything else. */
  readonly toMemberId: string
  readonly history: 'keep' | 'hide' | 'delete' | null
}

/** All choices of a handover after some of them were made anew or taken back. */
export function withChosen(
  choices: readonly Choice[],
  targets: readonly Target[],
  chosen: Chosen | null,
): Choice[] {
  const touched = new Set(targets.map(keyOf))
  const rest = choices.filter((choice) => !touched.has(keyOf({ kind: choice.kind, id: choice.id ?? null })))
  if (chosen === null) return rest
  return [...rest, ...targets.map((target) => choiceOf(target, chosen))]
}

function keyOf({ kind, id }: Target): string {
  return `${kind} ${id ?? ''}`
}

function choiceOf({ kind, id }: Target, { way, toMemberId, history }: Chosen): Choice {
  const passesOn = way === 'pass_on'
  return {
    kind,
    id,
    way,
    ...(passesOn && toMemberId !== '' ? { toMemberId } : {}),
    ...(passesOn && kind === 'number' && history !== null ? { history } : {}),
  }
}

/** The ways that all of these have in common, in the order of the first. */
export function commonWays(items: readonly { readonly ways: readonly Way[] }[]): Way[] {
  const [first, ...others] = items
  return (first?.ways ?? []).filter((way) => others.every(({ ways }) => ways.includes(way)))
}
