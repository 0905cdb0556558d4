import { describe, expect, it } from 'vitest'
import { hashPassword, verifyPassword } from './password.ts'

describe('a password', () => {
  it('is kept as argon2id with 19 MiB and two passes, and never twice alike', async () => {
    const [one, two] = [await hashPassword('seven green lamps'), await hashPassword('seven green lamps')]
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(one).not.toBe(two)
  })

  it('fits its hash only', async () => {
    const stored = await hashPassword('seven green lamps')
    expect(await verifyPassword(stored, 'seven green lamps')).toBe(true)
    expect(await verifyPassword(stored, 'seven green lampS')).toBe(false)
    expect(await verifyPassword(null, 'seven green lamps')).toBe(false)
  })

  it('is the same however its accents were typed', async () => {
    const stored = await hashPassword('caf\u00e9 au lait 12')
    expect(await verifyPassword(stored, 'cafe\u0301 au lait 12')).toBe(true)
  })

  it('costs as much to check where there is none', async () => {
    const stored = await hashPassword('seven green lamps')
    const known: number[] = []
    const unknown: number[] = []
    for (let round = 0; round < 15; round++) {
      known.push(await millisecondsOf(() => verifyPassword(stored, 'wrong')))
      unknown.push(await millisecondsOf(() => verifyPassword(null, 'wrong')))
    }
    // The least of many, because whatever else the machine does only adds.
    const ratio = Math.min(...unknown) / Math.min(...known)
    expect(ratio).toBeGreaterThan(1 / 3)
    expect(ratio).toBeLessThan(3)
  })
})

async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}
