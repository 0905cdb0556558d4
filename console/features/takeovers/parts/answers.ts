import type { Answer } from '../../../api/client.ts'

const minuteMs = 60_000

/** How a consent was given. */
export const hows = ['in_person', 'phone', 'email', 'chat', 'paper'] as const
export type How = (typeof hows)[number]

/** What was answered so far; null for a question that is still open. */
export interface Answers {
  readonly owned: 'yes' | 'no' | null
  readonly available: 'yes' | 'no' | null
  readonly agrees: boolean
  readonly by: string
  /** Local time, as the field has it. */
  readonly at: string
  readonly how: How
  readonly note: string
}

export const noAnswers: Answers = {
  owned: null,
  available: null,
  agrees: false,
  by: '',
  at: '',
  how: 'in_person',
  note: '',
}

/** An instant in the local time that a field for it has, to the minute. */
export function localTime(at: Date): string {
  return new Date(at.getTime() - at.getTimezoneOffset() * minuteMs).toISOString().slice(0, 16)
}

type Binding = Answer<'listBindings'>['bindings'][number]

/** Whose account has a number that somebody else holds, where it is that of a member and of no former one. */
export function whoStandsInTheWay(bindings: readonly Pick<Binding, 'of' | 'memberId'>[]): string | null {
  if (bindings.some(({ of }) => of === 'former_member')) return null
  return bindings.find(({ of }) => of === 'member')?.memberId ?? null
}

/** Where the answers lead: to a solution of the manual, or out of both for a private number; null while one is missing. */
export function solutionOf({ owned, available, agrees }: Answers) {
  if (owned === 'no') return 'private'
  if (owned === null || available === null) return null
  return available === 'yes' && agrees ? 'former_deletes' : 'take_over'
}

/** The request that the answers make; null while something is missing, or where neither solution works. */
export function bodyOf(answers: Answers) {
  const solution = solutionOf(answers)
  if (solution === null || solution === 'private') return null
  const conditions = { companyOwned: true, formerAvailable: answers.available === 'yes' }
  if (solution === 'take_over') return { ...conditions, consent: null }
  const at = new Date(answers.at)
  const by = answers.by.trim()
  if (by === '' || Number.isNaN(at.getTime())) return null
  const note = answers.note.trim()
  return {
    ...conditions,
    consent: { by, at: at.toISOString(), how: answers.how, ...(note !== '' && { note }) },
  }
}
