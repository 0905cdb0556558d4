import { describe, expect, it } from 'vitest'
import { likeScreen } from './like-screen.ts'

const there = { slug: 'other', role: 'owner' } as const

describe('whoever switches the company', () => {
  it.each([
    ['/c/acme/people', '/c/other/people'],
    ['/c/acme/numbers/0198-0001', '/c/other/numbers'],
    ['/c/acme/settings/', '/c/other/settings'],
    ['/c/acme', '/c/other'],
    ['/c/acme/nowhere', '/c/other'],
    ['/c/acme/membership', '/c/other'],
  ])('goes from %s to %s', (from, to) => {
    expect(likeScreen(from, 'acme', there)).toBe(to)
  })

  it('begins at home where the role there does not open the screen', () => {
    expect(likeScreen('/c/acme/settings', 'acme', { slug: 'other', role: 'member' })).toBe('/c/other')
    expect(likeScreen('/c/acme/mine', 'acme', { slug: 'other', role: 'member' })).toBe('/c/other/mine')
  })
})
