import fc from 'fast-check'
import { expect } from 'vitest'
import { runSlice } from '../../src/features/handovers/service/run-slice.ts'
import { systemCaller } from '../../src/kernel/caller.ts'
import { bodyOf, tokenFor } from '../builders.ts'
import { canonicalState } from '../canonical-state.ts'
import type { Answer, World } from '../world.ts'
import { type Leaving, type LeavingCompany, leavingArbitrary, makeCompany } from './random-leaver.ts'

type Body = Answer['body']

class Fault extends Error {}

/** One leaver from the plan to the end and back. */
interface Trial extends LeavingCompany {
  readonly world: World
  readonly wish: Leaving
  readonly handoverId: string
  readonly faults: ('none' | 'before' | 'after')[]
}

/**
 * Carries random leavers through, until `runs` or the time is over.
 * @returns how often they came to which end
 */
export async function carryManyThrough(
  world: World,
  { runs, timeLimitMs }: { readonly runs: number; readonly timeLimitMs: number },
): Promise<ReadonlyMap<string, number>> {
  const ends = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(leavingArbitrary, async (wish) => {
      for (const end of await carryThrough(world, wish)) ends.set(end, (ends.get(end) ?? 0) + 1)
    }),
    { numRuns: runs, interruptAfterTimeLimit: timeLimitMs },
  )
  return ends
}

/**
 * A leaver with everything they hold, through plan, run with faults, finish and undo: nothing is lost, nothing done
 * twice, and the undo brings back what was (HAN-4, HAN-7, HAN-9).
 * @returns what happened, for counting
 */
async function carryThrough(world: World, wish: Leaving): Promise<string[]> {
  const made = await makeCompany(world, wish)
  const { company, leaver, first, second } = made
  const people = { first, second, nobody: null }
  const handover = bodyOf(
    await company.owner.post('/v1/handovers', {
      kind: wish.kind,
      leaverId: leaver,
      defaultSuccessorId: people[wish.successor],
      fallbackId: people[wish.fallback],
      choices: made.choices,
    }),
    201,
  )
  const { handoverId, planHash } = handover
  const trial: Trial = { ...made, world, wish, handoverId, faults: [...wish.faults] }
  const before = await canonicalState(world, company.companyId, ['tokens'])
  const at = `/v1/handovers/${handoverId}`
  bodyOf(await company.owner.post(`${at}/run`, { planHash, despiteBlockers: true }), 202)
  const isCutShort = wish.undoAfter !== null && !(await runOn(trial, wish.undoAfter))
  if (!isCutShort) await toTheEnd(trial)
  const end = bodyOf(await company.owner.get(at), 200)
  if (!isCutShort) expect(end.state, 'nothing is waited for without end').toBe('finished')
  if (end.state === 'finished') await nothingIsLost(trial, end)
  const undo = await company.owner.post(`${at}/undo`, {})
  if (undo.status === 409) {
    expect(undo.body.code).toBe('handover.nothing_to_undo')
    return [end.state, 'nothing to undo']
  }
  bodyOf(undo, 202)
  await runOn(trial, 200)
  expect(bodyOf(await company.owner.get(at), 200).state).toBe('undone')
  // What a person passed on outside, a person takes back outside.
  await settleTasks(trial)
  expect(await canonicalState(world, company.companyId, ['tokens'])).toEqual(before)
  return [isCutShort ? 'cut short' : end.state, 'undone']
}

/** Runs slices with faults; true when none is left to run now. */
async function runOn(trial: Trial, most: number): Promise<boolean> {
  for (let slice = 0; slice < most; slice++) {
    try {
      if (!(await oneSlice(trial))) return true
    } catch (error) {
      if (!(error instanceof Fault)) throw error
    }
  }
  return false
}

async function oneSlice({ world, company, handoverId, faults }: Trial): Promise<boolean> {
  const fault = faults.shift() ?? 'none'
  const caller = systemCaller(company.companyId, 'handovers.run', company.ownerMemberId)
  const ran = await world.parts.database.inRealmOf(caller, async (tx) => {
    const did = await runSlice(tx, handoverId)
    if (fault === 'before') throw new Fault()
    return did
  })
  if (fault === 'after' && ran) throw new Fault()
  return ran
}

async function toTheEnd(trial: Trial): Promise<void> {
  const { world, company, handoverId } = trial
  for (let round = 0; round < 8; round++) {
    await runOn(trial, 100)
    // What was checked moves when its cool-down is over.
    await world.runDueWork()
    const { state } = bodyOf(await company.owner.get(`/v1/handovers/${handoverId}`), 200)
    if (state === 'finished') return
    await settleTasks(trial)
    await clearChecks(trial)
    if (round > 2) await skipFailed(trial)
    world.clock.advance({ minutes: 31 })
  }
}

async function settleTasks({ world, company, handoverId, second }: Trial): Promise<void> {
  const asked = `/v1/tasks?originKind=handover&originId=${handoverId}&state=planned`
  const { items } = bodyOf(await company.owner.get(asked), 200)
  const helper = items.length === 0 ? null : await tokenFor(world, company, second)
  for (const { taskId, forMemberId } of items as Body[]) {
    const does = forMemberId === second && helper !== null ? helper : company.operator
    bodyOf(await does.post(`/v1/tasks/${taskId}/claim`, { note: 'Done', consent: true }), 200)
    bodyOf(await company.owner.post(`/v1/tasks/${taskId}/observe`, { how: 'evidence' }), 200)
  }
}

async function clearChecks({ company }: Trial): Promise<void> {
  const { items } = bodyOf(await company.owner.get('/v1/requests?state=open&kind=country_check'), 200)
  for (const { requestId } of items as Body[])
    bodyOf(await company.owner.post(`/v1/requests/${requestId}/approve`, { evidence: 'seen' }), 200)
}

async function skipFailed({ company, handoverId }: Trial): Promise<void> {
  const at = `/v1/handovers/${handoverId}/items`
  const { items } = bodyOf(await company.owner.get(`${at}?state=failed`), 200)
  for (const { itemId } of items as Body[])
    bodyOf(await company.owner.post(`${at}/${itemId}/skip`, { reason: 'left as it is' }), 200)
}

async function nothingIsLost({ company, handoverId, leaver }: Trial, end: Body): Promise<void> {
  const { items } = bodyOf(await company.owner.get(`/v1/handovers/${handoverId}/items?limit=1000`), 200)
  const { items: held } = bodyOf(await company.owner.get(`/v1/members/${leaver}/holdings`), 200)
  const still = new Set(held.map((one: Body) => `${one.kind}:${one.id}`))
  if (end.kind === 'leave') expect(end.stillHeld).toHaveLength(held.length)
  for (const item of items as Body[]) {
    const what = `${item.kind}:${item.holdingId}`
    if (item.state === 'observed' && item.way !== 'leave')
      expect({ what, isHeld: still.has(what) }).toEqual({ what, isHeld: false })
    if (item.kind === 'number' && item.state === 'observed') await numberIsThere(company, item)
  }
}

async function numberIsThere(company: Trial['company'], item: Body): Promise<void> {
  const number = bodyOf(await company.owner.get(`/v1/numbers/${item.holdingId}`), 200)
  expect(number.holder?.memberId ?? null).toBe(item.way === 'park' ? null : item.to.memberId)
  const custody = bodyOf(await company.owner.get(`/v1/numbers/${item.holdingId}/custody?limit=200`), 200)
  // Parked while its check was under way, at most: then two stretches are of this handover, else one.
  const since = custody.items.filter((stretch: Body) => stretch.from >= item.attemptedAt)
  expect(since.length).toBeLessThanOrEqual(2)
}
