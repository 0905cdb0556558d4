import { type CompanyCaller, systemCaller } from '../../../kernel/caller.ts'
import type { Instant } from '../../../kernel/fields.ts'
import type { Role } from '../../../kernel/permission.ts'
import { createSetClock, type SetClock } from '../../../platform/clock/clock.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import type { Calendar } from '../calendar.ts'

interface Person {
  readonly memberId: string
  readonly role: Role
}

/** The company while its past is made: where its clock stands, and what is there by the names that the files use. */
export interface Scene {
  readonly tx: Tx
  readonly companyId: string
  readonly clock: SetClock
  readonly calendar: Calendar
  /** By staff code. */
  readonly people: Map<string, Person>
  /** Ids by name. */
  readonly departments: Map<string, string>
  /** Ids by E.164. */
  readonly numbers: Map<string, string>
}

/** Something that happens at its time; what follows from it later comes back as further steps. */
export interface Step {
  readonly at: Instant
  run(scene: Scene): Promise<readonly Step[]>
}

export function openScene(tx: Tx, companyId: string, calendar: Calendar): Scene {
  const clock = createSetClock()
  return {
    tx,
    companyId,
    clock,
    calendar,
    people: new Map(),
    departments: new Map(),
    numbers: new Map(),
  }
}

/** Does all steps and what follows from them, each at its time. */
export async function play(scene: Scene, steps: readonly Step[]): Promise<void> {
  const waiting = [...steps].sort((one, other) => compare(one.at, other.at))
  for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
    scene.clock.put(step.at)
    for (const next of await step.run(scene)) {
      const place = waiting.findIndex(({ at }) => at > next.at)
      waiting.splice(place < 0 ? waiting.length : place, 0, next)
    }
  }
}

function compare(one: Instant, other: Instant): number {
  return one < other ? -1 : one > other ? 1 : 0
}

/** Lets a member act at the time of the scene. */
export function asMember<T>(scene: Scene, staffCode: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  const { memberId, role } = found(scene.people, staffCode)
  const caller: CompanyCaller = {
    kind: 'member',
    id: memberId,
    companyId: scene.companyId,
    memberId,
    accountId: null,
    sessionId: null,
    role,
    scopes: null,
    onBehalfOf: null,
  }
  return scene.tx.inCompany(caller, work, scene.clock)
}

/** Lets the system act at the time of the scene, for the person who had decided it where there is one. */
export function asSystem<T>(
  scene: Scene,
  { task, onBehalfOf = null }: { readonly task: string; readonly onBehalfOf?: string | null },
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  return scene.tx.inCompany(systemCaller(scene.companyId, task, onBehalfOf), work, scene.clock)
}

/** What the files call by this name. */
export function found<Thing>(things: ReadonlyMap<string, Thing>, name: string): Thing {
  const thing = things.get(name)
  if (thing === undefined) throw new Error(`the examples name ${name}, which is not there yet`)
  return thing
}

/** What a use case is given by a route, of which it reads `used` only. */
export function inputOf<Input extends object>(used: Partial<NoInfer<Input>>): Input {
  // A route's input also carries what its contract does not have, which no use case can read.
  return { expectedVersion: null, language: 'en', ...used } as Input
}
