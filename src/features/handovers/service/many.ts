import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { loadPolicies } from '../../companies/index.ts'
import { lockMembers } from '../../people/index.ts'
import type { handoversContract } from '../contract.ts'
import { openLeaves } from '../leaver-views.ts'
import { handoverRefusal } from '../refusals.ts'
import { managerOf } from '../views.ts'
import { beginDraft } from './create.ts'
import type { LivePlan } from './live-plan.ts'
import { mustFind, present } from './read.ts'
import { movesOf, whySecondPerson } from './second-person.ts'

type Routes = typeof handoversContract
type Body = RouteInput<Routes['createHandovers']>['body']
type Answer = RouteOutput<Routes['createHandovers']>
type Result = Answer['items'][number]

/**
 * Begins the handovers of several leavers, each to the own manager, or the next one above who is not leaving, unless
 * said otherwise. A leaver who is refused stops nobody else. With `unlessLeaving`, nobody gets a second handover beside
 * one that is under way, whoever asks at the same time.
 */
export async function createHandovers(
  tx: Tx,
  { body, language }: RouteInput<Routes['createHandovers']>,
): Promise<Answer> {
  const leaving = new Set(body.leavers.map(({ leaverId }) => leaverId))
  const seen = new Set<string>()
  const there = body.unlessLeaving ? await handoversUnderWay(tx, [...leaving]) : null
  const plans: LivePlan[] = []
  const items: Result[] = []
  for (const line of body.leavers) {
    const { leaverId } = line
    try {
      if (seen.has(leaverId)) throw new Refusal(handoverRefusal.leaverTwice)
      seen.add(leaverId)
      const known = there?.get(leaverId)
      if (known) {
        items.push(await found(tx, leaverId, known.handoverId))
        continue
      }
      const successorId =
        line.successorId === undefined ? await managerWhoStays(tx, leaverId, leaving) : line.successorId
      const plan = await beginDraft(tx, draftOf(body, line, successorId))
      plans.push(plan)
      items.push(await made(tx, leaverId, plan))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      items.push(refused(leaverId, error, language))
    }
  }
  return { items, needsApproval: await needApproval(tx, plans) }
}

async function handoversUnderWay(tx: Tx, leaverIds: readonly string[]): ReturnType<typeof openLeaves> {
  // Whoever asks for the same leavers meanwhile waits here, and then finds what was made.
  await lockMembers(tx, leaverIds)
  return openLeaves(tx, leaverIds)
}

function draftOf(body: Body, line: Body['leavers'][number], defaultSuccessorId: string | null) {
  const { timeZone, fallbackId, alreadyLeft, reason } = body
  return {
    kind: 'leave' as const,
    leaverId: line.leaverId,
    effectiveAt: line.effectiveAt ?? body.effectiveAt,
    timeZone,
    defaultSuccessorId,
    // Nobody stands in for themselves.
    fallbackId: fallbackId === line.leaverId ? null : fallbackId,
    alreadyLeft,
    choices: [],
    reason,
  }
}

const mostLevels = 50

async function managerWhoStays(
  tx: Tx,
  leaverId: string,
  leaving: ReadonlySet<string>,
): Promise<string | null> {
  let managerId = await managerOf(tx, leaverId)
  for (let level = 0; managerId !== null && leaving.has(managerId) && level < mostLevels; level += 1)
    managerId = await managerOf(tx, managerId)
  return managerId !== null && leaving.has(managerId) ? null : managerId
}

async function made(tx: Tx, leaverId: string, plan: LivePlan): Promise<Result> {
  return {
    leaverId,
    handover: present(await mustFind(tx, plan.subject.handoverId)),
    isNew: true,
    planHash: plan.hash,
    blockers: plan.items.filter(({ blockers }) => blockers.length > 0).length,
    code: null,
    title: null,
    next: null,
  }
}

async function found(tx: Tx, leaverId: string, handoverId: string): Promise<Result> {
  const row = await mustFind(tx, handoverId)
  const handover = present(row)
  return {
    leaverId,
    handover,
    isNew: false,
    planHash: row.planHash,
    blockers: 0,
    code: null,
    title: null,
    next: null,
  }
}

function refused(leaverId: string, refusal: Refusal, language: 'en' | 'zh'): Result {
  return {
    leaverId,
    handover: null,
    isNew: false,
    planHash: null,
    blockers: 0,
    code: refusal.code,
    ...refusal.inWords(language),
  }
}

async function needApproval(tx: Tx, plans: readonly LivePlan[]): Promise<boolean> {
  const last = plans.at(-1)
  if (!last) return false
  const others = plans.slice(0, -1)
  const why = await whySecondPerson(tx, {
    handover: last.subject,
    policies: await loadPolicies(tx),
    moves: movesOf(last),
    before: {
      leaverIds: others.map(({ subject }) => subject.leaverId),
      moves: others.reduce((sum, plan) => sum + movesOf(plan), 0),
    },
  })
  return why !== null
}
