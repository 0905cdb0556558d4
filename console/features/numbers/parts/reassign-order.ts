import type { History, PhoneNumber } from '../../../../src/features/numbers/model.ts'
import type { Input } from '../../../api/client.ts'
import { localValue } from '../../../ui/bands/local-time.ts'
import type { ChosenRecipient } from './recipient.ts'

/** When a move is to start: at once, when the cool-down is over, or at a time. */
export type Timing = 'now' | 'earliest' | 'at'

/** What is filled in so far; local times are `2026-12-01T09:00`, in `timeZone`. */
export interface Draft {
  readonly to: ChosenRecipient | null
  readonly history: History
  readonly reason: string
  readonly timing: Timing
  readonly at: string
  readonly isLoan: boolean
  readonly returnAt: string
  readonly timeZone: string
  readonly overrideReason: string
}

export type Missing = 'to' | 'reason' | 'at' | 'returnAt' | 'overrideReason'
export type MoveBody = NonNullable<Input<'reassignNumber'>['body']>

/** The number as it was when the dialog showed it. */
export type SeenNumber = Pick<PhoneNumber, 'state' | 'holder' | 'availableAt'> & {
  readonly waiting: readonly Pick<PhoneNumber['waiting'][number], 'kind'>[]
}

/** Whether the number is to come back to somebody; to its lender it goes at once, in spite of a cool-down (NUM-4). */
export function isOnLoan({ waiting }: Pick<SeenNumber, 'waiting'>): boolean {
  return waiting.some(({ kind }) => kind === 'return')
}

/** Until when the move has to wait, unless it is overridden; null when it can be made now. */
export function coolsDownUntil(number: SeenNumber): string | null {
  return isOnLoan(number) ? null : number.availableAt
}

/** An empty form; a number that cools down is offered the end of that first (NUM-4). */
export function newDraft(number: SeenNumber, timeZone: string, to: ChosenRecipient | null): Draft {
  return {
    to,
    history: 'keep',
    reason: '',
    timing: coolsDownUntil(number) === null ? 'now' : 'earliest',
    at: '',
    isLoan: false,
    returnAt: '',
    timeZone,
    overrideReason: '',
  }
}

/** Whether nobody moved the number between two looks at it. */
export function isSameCustody(one: SeenNumber, other: SeenNumber): boolean {
  return one.state === other.state && one.holder?.memberId === other.holder?.memberId
}

/** The form as it stands once the cool-down is over: as soon as it can is now. */
export function settled(draft: Draft, number: SeenNumber): Draft {
  return draft.timing === 'earliest' && coolsDownUntil(number) === null ? { ...draft, timing: 'now' } : draft
}

/** Whether the move asks to leave the cool-down out, which only an Owner may (NUM-4). */
export function isOverride(draft: Draft, number: SeenNumber): boolean {
  return draft.timing === 'now' && coolsDownUntil(number) !== null
}

/** What must still be filled in before the move can be made. */
export function missingIn(draft: Draft, number: SeenNumber): readonly Missing[] {
  const missing: Missing[] = []
  if (!draft.to) missing.push('to')
  if (draft.history === 'delete' && !draft.reason.trim()) missing.push('reason')
  if (draft.timing === 'at' && !draft.at) missing.push('at')
  if (draft.isLoan && !draft.returnAt) missing.push('returnAt')
  if (isOverride(draft, number) && !draft.overrideReason.trim()) missing.push('overrideReason')
  return missing
}

/** The move in the API's words, with the holder that was seen (NUM-9); null while something is missing. */
export function orderOf(draft: Draft, number: SeenNumber): MoveBody | null {
  const { to } = draft
  if (!to || missingIn(draft, number).length > 0) return null
  const at = draft.timing === 'at' ? draft.at : undefined
  const returnAt = draft.isLoan ? draft.returnAt : undefined
  return {
    toMemberId: to.memberId,
    history: draft.history,
    expectedHolderId: number.holder?.memberId ?? null,
    when: draft.timing === 'now' ? 'now' : 'earliest',
    ...(at === undefined ? {} : { at }),
    ...(returnAt === undefined ? {} : { returnAt }),
    ...(at === undefined && returnAt === undefined ? {} : { timeZone: draft.timeZone }),
    ...(isOverride(draft, number) ? { overrideCooldown: { reason: line(draft.overrideReason) } } : {}),
    ...(draft.reason.trim() ? { reason: line(draft.reason) } : {}),
  }
}

// A reason is one line in the ledger.
function line(text: string): string {
  return text.trim().replace(/\s+/g, ' ')
}

/** Nine o'clock on the day that comes so many days after this moment, as a field for local times takes it. */
export function morningAfter(instant: string, days: number, timeZone: string): string {
  const [date = ''] = localValue(instant, timeZone).split('T')
  const day = new Date(`${date}T09:00:00Z`)
  day.setUTCDate(day.getUTCDate() + days)
  return day.toISOString().slice(0, 16)
}
