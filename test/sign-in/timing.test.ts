import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCompany } from '../builders.ts'
import { openWorld, type World } from '../world.ts'
import { compare, type Probe, plantAddresses, timesOf } from './timing.ts'

let world: World
let addresses: { known: string[]; unknown: string[] }
beforeAll(async () => {
  world = await openWorld()
  await createCompany(world, { ownerEmail: 'olivia@timing.example', password: 'seven green lamps 41' })
  addresses = await plantAddresses(world, 60)
})
afterAll(() => world.close())

// Wide enough for a busy machine; the long test holds the figures that count.
describe('the time of an answer does not tell whether an address has an account', () => {
  it.each<[string, Probe]>([
    ['beginning to sign in', (value) => ({ url: '/v1/sign-in', payload: { by: 'email', value } })],
    ['a forgotten password', (email) => ({ url: '/v1/password/forgot', payload: { email } })],
  ])('%s', async (_, probe) => {
    await timesOf(world, { pairs: 30, probe, ...addresses })
    const { medianDifferenceMs, auc } = compare(await timesOf(world, { pairs: 180, probe, ...addresses }))
    expect(medianDifferenceMs).toBeLessThanOrEqual(2)
    expect(auc).toBeGreaterThan(0.38)
    expect(auc).toBeLessThan(0.62)
  })
})
