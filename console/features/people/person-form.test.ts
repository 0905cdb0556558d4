import { describe, expect, it } from 'vitest'
import { ApiProblem } from '../../api/problem.ts'
import { changeOf, fieldErrors, newForm, newMemberOf } from './person-form.ts'

const sales = { departmentId: 'sales', isLead: false }
const anna = { ...newForm(''), staffCode: 'A-1', name: 'Anna', mobile: '+4930111', departments: [sales] }

describe('a person as written down', () => {
  it('is sent without what was left empty', () => {
    expect(newMemberOf({ ...newForm('sales'), staffCode: ' A-1 ', name: 'Anna', alias: ' ' })).toEqual({
      staffCode: 'A-1',
      name: 'Anna',
      role: 'member',
      departments: [sales],
    })
  })

  it('changes by what differs only, and what is emptied is taken away', () => {
    expect(changeOf(anna, { ...anna, name: 'Anna ' })).toBeNull()
    expect(changeOf(anna, { ...anna, mobile: '', title: 'Buyer' })).toEqual({ mobile: null, title: 'Buyer' })
    expect(changeOf(anna, { ...anna, departments: [{ ...sales, isLead: true }] })).toEqual({
      departments: [{ ...sales, isLead: true }],
    })
  })

  it('takes departments in another order for the same', () => {
    const east = { departmentId: 'east', isLead: true }
    const both = { ...anna, departments: [sales, east] }
    expect(changeOf(both, { ...both, departments: [east, sales] })).toBeNull()
  })

  it('can be put back by the change the other way round', () => {
    const after = { ...anna, role: 'lead' as const, alias: '安娜', departments: [] }
    expect(changeOf(after, anna)).toEqual({ role: 'member', alias: null, departments: [sales] })
  })
})

describe('a refusal', () => {
  it('stands at the field that it is about', () => {
    const problem = new ApiProblem(
      { code: 'member.staff_code_taken', title: 'It belongs to Ben.', next: 'Choose another.' },
      409,
    )
    expect(fieldErrors(problem)).toEqual({ staffCode: 'It belongs to Ben. Choose another.' })
  })

  it('of several fields stands at each', () => {
    const errors = [
      { path: 'body/email', message: 'is no address' },
      { path: 'body/departments/0/isLead', message: 'is missing' },
      { path: 'query/limit', message: 'is too large' },
    ]
    expect(fieldErrors(new ApiProblem({ errors }, 400))).toEqual({
      email: 'is no address',
      departments: 'is missing',
    })
  })

  it('of the person as a whole stands at none', () => {
    expect(fieldErrors(new ApiProblem({ code: 'member.last_owner' }, 409))).toEqual({})
    expect(fieldErrors(null)).toEqual({})
  })
})
