import { afterAll, beforeAll, expect, it } from 'vitest'
import { sipProxy } from '../../../test/builders/installation.ts'
import { heldNumber, hire } from '../../../test/builders/numbers.ts'
import { bodyOf, createCompany, type TestCompany } from '../../../test/builders.ts'
import { type Client, openWorld, type World } from '../../../test/world.ts'

const moves = 200

let world: World
let company: TestCompany
beforeAll(async () => {
  world = await openWorld()
  company = await createCompany(world, { policies: { cooldownMinutes: 0, moveLimitPerDay: null } })
})
afterAll(() => world.close())

it(`NUM-6 two readers see a number pass to and fro ${moves} times: each answer is the holder before or after`, async () => {
  const holders = [
    await hire(company, 'Anna', { destination: 'sip:anna@pbx.example.com' }),
    await hire(company, 'Béla', { destination: 'sip:bela@pbx.example.com' }),
  ]
  const targets = ['sip:anna@pbx.example.com', 'sip:bela@pbx.example.com']
  const { numberId, e164 } = await heldNumber(company, holders[0] ?? '')
  const proxy = await sipProxy(world)
  const { version: first } = bodyOf(await proxy.get(`/v1/routes/${e164}`), 200)
  const done = { asked: 0, answered: 0 }

  /** Asks without pause; an answer shows the move it has seen by its version. */
  async function readOn(reader: Client): Promise<{ answers: number; under: number }> {
    const seen = { answers: 0, under: 0 }
    while (done.answered < moves) {
      const least = done.answered
      const answer = await reader.get(`/v1/routes/${e164}`)
      const most = done.asked
      expect(answer.status).toBe(200)
      const count: number = answer.body.version - first
      expect(count).toBeGreaterThanOrEqual(least)
      expect(count).toBeLessThanOrEqual(most)
      expect(answer.body.holder.memberId).toBe(holders[count % 2])
      expect(answer.body.rings).toEqual({ kind: 'sip', target: targets[count % 2] })
      seen.answers += 1
      if (most > least) seen.under += 1
    }
    return seen
  }

  async function passOn(): Promise<void> {
    for (let move = 1; move <= moves; move++) {
      done.asked = move
      const order = { toMemberId: holders[move % 2] }
      bodyOf(await company.owner.post(`/v1/numbers/${numberId}/reassign`, order), 200)
      done.answered = move
    }
  }

  const [, ...readers] = await Promise.all([passOn(), readOn(company.owner), readOn(proxy)])
  for (const { answers, under } of readers) {
    expect(answers).toBeGreaterThan(moves / 2)
    expect(under).toBeGreaterThan(moves / 10)
  }
}, 120_000)
