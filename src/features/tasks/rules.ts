import { type Caller, isCompanyCaller, personOf } from '../../kernel/caller.ts'
import type { Instant } from '../../kernel/fields.ts'
import { addHours } from '../../kernel/instant.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { evidenceRefusal, type ObservedHow, type TaskState, taskRefusal } from './model.ts'
import { stateAfter, type TaskStep } from './states.ts'

/** Hours from the due date at which somebody is reminded: a day before, at it, then every second day five times. */
const reminderHours = [-24, 0, 48, 96, 144, 192, 240] as const

/** When the next reminder is due after `after`; null when there is none any more. */
export function nextReminder(dueAt: Instant, after: Instant): Instant | null {
  return reminderHours.map((hours) => addHours(dueAt, hours)).find((at) => at > after) ?? null
}

const defaultDueHours = 7 * 24

/**
 * Until when a task is to be done.
 * @throws Refusal `task.due_past`
 */
export function decideDue(wished: Instant | null, now: Instant): Instant {
  if (wished !== null && wished <= now) throw new Refusal(taskRefusal.duePast)
  return wished ?? addHours(now, defaultDueHours)
}

/**
 * Where a step leads.
 * @throws Refusal `task.not_in_state`
 */
export function mustTake(step: TaskStep, state: TaskState): TaskState {
  const next = stateAfter(state, step)
  if (next === null) throw new Refusal(taskRefusal.state, { state })
  return next
}

/** Whom a task is for. */
export interface Addressed {
  readonly forMemberId: string | null
  readonly forName: string | null
}

/** Whether this caller may say that the task is done: whoever it is for, and Owner and Admin. */
export function mayDo(caller: Caller, task: Addressed): boolean {
  if (!isCompanyCaller(caller)) return false
  if (caller.role === 'owner' || caller.role === 'admin') return true
  return task.forMemberId !== null && task.forMemberId === caller.memberId
}

export interface ClaimFacts {
  readonly state: TaskState
  readonly needsConsent: boolean
  readonly consent: boolean
  readonly note: string | null
  readonly files: number
}

/**
 * WRK-3: saying that a task is done takes a note or a file, and agreement where something is lost for good.
 * @throws Refusal `task.not_in_state`, `task.consent_missing`, `task.evidence_missing`
 */
export function decideClaim(claim: ClaimFacts): void {
  mustTake('claim', claim.state)
  if (claim.needsConsent && !claim.consent) throw new Refusal(taskRefusal.consentMissing)
  if (claim.note === null && claim.files === 0) throw new Refusal(taskRefusal.evidenceMissing)
}

export interface ObserveFacts {
  readonly state: TaskState
  readonly how: ObservedHow
  readonly note: string | null
  /** Whether whoever did it left a note or a file. */
  readonly hasEvidence: boolean
  /** Who did it, or else is to do it, in the form of `personOf`. */
  readonly doer: string | null
  readonly observer: Caller
  /** Active Owners and Admins apart from the observer, by name. */
  readonly others: readonly string[]
}

const namesAtMost = 5

/**
 * WRK-3: a task is done only when somebody else saw it or judged the evidence. Nobody attests what they did themselves,
 * unless the company has no other Owner or Admin.
 * @returns `alone` when nobody else could have seen it
 * @throws Refusal `task.not_in_state`, `task.own_claim`, `task.evidence_missing`
 */
export function decideObserve(facts: ObserveFacts): 'second' | 'alone' {
  mustTake('observe', facts.state)
  const isOwn = facts.doer !== null && facts.doer === personOf(facts.observer)
  if (isOwn && facts.others.length > 0) {
    throw new Refusal(taskRefusal.ownClaim, { others: namesInWords(facts.others) })
  }
  const isMissing =
    (facts.how === 'evidence' && !facts.hasEvidence) || (facts.how === 'attested' && facts.note === null)
  if (isMissing) throw new Refusal(taskRefusal.evidenceMissing)
  return isOwn ? 'alone' : 'second'
}

function namesInWords(names: readonly string[]): string {
  const more = names.length - namesAtMost
  return `${names.slice(0, namesAtMost).join(', ')}${more > 0 ? ` +${more}` : ''}`
}

const evidenceTypes: ReadonlySet<string> = new Set([
  'image/jpeg',
  'image/png',
  'image/webp',
  'application/pdf',
])

/**
 * What a file is kept as: what its bytes say, whatever it was sent as.
 * @throws Refusal `evidence.type_not_allowed`
 */
export function decideEvidenceType(found: string | null): string {
  if (found !== null && evidenceTypes.has(found)) return found
  throw new Refusal(evidenceRefusal.typeNotAllowed, { type: found ?? 'unknown' })
}

const linkForm =
  /^baton_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})_[A-Za-z0-9_-]{43}$/

/** The company that the token of a link names; null for what is none. */
export function companyOfLink(token: string): string | null {
  const parts = linkForm.exec(token)
  return parts ? parts.slice(1).join('-') : null
}
