import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { paths } from '../../console/paths.ts'
import { AccountPeople, askAs, type Employee } from './account-people.ts'
import { expectSound, type Person, serveBaton } from './browser.ts'
import { linkIn } from './outbox.ts'

const baton = serveBaton({ BATON_OUTBOX: 'on' })
const journeyMs = 180_000
const messageMs = 15_000

let people: AccountPeople
beforeAll(async () => {
  people = new AccountPeople(baton, await baton.setUp())
  await people.ask('PATCH', '/v1/company', { policies: { cooldownMinutes: 0, countryChecks: {} } })
})

async function enterPassword(page: Page, { email, password }: Person): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('Phone or e-mail address').fill(email)
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

async function expectInside(page: Page): Promise<void> {
  await page.waitForURL((url) => url.pathname.startsWith(`/c/${people.slug}`))
}

/** Somebody who left, whose last way in was a number of the company that its new holder has taken over. */
async function sealed(): Promise<Employee> {
  const former = await people.hire('Sela Sealed')
  const number = await people.addNumber(former)
  const formers = await people.windowOf(former)
  await people.bindPhone(formers, number.e164)
  const { identifiers } = await askAs(formers, { method: 'GET', path: '/v1/account' })
  const email = identifiers.find((one: { kind: string }) => one.kind === 'email')
  await askAs(formers, { method: 'DELETE', path: `/v1/account/identifiers/${email.identifierId}` })
  const successor = await people.hire('Susan Successor')
  await people.passOn(number, former, successor)
  const page = await people.windowOf(successor)
  const path = '/v1/account/change-mobile'
  const { changeId } = await askAs(page, { method: 'POST', path, body: { phone: number.e164 } })
  const code = await people.newestCode(number.e164)
  const seen = await askAs(page, { method: 'POST', path: `${path}/${changeId}/verify`, body: { code } })
  const body = { losses: seen.lossesHash }
  await askAs(page, { method: 'POST', path: `${path}/${changeId}/confirm`, body })
  return former
}

describe('ACC-5 an account that is sealed', () => {
  it(
    'comes back by an e-mail address that it once had and its password, on a phone',
    async () => {
      await people.openOutbox()
      const former = await sealed()
      const page = await baton.newPage({ width: 320 })
      await enterPassword(page, former)
      await page.getByText('E-mail address and password do not belong together').waitFor()
      await page.getByRole('link', { name: 'Recover an account' }).click()
      await page.getByRole('heading', { name: 'Recover an account', level: 1 }).waitFor()
      await expectSound(page)
      await page.getByRole('button', { name: 'Send me a code' }).click()
      await page.getByText('Enter your e-mail address.').waitFor()
      await page.getByLabel('E-mail address').fill(former.email)
      await page.getByRole('button', { name: 'Send me a code' }).click()
      await page.getByRole('heading', { name: 'Prove that it is yours' }).waitFor()
      await expectSound(page)
      await page.getByLabel('6-digit code').fill(await people.newestCode(former.email))
      await page.getByRole('textbox', { name: 'Password of the account' }).fill(former.password)
      await page.getByRole('button', { name: 'Recover the account' }).click()
      await page.getByRole('heading', { name: 'Your account is back' }).waitFor()
      await expectSound(page)
      await page.getByRole('link', { name: 'Sign in' }).click()
      await enterPassword(page, former)
      await page.waitForURL((url) => url.pathname === paths.companies())
      await page.goto(paths.account())
      await page.getByRole('button', { name: `Unbind ${former.email}` }).waitFor()
      await page.getByText('proven at a recovery').waitFor()
      await page.getByText('No phone is bound.').waitFor()
      await page.goto(paths.accountChanges())
      const before = page.getByRole('region', { name: 'What was bound before' })
      await before.getByText('its new holder took it over').waitFor()
      await before.getByText('You unbound it.').waitFor()
      await expectSound(page)
    },
    journeyMs,
  )
})

