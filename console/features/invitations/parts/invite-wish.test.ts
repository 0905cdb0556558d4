import { describe, expect, it } from 'vitest'
import { addressOf, likeliestWay, type Wish } from './invite-wish.ts'

const anna = { memberId: 'anna', name: 'Anna', email: 'anna@example.com', mobile: '+8613800138000' }
const all = { email: true, phone: true }

describe('the way that is offered first', () => {
  it.each([
    ['e-mail where the person has one', anna, all, 'email'],
    ['the phone where there is only that', { ...anna, email: null }, all, 'phone'],
    ['the phone where no e-mail is sent', anna, { email: false, phone: true }, 'phone'],
    ['e-mail, to be typed, where nothing is known', { ...anna, email: null, mobile: null }, all, 'email'],
    ['a link where nothing is sent', anna, { email: false, phone: false }, 'link'],
  ] as const)('is %s', (_why, person, ways, expected) => {
    expect(likeliestWay(person, ways)).toBe(expected)
  })
})

describe('where an invitation goes', () => {
  const wish: Wish = { way: 'email', email: 'a@example.com', phone: '138 0013 8000', language: 'en' }

  it('is the address of the way that was chosen, and none for a link', () => {
    expect(addressOf(wish)).toEqual({ kind: 'email', value: 'a@example.com' })
    expect(addressOf({ ...wish, way: 'phone' })).toEqual({ kind: 'phone', value: '138 0013 8000' })
    expect(addressOf({ ...wish, way: 'link' })).toBeNull()
  })
})
