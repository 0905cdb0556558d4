import { describe, expect, it } from 'vitest'
import { returnAddress } from './sign-in-again.ts'

const origin = 'https://baton.example'

function leadsTo(to: string): string {
  return returnAddress(`?to=${encodeURIComponent(to)}`, origin)
}

describe('after signing in', () => {
  it('one comes back to the screen that was left, with its filters', () => {
    expect(leadsTo('/c/acme/numbers?state=parked&q=a%2Fb')).toBe('/c/acme/numbers?state=parked&q=a%2Fb')
  })

  it('one begins at the start where nothing was left', () => {
    expect(returnAddress('', origin)).toBe('/')
    expect(leadsTo('c/acme')).toBe('/')
  })

  it.each([
    'https://evil.example/c/acme',
    '//evil.example/c/acme',
    '/\\evil.example',
    '/\t/evil.example',
    '/.//evil.example/c/acme',
    '/c/..//evil.example',
    '/%2e//evil.example',
    'javascript:alert(1)',
  ])('nobody is led away from Baton by %j', (to) => {
    const address = leadsTo(to)
    expect(new URL(address, origin).origin).toBe(origin)
    expect(address).toBe('/')
  })
})
