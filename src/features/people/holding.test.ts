import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { heldNumber, hire } from '../../../test/builders/numbers.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { type Client, openWorld, type World } from '../../../test/world.ts'

let world: World
let company: TestCompany
let anna: string

beforeAll(async () => {
  world = await openWorld()
  company = await createCompany(world)
  anna = await hire(company, 'Anna Alt')
  await hire(company, 'Bela')
  for (let held = 0; held < 3; held++) await heldNumber(company, anna)
})
afterAll(() => world.close())

async function heldBy(query = '', by: Client = company.owner): Promise<Record<string, number>> {
  const { items } = bodyOf(await by.get(`/v1/members?${query}`), 200)
  return Object.fromEntries(
    items.map((item: { name: string; numbersHeld: number }) => [item.name, item.numbersHeld]),
  )
}

describe('how many numbers a member holds', () => {
  it('is told in the list and on the page of the member', async () => {
    expect(await heldBy()).toEqual({ 'Anna Alt': 3, Bela: 0, 'Olivia Owner': 0 })
    expect(bodyOf(await company.owner.get(`/v1/members/${anna}`), 200).numbersHeld).toBe(3)
    expect(await heldBy('', await tokenFor(world, company, anna))).toEqual({ 'Anna Alt': 3 })
  })

  it('narrows the list to those who hold one, until they hold none', async () => {
    expect(await heldBy('holding=true')).toEqual({ 'Anna Alt': 3 })
    const { items } = bodyOf(await company.owner.get(`/v1/numbers?holderId=${anna}`), 200)
    for (const { numberId } of items) bodyOf(await company.owner.post(`/v1/numbers/${numberId}/park`), 200)
    expect(await heldBy('holding=true')).toEqual({})
    expect((await heldBy())['Anna Alt']).toBe(0)
  })
})
