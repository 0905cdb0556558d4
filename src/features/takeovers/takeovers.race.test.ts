import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  accountState,
  accountsWith,
  confirmLosses,
  joined,
  linkedNumber,
  linkTo,
  ownPhone,
  provePhone,
} from '../../../test/builders/takeovers.ts'
import { bodyOf, createCompany, type TestCompany } from '../../../test/builders.ts'
import { codeTo } from '../../../test/messages.ts'
import { type Answer, openWorld, type World } from '../../../test/world.ts'

const racers = 64
const manyMinutes = 10 * 60_000

let world: World
let company: TestCompany
beforeAll(async () => {
  world = await openWorld()
  const policies = { cooldownMinutes: 0, moveLimitPerDay: null }
  company = await createCompany(world, { tier: 'max', policies })
})
afterAll(() => world.close())

let lines = 0
function privatePhone(): string {
  lines += 1
  return `+49160${String(30_000_000 + lines)}`
}

function statusesOf(answers: readonly Answer[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { status, body } of answers) {
    const word = status === 200 ? body.outcome : body.code
    counts[word] = (counts[word] ?? 0) + 1
  }
  return counts
}

async function scene() {
  const former = await joined(world, company)
  const holder = await joined(world, company)
  const number = await linkedNumber(world, company, { former, holder })
  return { former, holder, number, client: await holder.signIn() }
}

describe('ACC-5 races', () => {
  it(
    `${racers} redemptions of one code at once: one wins, and no try beyond the fifth is looked at`,
    async () => {
      const anna = await joined(world, company)
      const phone = privatePhone()
      const { changeId } = bodyOf(await anna.client.post('/v1/account/change-mobile', { phone }), 201)
      const code = await codeTo(world, phone)
      const path = `/v1/account/change-mobile/${changeId}/verify`
      const answers = await Promise.all(
        Array.from({ length: racers }, () => anna.client.post(path, { code })),
      )
      expect(statusesOf(answers)).toEqual({ bound: 1, 'code.wrong': racers - 1 })
      expect(await accountsWith(world, phone)).toEqual([anna.accountId])
    },
    manyMinutes,
  )

  it(
    `${racers} confirmations at once: the number moves once`,
    async () => {
      const { holder, number, client } = await scene()
      const shown = bodyOf(await provePhone(world, client, { phone: number.e164 }), 200)
      const answers = await Promise.all(Array.from({ length: racers }, () => confirmLosses(client, shown)))
      expect(statusesOf(answers)).toEqual({ bound: 1, 'takeover.not_open': racers - 1 })
      expect(await accountsWith(world, number.e164)).toEqual([holder.accountId])
    },
    manyMinutes,
  )

  it(
    'a confirmation against a reassignment: who gets the number in the ledger is who could have it, never another',
    async () => {
      for (let round = 0; round < 12; round++) {
        const { former, holder, number, client } = await scene()
        const third = await joined(world, company)
        const shown = bodyOf(await provePhone(world, client, { phone: number.e164 }), 200)
        const order = { toMemberId: third.memberId }
        const [confirmed] = await Promise.all([
          confirmLosses(client, shown),
          company.owner.post(`/v1/numbers/${number.numberId}/reassign`, order),
        ])
        const holders = await accountsWith(world, number.e164)
        if (confirmed.status === 200) expect(holders).toEqual([holder.accountId])
        else {
          expect(confirmed.body.code).toBe('takeover.not_assigned')
          expect(holders).toEqual([former.accountId])
        }
      }
    },
    manyMinutes,
  )

  it(
    'two people who prove the same free phone at once: one has it, the other waits for them',
    async () => {
      for (let round = 0; round < 8; round++) {
        const phone = privatePhone()
        const people = [await joined(world, company), await joined(world, company)]
        const codes: { changeId: string; code: string }[] = []
        for (const { client } of people) {
          const { changeId } = bodyOf(await client.post('/v1/account/change-mobile', { phone }), 201)
          codes.push({ changeId, code: await codeTo(world, phone) })
        }
        const answers = await Promise.all(
          people.map(({ client }, index) =>
            client.post(`/v1/account/change-mobile/${codes[index]?.changeId}/verify`, {
              code: codes[index]?.code,
            }),
          ),
        )
        expect(statusesOf(answers)).toEqual({ bound: 1, waiting: 1 })
        expect(await accountsWith(world, phone)).toHaveLength(1)
      }
    },
    manyMinutes,
  )

  it(
    'two people who wait for each other’s phones get them at the same moment, in whatever order',
    async () => {
      for (let round = 0; round < 6; round++) {
        const [anna, bela] = [await joined(world, company), await joined(world, company)]
        const [hers, his] = [privatePhone(), privatePhone()]
        await ownPhone(world, anna, hers)
        await ownPhone(world, bela, his)
        bodyOf(await provePhone(world, anna.client, { phone: his }), 200)
        bodyOf(await provePhone(world, bela.client, { phone: hers }), 200)
        world.clock.advance({ days: 3, minutes: 1 })
        const task = world.app.dueTasks.find(({ name }) => name === 'takeovers.due')
        await Promise.all(Array.from({ length: 4 }, () => task?.run()))
        expect(await accountsWith(world, his)).toEqual([anna.accountId])
        expect(await accountsWith(world, hers)).toEqual([bela.accountId])
        for (const { accountId } of [anna, bela]) {
          expect(await accountState(world, accountId)).toMatchObject({
            state: 'active',
            kinds: ['email', 'phone'],
          })
        }
      }
    },
    manyMinutes,
  )

  it(
    'an objection against the end of the wait: it is stopped or done, and says which',
    async () => {
      for (let round = 0; round < 8; round++) {
        const [former, taker] = [await joined(world, company), await joined(world, company)]
        const phone = privatePhone()
        await ownPhone(world, former, phone)
        bodyOf(await provePhone(world, taker.client, { phone }), 200)
        await world.runDueWork()
        const token = linkTo(world, former.email)
        world.clock.advance({ days: 3, minutes: 1 })
        const task = world.app.dueTasks.find(({ name }) => name === 'takeovers.due')
        const [objected] = await Promise.all([
          world.anonymous.post('/v1/takeover-vetoes', { token }),
          task?.run(),
        ])
        const has = objected.status === 200 ? former : taker
        expect([200, 410]).toContain(objected.status)
        expect(await accountsWith(world, phone)).toEqual([has.accountId])
      }
    },
    manyMinutes,
  )
})
