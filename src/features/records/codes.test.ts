import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { heldNumber, hire } from '../../../test/builders/numbers.ts'
import { putRecord } from '../../../test/builders/records.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { type Answer, type Client, openWorld, type World } from '../../../test/world.ts'

const code = '482913'
const text = `【微信】验证码：${code}，请勿告诉他人。`
const masked = '【微信】验证码：******，请勿告诉他人。'
const because = 'reason=complaint%2012'

let world: World
let company: TestCompany
let anna: string
let bela: string
let hers: Client
let his: Client
let numberId: string

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  company = await createCompany(world, { policies: { cooldownMinutes: 0 } })
  anna = await hire(company, 'Anna Alt')
  bela = await hire(company, 'Béla Bauer')
  hers = await tokenFor(world, company, anna)
  his = await tokenFor(world, company, bela)
  ;({ numberId } = await heldNumber(company, anna))
  world.clock.advance({ hours: 1 })
  await put(text)
})

function put(words: string): Promise<string> {
  return putRecord(
    world,
    { company, numberId },
    { at: world.clock.now(), text: words, otherParty: '10690000' },
  )
}

async function passOn(): Promise<void> {
  world.clock.advance({ hours: 1 })
  bodyOf(await company.owner.post(`/v1/numbers/${numberId}/reassign`, { toMemberId: bela }), 200)
  world.clock.advance({ minutes: 1 })
}

async function seen(client: Client, query = ''): Promise<Answer['body'][]> {
  return bodyOf(await client.get(`/v1/numbers/${numberId}/records?${query}`), 200).items
}

describe('ACC-12: a sign-in code among the records of a number', () => {
  it('is seen by who held the number when it came in, and masked for the Owner with a reason', async () => {
    expect(await seen(hers)).toMatchObject([{ text, codeMasked: false }])
    expect(await seen(company.owner, because)).toMatchObject([{ text: masked, codeMasked: true }])
    const [{ recordId }] = await seen(hers)
    expect(bodyOf(await company.owner.get(`/v1/records/${recordId}?${because}`), 200).text).toBe(masked)
    expect(bodyOf(await company.operator.get(`/v1/records/${recordId}?${because}`), 200).text).toBe(masked)
    expect(bodyOf(await hers.get(`/v1/records/${recordId}`), 200).text).toBe(text)
    expect(bodyOf(await company.owner.get(`/v1/records?${because}`), 200).items).toMatchObject([
      { text: masked },
    ])
  })

  it('stays masked for the next holder, who sees the codes that come in from then on', async () => {
    await passOn()
    await put('Your code is 7311')
    expect(await seen(his)).toMatchObject([{ text: 'Your code is 7311' }, { text: masked }])
    expect(await seen(company.owner, because)).toMatchObject([
      { text: 'Your code is ****' },
      { text: masked },
    ])
  })

  it('cannot be found out by a search for its digits, not by its parts either', async () => {
    await put(`The invoice ${code} is paid`)
    for (const search of [code, code.slice(0, 3), '4', `${code.slice(0, 3)} 验证码`, '４８２']) {
      const found = await seen(company.owner, `search=${encodeURIComponent(search)}&${because}`)
      expect(
        found.map((record) => record.text).filter((words) => words !== `The invoice ${code} is paid`),
      ).toEqual([])
    }
    expect(await seen(company.owner, `search=${code}&${because}`)).toMatchObject([
      { text: `The invoice ${code} is paid`, codeMasked: false },
    ])
    expect(await seen(company.owner, `search=${encodeURIComponent('验证码')}&${because}`)).toMatchObject([
      { text: masked },
    ])
    expect(await seen(hers, `search=${code}`)).toHaveLength(2)
    await passOn()
    expect(await seen(his, `search=${code}`)).toHaveLength(1)
  })

  it('and a link that opens as much are alike: seen by the holder then, found by nobody else', async () => {
    const secret = 'q3zB1xkQm7Vd0yPp_4fT2sWn8-JrL6aGcE9uHiK5oXw'
    const words = `Not you? Object here: https://baton.example/objection#${secret}`
    await put(words)
    const hidden = words.replace(secret, '*'.repeat(secret.length))
    const [newest] = await seen(company.owner, because)
    expect(newest).toMatchObject({ text: hidden, codeMasked: true })
    expect((await seen(hers))[0]).toMatchObject({ text: words, codeMasked: false })
    for (const search of [secret, secret.slice(0, 4), 'q3z', 'xkQ', '-JrL'])
      expect(await seen(company.owner, `search=${search}&${because}`)).toEqual([])
    expect(await seen(company.owner, `search=baton.example&${because}`)).toHaveLength(1)
    expect(await seen(hers, `search=${secret.slice(0, 6)}`)).toHaveLength(1)
    await passOn()
    expect((await seen(his))[0]).toMatchObject({ text: hidden })
    expect(await seen(his, 'search=q3zB')).toEqual([])
    expect(await seen(his, 'search=Object')).toHaveLength(1)
  })

  it('is masked in exported files, too, unless the reader held the number then', async () => {
    const path = `/v1/numbers/${numberId}/records/export?format=ndjson`
    const own = bodyOf(await hers.get(path), 200)
    expect(own).toContain(code)
    for (const format of ['csv', 'ndjson']) {
      const file = bodyOf(
        await company.owner.get(`/v1/numbers/${numberId}/records/export?format=${format}&${because}`),
        200,
      )
      expect(file).toContain('******')
      expect(file).not.toContain(code)
    }
  })

  it('is masked where nobody held the number', async () => {
    world.clock.advance({ hours: 1 })
    bodyOf(await company.owner.post(`/v1/numbers/${numberId}/park`), 200)
    world.clock.advance({ minutes: 1 })
    await put('OTP 99 88 77')
    expect(await seen(company.owner, because)).toMatchObject([{ text: 'OTP ** ** **' }, { text: masked }])
  })
})
