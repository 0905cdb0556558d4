import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { paths } from '../../console/paths.ts'
import { AccountPeople, askAs, type CompanyNumber, type Employee } from './account-people.ts'
import { expectSound, type Person, serveBaton } from './browser.ts'
import { codeIn, linkIn } from './outbox.ts'

const baton = serveBaton({ BATON_OUTBOX: 'on' })
const journeyMs = 180_000
const messageMs = 15_000

let people: AccountPeople
beforeAll(async () => {
  people = new AccountPeople(baton, await baton.setUp())
  await people.ask('PATCH', '/v1/company', { policies: { cooldownMinutes: 0, countryChecks: {} } })
})

/** Somebody at a window that was left open binds an address of their own; the link that tells the person of it. */
async function bindAsThief(person: Person, address: string): Promise<string> {
  const thief = await people.windowOf({ ...person, memberId: '', name: '' })
  const wanted = { kind: 'email', value: address }
  const begun = await askAs(thief, { method: 'POST', path: '/v1/account/identifiers', body: wanted })
  const code = codeIn(await people.newest(address))
  const path = `/v1/account/identifiers/${begun.challengeId}/verify`
  await askAs(thief, { method: 'POST', path, body: { code } })
  // Setting the first password was told as well, with a link of its own.
  const masked = `${address[0]}***`
  await expect.poll(() => people.newest(person.email), { timeout: messageMs }).toContain(masked)
  return linkIn(await people.newest(person.email))
}

/** Objects by the link on a phone, then comes in by what was there before: a code, since the password waits as well. */
async function objectAndSignIn(page: Page, link: string, email: string): Promise<void> {
  await page.goto(link)
  await page.getByText('Your password stops working, too').waitFor()
  await page.getByRole('button', { name: 'Object: it was not me' }).click()
  await page.getByRole('heading', { name: 'The change is frozen' }).waitFor()
  await page.getByText('Now sign in by a code or a passkey').waitFor()
  await expectSound(page)
  await page.goto(`/sign-in?to=${encodeURIComponent(paths.account())}`)
  await page.getByLabel('Phone or e-mail address').fill(email)
  await page.getByRole('button', { name: 'Send me a code' }).click()
  await page.getByLabel('6-digit code').fill(await people.newestCode(email))
  await page.getByText('Somebody objected to a change of your account').waitFor()
}

describe('ACC-9 a change that was objected to', () => {
  it(
    'is undone by who comes in by something older, and told among the changes and in the history',
    async () => {
      await people.openOutbox()
      const person = await people.hire('Una Undo')
      const link = await bindAsThief(person, 'undo.thief@example.com')
      const page = await baton.newPage({ width: 360 })
      await objectAndSignIn(page, link, person.email)
      await page.getByText('Until you decide, nothing of this can be used').waitFor()
      await page.getByText('Frozen by an objection').waitFor()
      await expectSound(page)

      await page.getByRole('link', { name: 'Open the changes' }).click()
      await page.getByRole('heading', { name: 'Changes and history', level: 1 }).waitFor()
      const lately = page.getByRole('region', { name: 'What changed' })
      await lately.getByText(/Somebody objected on .* It waits for a decision, above/).waitFor()
      await expectSound(page)
      await page.getByRole('button', { name: 'It was not me: undo it' }).click()
      await page.getByText('Nothing is under way.').waitFor()
      await lately.getByText(/Objected to, and undone on/).waitFor()
      const before = page.getByRole('region', { name: 'What was bound before' })
      await before.getByText('undo.thief@example.com').waitFor()
      await before.getByText(/proven by a code; ended .* It went when an objection was decided/).waitFor()
      await expectSound(page)
      await page.goto(paths.account())
      await page.getByRole('button', { name: `Unbind ${person.email}` }).waitFor()
      expect(await page.getByRole('button', { name: 'Unbind undo.thief@example.com' }).count()).toBe(0)
    },
    journeyMs,
  )

  it(
    'is kept by who made it, in Chinese and in the dark',
    async () => {
      await people.openOutbox()
      const person = await people.hire('柯宝留')
      const link = await bindAsThief(person, 'keep.own@example.com')
      const first = await baton.newPage()
      await objectAndSignIn(first, link, person.email)
      const storage = await first.context().storageState()
      const page = await baton.newPage({ language: 'zh-CN', colorScheme: 'dark', width: 360, storage })
      await page.goto(paths.accountChanges())
      await page.getByRole('heading', { name: '更改与历史', level: 1 }).waitFor()
      await page.getByText('有人对您账号的更改提出了异议').waitFor()
      await expectSound(page)
      await page.getByRole('button', { name: '是我：保留' }).click()
      await page.getByText('目前没有进行中的更改。').waitFor()
      await page.getByText(/曾被提出异议，已于 .* 决定保留/).waitFor()
      await page.getByText('此账号尚未解绑过任何方式。').waitFor()
      await expectSound(page)
      await page.goto(paths.account())
      await page.getByRole('button', { name: '解绑 keep.own@example.com' }).waitFor()
      expect(await page.getByText('因异议已冻结').count()).toBe(0)
    },
    journeyMs,
  )
})

