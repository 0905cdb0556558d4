import { describe, expect, it } from 'vitest'
import { bodyOf, noAnswers, solutionOf } from './answers.ts'

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
  })

  it('lead to solution 2 in all other cases', () => {
    for (const answers of [{ ...willing, agrees: false }, { ...willing, available: 'no' } as const]) {
      expect(solutionOf(answers)).toBe('take_over')
      expect(bodyOf(answers)?.consent).toBeNull()
    }
  })
})
