import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { heldNumber, hire } from '../../../test/builders/numbers.ts'
import { createCompany, type TestCompany } from '../../../test/builders.ts'
import { openWorld, type World } from '../../../test/world.ts'

const rounds = 100
const racers = 64
const manyMinutes = 10 * 60_000

describe('racing moves', () => {
  let world: World
  let company: TestCompany
  beforeAll(async () => {
    world = await openWorld()
    company = await createCompany(world, {
      tier: 'max',
      policies: { cooldownMinutes: 0, moveLimitPerDay: null },
    })
  })
  afterAll(() => world.close())

  it(
    `NUM-1 NUM-9 ${rounds} rounds of ${racers} reassignments at once: exactly one wins each`,
    async () => {
      const members = await Promise.all(
        ['Anna', 'Béla', 'Cora', 'Dina', 'Emil'].map((name) => hire(company, name)),
      )
      let holder = members[0] ?? ''
      const { numberId } = await heldNumber(company, holder)
      for (let round = 0; round < rounds; round++) {
        const others = members.filter((member) => member !== holder)
        const answers = await Promise.all(
          Array.from({ length: racers }, (_, racer) =>
            company.owner.post(`/v1/numbers/${numberId}/reassign`, {
              toMemberId: others[racer % others.length],
              expectedHolderId: holder,
            }),
          ),
        )
        const won = answers.filter((answer) => answer.status === 200)
        const refused = answers.filter((answer) => answer.body.code === 'number.holder_changed')
        expect([won.length, refused.length]).toEqual([1, racers - 1])
        holder = won[0]?.body.number.holder.memberId
      }
      const { items } = (await company.owner.get(`/v1/numbers/${numberId}/custody`)).body
      expect(items.length).toBe(rounds + 2)
    },
    manyMinutes,
  )

  it('NUM-3 two numbers racing for the last place below the cap: one gets it', async () => {
    const small = await createCompany(world, { policies: { cooldownMinutes: 0 } })
    const [anna, bela] = [await hire(small, 'Anna'), await hire(small, 'Béla')]
    for (let count = 0; count < 4; count++) await heldNumber(small, bela)
    const numbers = await Promise.all(Array.from({ length: 5 }, () => heldNumber(small, anna)))
    const answers = await Promise.all(
      numbers.map(({ numberId }) =>
        small.owner.post(`/v1/numbers/${numberId}/reassign`, { toMemberId: bela }),
      ),
    )
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1)
    expect(answers.filter((answer) => answer.body.code === 'recipient.at_cap')).toHaveLength(4)
  })

  it('NUM-10 two numbers racing for the last licence: one gets it', async () => {
    const poor = await createCompany(world, { licences: 1 })
    const anna = await hire(poor, 'Anna')
    const added = await Promise.all(
      ['+4930811001', '+4930811002', '+4930811003'].map((number) =>
        poor.owner.post('/v1/numbers', { number }),
      ),
    )
    const answers = await Promise.all(
      added.map(({ body }) => poor.owner.post(`/v1/numbers/${body.numberId}/assign`, { toMemberId: anna })),
    )
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1)
    expect(answers.filter((answer) => answer.body.code === 'licences.none_free')).toHaveLength(2)
  })

  it('ALL-1 two companies adding the same number at once: one owns it', async () => {
    const both = await Promise.all([createCompany(world), createCompany(world)])
    const answers = await Promise.all(
      both.map((one) => one.owner.post('/v1/numbers', { number: '+4930822001' })),
    )
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409])
  })
})