/** A phone of somebody's own that nobody has signed in with for more than 90 days. */
async function unusedPhone(person: Employee, phone: string): Promise<void> {
  await people.bindPhone(await people.windowOf(person), phone)
  await baton.inDatabase(async (client) => {
    const sql = `update identifiers set bound_at = now() - interval '200 days', last_used_at = now() - interval '91 days'
      where kind = 'phone' and value = $1`
    expect((await client.query(sql, [phone])).rowCount).toBe(1)
  })
}

async function askForCode(page: Page, phone: string): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('Phone or e-mail address').fill(phone)
  await page.getByRole('button', { name: 'Send me a code' }).click()
  await page.getByLabel('6-digit code').waitFor()
}

describe('a phone that nobody signed in with for 90 days', () => {
  it(
    'is not enough in a new browser: a code by e-mail is asked for as well, or the password',
    async () => {
      await people.openOutbox()
      const person = await people.hire('Otto Old')
      const phone = '+8613911118888'
      await unusedPhone(person, phone)
      const page = await baton.newPage({ width: 360 })
      await askForCode(page, phone)
      await page.getByLabel('6-digit code').fill(await people.newestCode(phone))
      await page.getByRole('heading', { name: 'One more proof' }).waitFor()
      await page.getByText('You got this phone number only lately?').waitFor()
      await expectSound(page)
      await page.getByRole('button', { name: 'Password', exact: true }).click()
      await page.getByRole('textbox', { name: 'Password' }).waitFor()
      await expectSound(page)
      await page.getByRole('button', { name: 'Code by e-mail' }).click()
      await page.getByLabel('6-digit code').fill(await people.newestCode(person.email))
      await expectInside(page)

      // It was used now, and this browser is known: from here on the phone alone is enough in it.
      await page.goto(`${paths.companies()}?choose=yes`)
      await page.getByRole('button', { name: 'Sign out' }).click()
      await page.waitForURL((url) => url.pathname === '/sign-in')
      await askForCode(page, phone)
      await page.getByLabel('6-digit code').fill(await people.newestCode(phone))
      await expectInside(page)
    },
    journeyMs,
  )
})

/** So many sign-ins have failed that new browsers have to wait. */
async function failTooOften(page: Page, person: Person): Promise<void> {
  await enterPassword(page, { ...person, password: 'not this one at all' })
  await page.getByText('E-mail address and password do not belong together').waitFor()
  await baton.inDatabase(async (client) => {
    const sql = `update sign_in_failures set failures = 60 where is_lasting and last_failed_at > now() - interval '20 seconds'`
    expect((await client.query(sql)).rowCount).toBeGreaterThan(0)
  })
}

describe('an account at which too many guesses failed', () => {
  it(
    'lets in the browser in which its person opens the link of the message',
    async () => {
      await people.openOutbox()
      const person = await people.hire('Ben Browser')
      const page = await baton.newPage({ width: 360 })
      await failTooOften(page, person)
      await enterPassword(page, person)
      await page
        .getByRole('alert')
        .getByText(/Too many sign-ins/)
        .waitFor()
      await expectSound(page)
      await expect.poll(() => people.newest(person.email), { timeout: messageMs }).toMatch(/#browser=/)
      // Pasted into the window that waits, where the browser changes nothing but what stands behind the #.
      const link = linkIn(await people.newest(person.email))
      await page.goto(link)
      await page.getByRole('button', { name: 'Let this browser sign in' }).click()
      await page.getByRole('heading', { name: 'This browser may sign in' }).waitFor()
      await expectSound(page)
      await page.getByRole('link', { name: 'Sign in' }).click()
      await enterPassword(page, person)
      await expectInside(page)
      const other = await baton.newPage()
      await other.goto(link)
      await other.getByRole('button', { name: 'Let this browser sign in' }).click()
      await other.getByRole('alert').waitFor()
      expect(await other.getByText('This browser may sign in').count()).toBe(0)
    },
    journeyMs,
  )
})
