import { describe, expect, it } from 'vitest'
import { bodyOf, localTime, noAnswers, solutionOf, whoStandsInTheWay } from './answers.ts'

const company = { ...noAnswers, owned: 'yes' } as const
const willing = { ...company, available: 'yes', agrees: true, by: ' Fiona ', at: '2026-01-02T10:00' } as const

describe('ACC-11 the questions of the chooser', () => {
  it('lead nowhere before they are answered', () => {
    for (const answers of [noAnswers, company]) {
      expect(solutionOf(answers)).toBeNull()
      expect(bodyOf(answers)).toBeNull()
    }
  })

  it('lead out of both solutions for a private number', () => {
    const answers = { ...willing, owned: 'no' } as const
    expect(solutionOf(answers)).toBe('private')
    expect(bodyOf(answers)).toBeNull()
  })

  it('lead to solution 1 only with a consent that says who and when', () => {
    expect(solutionOf(willing)).toBe('former_deletes')
    expect(bodyOf(willing)).toEqual({
      companyOwned: true,
      formerAvailable: true,
      consent: { by: 'Fiona', at: new Date('2026-01-02T10:00').toISOString(), how: 'in_person' },
    })
    expect(bodyOf({ ...willing, note: ' kept ' })?.consent).toMatchObject({ note: 'kept' })
    expect(bodyOf({ ...willing, by: ' ' })).toBeNull()
    expect(bodyOf({ ...willing, at: '' })).toBeNull()
    const now = new Date('2026-01-02T10:00:30Z')
    expect(bodyOf({ ...willing, at: localTime(now) })?.consent?.at).toBe('2026-01-02T10:00:00.000Z')
  })

  it('lead to solution 2 in all other cases', () => {
    for (const answers of [{ ...willing, agrees: false }, { ...willing, available: 'no' } as const]) {
      expect(solutionOf(answers)).toBe('take_over')
      expect(bodyOf(answers)?.consent).toBeNull()
    }
  })
})

describe('ACC-5 an account of somebody who works here', () => {
  const holder = { of: 'holder', memberId: 'nora' } as const
  const member = { of: 'member', memberId: 'li' } as const
  const former = { of: 'former_member', memberId: null } as const

  it('stands in the way, unless a former member has the number as well', () => {
    expect(whoStandsInTheWay([holder, member])).toBe('li')
    expect(whoStandsInTheWay([member, former])).toBeNull()
    expect(whoStandsInTheWay([holder])).toBeNull()
  })
})
