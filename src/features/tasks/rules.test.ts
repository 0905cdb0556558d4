import { describe, expect, it } from 'vitest'
import { type CompanyCaller, systemCaller } from '../../kernel/caller.ts'
import { Refusal } from '../../kernel/refusal.ts'
import {
  companyOfLink,
  decideClaim,
  decideDue,
  decideEvidenceType,
  decideObserve,
  mayDo,
  mustTake,
  nextReminder,
} from './rules.ts'
import { isOpen, stateAfter, taskStates, taskSteps } from './states.ts'

const now = '2026-03-01T09:00:00.000000Z'
const due = '2026-03-10T09:00:00.000000Z'

function codeOf(work: () => unknown): string {
  try {
    work()
    return 'allowed'
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

function member(memberId: string, role: CompanyCaller['role']): CompanyCaller {
  return { ...systemCaller('c', 'x'), kind: 'member', id: memberId, memberId, role }
}

describe('the states of a task', () => {
  it('are all reached from planned, and every one but the last two leads somewhere', () => {
    const reached = new Set<string>(['planned'])
    for (const _ of taskStates) {
      for (const { from, to } of Object.values(taskSteps)) {
        if (from.some((state) => reached.has(state))) reached.add(to)
      }
    }
    expect([...reached].sort()).toEqual([...taskStates].sort())
    const leaving = (state: (typeof taskStates)[number]) =>
      Object.keys(taskSteps).filter((step) => stateAfter(state, step as keyof typeof taskSteps) !== null)
    expect(leaving('planned')).toEqual(['claim', 'observe', 'cancel'])
    expect(leaving('claimed')).toEqual(['observe', 'reopen', 'cancel'])
    expect(leaving('observed')).toEqual([])
    expect(leaving('cancelled')).toEqual([])
    expect(taskStates.filter(isOpen)).toEqual(['planned', 'claimed'])
  })

  it('WRK-3 refuse what does not lead on', () => {
    expect(codeOf(() => mustTake('claim', 'claimed'))).toBe('task.not_in_state')
    expect(mustTake('reopen', 'claimed')).toBe('planned')
  })
})

describe('a claim', () => {
  const plain = { state: 'planned', needsConsent: false, consent: false, note: 'Done', files: 0 } as const
  it.each([
    ['with a note', {}, 'allowed'],
    ['with a file alone', { note: null, files: 1 }, 'allowed'],
    ['with nothing that shows it', { note: null }, 'task.evidence_missing'],
    ['without the consent that it takes', { needsConsent: true }, 'task.consent_missing'],
    ['with that consent', { needsConsent: true, consent: true }, 'allowed'],
    ['of what is claimed already', { state: 'claimed' as const }, 'task.not_in_state'],
  ])('WRK-3 %s', (_, change, outcome) => {
    expect(codeOf(() => decideClaim({ ...plain, ...change }))).toBe(outcome)
  })

  it('is for whoever is to do it, and for Owner and Admin', () => {
    const task = { forMemberId: 'anna', forName: null }
    expect(mayDo(member('anna', 'member'), task)).toBe(true)
    expect(mayDo(member('bela', 'member'), task)).toBe(false)
    expect(mayDo(member('bela', 'lead'), task)).toBe(false)
    expect(mayDo(member('bela', 'admin'), task)).toBe(true)
    expect(mayDo(member('bela', 'member'), { forMemberId: null, forName: 'Carl' })).toBe(false)
    expect(mayDo({ kind: 'anonymous', id: 'anonymous' }, task)).toBe(false)
  })
})

describe('an observation', () => {
  const plain = {
    state: 'claimed',
    how: 'read_back',
    note: null,
    hasEvidence: true,
    doer: 'anna',
    observer: member('olivia', 'owner'),
    others: ['Ada'],
  } as const
  it.each([
    ['of a claim, having looked it up', {}, 'second'],
    ['of what nobody claimed', { state: 'planned' as const }, 'second'],
    ['by the evidence', { how: 'evidence' as const }, 'second'],
    [
      'by evidence that is not there',
      { how: 'evidence' as const, hasEvidence: false },
      'task.evidence_missing',
    ],
    ['vouched for without a word', { how: 'attested' as const }, 'task.evidence_missing'],
    ['vouched for with a note', { how: 'attested' as const, note: 'I saw it' }, 'second'],
    ['of what one did oneself', { doer: 'olivia' }, 'task.own_claim'],
    ['of what one did oneself, being the only Admin', { doer: 'olivia', others: [] }, 'alone'],
    ['of what is cancelled', { state: 'cancelled' as const }, 'task.not_in_state'],
  ])('WRK-3 %s', (_, change, outcome) => {
    const facts = { ...plain, ...change }
    const code = codeOf(() => decideObserve(facts))
    expect(code === 'allowed' ? decideObserve(facts) : code).toBe(outcome)
  })

  it('names at most five who could see it instead', () => {
    const others = ['A', 'B', 'C', 'D', 'E', 'F', 'G']
    const refused = () => decideObserve({ ...plain, doer: 'olivia', others })
    expect(refused).toThrow(Refusal)
    try {
      refused()
    } catch (error) {
      expect(error).toMatchObject({ values: { others: 'A, B, C, D, E +2' } })
    }
  })
})

describe('reminders', () => {
  it('come a day before, at the due date, and every second day after it five times', () => {
    const all: string[] = []
    for (let at = nextReminder(due, now); at !== null; at = nextReminder(due, at)) all.push(at.slice(5, 13))
    expect(all).toEqual(['03-09T09', '03-10T09', '03-12T09', '03-14T09', '03-16T09', '03-18T09', '03-20T09'])
  })

  it('that were missed together come once', () => {
    expect(nextReminder(due, '2026-03-13T00:00:00.000000Z')?.slice(5, 10)).toBe('03-14')
    expect(nextReminder(due, '2026-04-01T00:00:00.000000Z')).toBeNull()
  })
})

describe('a due date', () => {
  it('is a week from now unless said otherwise, and never past', () => {
    expect(decideDue(null, now)).toBe('2026-03-08T09:00:00.000000Z')
    expect(decideDue(due, now)).toBe(due)
    expect(codeOf(() => decideDue(now, now))).toBe('task.due_past')
  })
})

describe('evidence and links', () => {
  it('takes pictures and PDF, by their bytes', () => {
    expect(decideEvidenceType('image/png')).toBe('image/png')
    for (const type of ['image/svg+xml', 'text/html', 'application/zip', null]) {
      expect(codeOf(() => decideEvidenceType(type))).toBe('evidence.type_not_allowed')
    }
  })

  it('finds the company in a token, and nothing in anything else', () => {
    const secret = 'x'.repeat(43)
    expect(companyOfLink(`baton_0190a0000000700080000000000000ab_${secret}`)).toBe(
      '0190a000-0000-7000-8000-0000000000ab',
    )
    for (const text of [
      '',
      'baton',
      `baton_0190a000_${secret}`,
      `task_0190a0000000700080000000000000ab_${secret}`,
    ]) {
      expect(companyOfLink(text)).toBeNull()
    }
  })
})