/** Proves a phone that another account has, as far as it goes without that account. */
async function claim(page: Page, phone: string) {
  const path = '/v1/account/change-mobile'
  const { changeId } = await askAs(page, { method: 'POST', path, body: { phone } })
  const code = await people.newestCode(phone)
  return askAs(page, { method: 'POST', path: `${path}/${changeId}/verify`, body: { code } })
}

describe('ACC-6 a recycled number', () => {
  it(
    'is shown to both sides with its date, and stays when its person objects by the link of the message',
    async () => {
      await people.openOutbox()
      const phone = '+8613911117777'
      const written = '+86 139 1111 7777'
      const earlier = await people.hire('Vera Veto')
      const earliers = await people.windowOf(earlier, { width: 360 })
      await people.bindPhone(earliers, phone)
      const later = await people.hire('Laura Later')
      const laters = await people.windowOf(later, { width: 320 })
      expect(await claim(laters, phone)).toMatchObject({ outcome: 'waiting' })

      await laters.goto(paths.accountChanges())
      await laters.getByText(new RegExp(`^\\${written} comes to your account on`)).waitFor()
      await expectSound(laters)
      await earliers.goto(paths.accountChanges())
      await earliers.getByText(new RegExp(`^\\${written} leaves your account on`)).waitFor()
      await earliers.getByRole('button', { name: 'Object: the phone is mine' }).waitFor()
      await expectSound(earliers)

      await expect.poll(() => people.newest(earlier.email), { timeout: messageMs }).toMatch(/\/takeover#/)
      const link = linkIn(await people.newest(earlier.email))
      const page = await baton.newPage({ width: 360 })
      await page.goto(link)
      await page.getByRole('heading', { name: 'Object to losing your phone number?' }).waitFor()
      await page.getByRole('button', { name: 'Object', exact: true }).click()
      await page.getByRole('heading', { name: 'The number stays with you' }).waitFor()
      await expectSound(page)

      await earliers.reload()
      await earliers.getByText('Nothing is under way.').waitFor()
      await laters.reload()
      await laters.getByText('Nothing is under way.').waitFor()
      await earliers.goto(paths.account())
      await earliers.getByRole('button', { name: `Unbind ${written}` }).waitFor()
    },
    journeyMs,
  )
})

/** A company's number that its new holder took out of the account of somebody who has left. */
async function takenOver(former: Employee, successor: Employee): Promise<CompanyNumber> {
  const number = await people.addNumber(former)
  await people.bindPhone(await people.windowOf(former), number.e164)
  await people.passOn(number, former, successor)
  const page = await people.windowOf(successor)
  const { outcome, changeId, lossesHash } = await claim(page, number.e164)
  expect(outcome).toBe('confirm')
  const path = `/v1/account/change-mobile/${changeId}/confirm`
  await askAs(page, { method: 'POST', path, body: { losses: lossesHash } })
  return number
}

describe('ACC-5 a takeover that its former person disputes', () => {
  it(
    'stands; the Admins are told where they look, and the ledger keeps it',
    async () => {
      const owners = await people.openOutbox()
      const former = await people.hire('Dora Dispute')
      const successor = await people.hire('Sam Successor')
      const number = await takenOver(former, successor)
      await expect.poll(() => people.newest(former.email), { timeout: messageMs }).toMatch(/\/takeover#/)
      const page = await baton.newPage({ width: 360 })
      await page.goto(linkIn(await people.newest(former.email)))
      await page.getByRole('button', { name: 'Object', exact: true }).click()
      await page.getByRole('heading', { name: 'The company looks into it' }).waitFor()
      await expectSound(page)

      await owners.goto(paths.me(people.slug))
      await owners
        .getByText(`Dora Dispute disputes that ${number.written} has left their earlier account`)
        .click()
      await owners.waitForURL(`**${paths.number(people.slug, number.numberId)}*`)
      await owners.getByRole('tab', { name: 'Audit' }).click()
      await owners.getByText('Former user disputes a takeover').first().waitFor()
      const formers = await people.windowOf(former)
      await formers.goto(paths.accountChanges())
      const before = formers.getByRole('region', { name: 'What was bound before' })
      await before.getByText(number.written).waitFor()
      await before.getByText(/its new holder took it over/).waitFor()
    },
    journeyMs,
  )
})
