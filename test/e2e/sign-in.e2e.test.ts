import { generate } from 'otplib'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { paths } from '../../console/paths.ts'
import {
  type Company,
  expectNoSidewaysScroll,
  expectNoViolations,
  type Person,
  serveBaton,
  signIn,
} from './browser.ts'
import type { Visit } from './chromium.ts'
import { codeTo } from './outbox.ts'

const baton = serveBaton({ BATON_OUTBOX: 'on' })
const journeyMs = 120_000

let company: Company
let owners: Page
beforeAll(async () => {
  company = await baton.setUp()
})

/** The window in which the Owner reads what leaves; a session of its own. */
async function openOutbox(): Promise<void> {
  owners = await baton.newPage()
  await signIn(owners, company.owner)
}

const lastCodes = new Map<string, string>()

/** The code that came to an address since the last one that was read there. */
async function newestCode(to: string, than = lastCodes.get(to)): Promise<string> {
  const code = await codeTo(owners, { slug: company.slug, to, ...(than === undefined ? {} : { than }) })
  lastCodes.set(to, code)
  return code
}

let hired = 0
const password = 'seven green lamps 41'

/** A member with an account, who has set a password by a sign-in link. */
async function hire(name: string): Promise<Person & { readonly memberId: string }> {
  hired += 1
  const email = `person${hired}@example.com`
  const body = { staffCode: `S${hired}`, name, email }
  const { memberId } = await baton.api(company.token, { method: 'POST', path: '/v1/members', body })
  const at = `/v1/members/${memberId}/sign-in-link`
  const { token: link } = await baton.api(company.token, { method: 'POST', path: at, body: {} })
  await baton.api('', { method: 'POST', path: '/v1/sessions', body: { link, password } })
  await prove(email)
  return { memberId, email, password }
}

/** A link proves no address: the first code to it is given together with the password. */
async function prove(email: string): Promise<void> {
  await openOutbox()
  const begun = { method: 'POST', path: '/v1/sign-in', body: { by: 'email', value: email } }
  const { signInId: first } = await baton.api('', begun)
  const at = (signInId: string) => `/v1/sign-in/${signInId}/verify`
  const body = { code: await newestCode(email) }
  const { signInId } = await baton.api('', { method: 'POST', path: at(first), body })
  await baton.api('', { method: 'POST', path: at(signInId), body: { password } })
}

interface Asked {
  readonly method: string
  readonly path: string
  readonly body?: object
}

/** Asks the API as the person who is signed in to the window. */
// biome-ignore lint/suspicious/noExplicitAny: a test reads the parts it names, whatever the route
async function askAs(page: Page, { method, path, body }: Asked): Promise<any> {
  const answer = await page.request.fetch(path, { method, ...(body ? { data: body } : {}) })
  if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`)
  return answer.status() === 204 ? null : answer.json()
}

/** A window of somebody who has signed in; English, unless said otherwise. */
async function windowOf(person: Person, visit: Visit = {}): Promise<Page> {
  const page = await baton.newPage(visit)
  await signIn(page, person)
  return page
}

async function askForCode(page: Page, address: string): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('Phone or e-mail address').fill(address)
  await page.getByRole('button', { name: 'Send me a code' }).click()
  await page.getByRole('heading', { name: 'Enter the code' }).waitFor()
}

async function enterPassword(page: Page, { email, password }: Person): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('Phone or e-mail address').fill(email)
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

describe('a code by e-mail', () => {
  it(
    'is asked for on a phone, mistyped, entered, and leads back to the screen that was left',
    async () => {
      await openOutbox()
      const { email } = await hire('Li Na')
      const page = await baton.newPage({ width: 320 })
      await page.goto(`/sign-in?to=${encodeURIComponent(paths.me(company.slug))}`)
      await page.getByLabel('Phone or e-mail address').fill(email)
      await expectNoViolations(page)
      await expectNoSidewaysScroll(page)
      await page.getByRole('button', { name: 'Send me a code' }).click()
      const field = page.getByLabel('6-digit code')
      await field.waitFor()
      await expectNoViolations(page)
      await expectNoSidewaysScroll(page)
      const code = await newestCode(email)
      await field.fill(code === '000000' ? '000001' : '000000')
      await page.getByText('This code does not work').waitFor()
      await expectNoViolations(page)
      // As it is pasted from the message: whatever stands around the digits is left out.
      await field.fill(`${code.slice(0, 3)} ${code.slice(3)}`)
      await page.waitForURL(`**${paths.me(company.slug)}`)
    },
    journeyMs,
  )

  it(
    'is asked for in Chinese',
    async () => {
      await openOutbox()
      const { email } = await hire('陈洁')
      const page = await baton.newPage({ language: 'zh-CN', colorScheme: 'dark', width: 360 })
      await page.goto('/sign-in')
      await page.getByLabel('手机号或邮箱地址').fill(email)
      await page.getByRole('button', { name: '获取验证码' }).click()
      await page.getByRole('heading', { name: '输入验证码' }).waitFor()
      await expectNoViolations(page)
      await page.getByLabel('6 位验证码').fill(await newestCode(email))
      await page.waitForURL((url) => url.pathname.startsWith(`/c/${company.slug}`))
    },
    journeyMs,
  )

  it(
    'proves an address that no account has, and says what to do then',
    async () => {
      await openOutbox()
      const page = await baton.newPage()
      await askForCode(page, 'nobody@example.com')
      await page.getByLabel('6-digit code').fill(await newestCode('nobody@example.com'))
      await page.getByRole('heading', { name: 'No account yet' }).waitFor()
      await page.getByText('Your e-mail address is confirmed').waitFor()
      await expectNoViolations(page)
      await page.getByRole('button', { name: 'Sign in another way' }).click()
      await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    },
    journeyMs,
  )
})

describe('what is missing', () => {
  it('is said where it is missing, before anything is sent', async () => {
    const page = await baton.newPage()
    await page.goto('/sign-in')
    await page.getByRole('button', { name: 'Send me a code' }).click()
    await page.getByText('Enter your phone number or e-mail address.').waitFor()
    await page.getByLabel('Phone or e-mail address').fill('wang@example.com')
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByText('Enter your password, or have a code sent').waitFor()
    await expectNoViolations(page)
    await page.getByLabel('Phone or e-mail address').fill('+49 30 5550 4711')
    await page.getByRole('textbox', { name: 'Password' }).fill(password)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByText('A phone signs in by a code').waitFor()
  })
})

const stepMs = 30_000

describe('a second factor', () => {
  it(
    'is asked for after the password: the authenticator app, or a recovery code',
    async () => {
      const person = await hire('Wu Lei')
      const first = await windowOf(person)
      const made = { method: 'POST', path: '/v1/account/authenticator' }
      const { secret } = await askAs(first, { ...made, body: {} })
      const code = await generate({ secret })
      const confirm = { method: 'POST', path: '/v1/account/authenticator/verify', body: { code } }
      const { recoveryCodes } = await askAs(first, confirm)

      const page = await baton.newPage({ width: 360 })
      await enterPassword(page, person)
      const field = page.getByLabel('Code of your authenticator app')
      await field.waitFor()
      await expectNoViolations(page)
      await expectNoSidewaysScroll(page)
      await field.fill(code)
      await page.getByText('was used already').waitFor()
      // Each code works once; the next one counts already while the clock of the phone may be ahead.
      await field.fill(await generate({ secret, epoch: Math.floor((Date.now() + stepMs) / 1000) }))
      await page.waitForURL((url) => url.pathname.startsWith(`/c/${company.slug}`))

      const again = await baton.newPage()
      await enterPassword(again, person)
      await again.getByRole('button', { name: 'Recovery code' }).click()
      await again.getByLabel('Recovery code').fill(recoveryCodes[0])
      await expectNoViolations(again)
      await again.getByRole('button', { name: 'Sign in', exact: true }).click()
      await again.waitForURL((url) => url.pathname.startsWith(`/c/${company.slug}`))
    },
    journeyMs,
  )
})

/** A device of this window that keeps passkeys and says yes by itself. */
async function addDevice(page: Page): Promise<void> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable', { enableUI: false })
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

async function addPasskey(page: Page): Promise<void> {
  const begun = await askAs(page, { method: 'POST', path: '/v1/account/passkeys', body: {} })
  const response = await page.evaluate(async (options) => {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options)
    const made = await navigator.credentials.create({ publicKey })
    return (made as PublicKeyCredential).toJSON()
  }, begun.options)
  const path = `/v1/account/passkeys/${begun.challengeId}/verify`
  await askAs(page, { method: 'POST', path, body: { name: 'Phone', response } })
}

describe('a passkey', () => {
  it(
    'signs in alone, without a name or password',
    async () => {
      const person = await hire('Zhao Min')
      const page = await windowOf(person)
      await addDevice(page)
      await addPasskey(page)
      await page.context().clearCookies()
      await page.goto('/sign-in')
      await page.getByRole('button', { name: 'Use a passkey' }).click()
      await page.waitForURL((url) => url.pathname.startsWith(`/c/${company.slug}`))
      await page.getByRole('button', { name: 'Account and display' }).click()
      await page.getByText('Zhao Min').first().waitFor()
    },
    journeyMs,
  )

  it(
    'that is not there is said so, and the other ways stay',
    async () => {
      const page = await baton.newPage()
      await addDevice(page)
      await page.goto('/sign-in')
      await page.getByRole('button', { name: 'Use a passkey' }).click()
      await page.getByText('The passkey was not used').waitFor()
      await expectNoViolations(page)
      await page.getByRole('button', { name: 'Send me a code' }).waitFor()
    },
    journeyMs,
  )
})

describe('a forgotten password', () => {
  it(
    'is set anew by a code to the e-mail address, and ends the sessions',
    async () => {
      await openOutbox()
      const person = await hire('Sun Yu')
      const old = await windowOf(person)
      const page = await baton.newPage({ width: 360 })
      await page.goto('/sign-in')
      await page.getByRole('link', { name: 'Forgot password?' }).click()
      await page.getByLabel('Phone or e-mail address').fill(person.email)
      await expectNoViolations(page)
      await page.getByRole('button', { name: 'Send me a code' }).click()
      await page.getByLabel('6-digit code').fill(await newestCode(person.email))
      await page.getByRole('textbox', { name: 'New password' }).fill('nine blue trains 73')
      await expectNoViolations(page)
      await expectNoSidewaysScroll(page)
      await page.getByRole('button', { name: 'Set the password' }).click()
      await page.getByRole('heading', { name: 'The new password is set' }).waitFor()
      await expectNoViolations(page)
      await page.getByRole('link', { name: 'Sign in' }).click()
      await signIn(page, { ...person, password: 'nine blue trains 73' })
      await old.reload()
      await old.waitForURL((url) => url.pathname === '/sign-in')
    },
    journeyMs,
  )
})

describe('a number of the company that an earlier account still has', () => {
  it.each([
    {
      language: 'en',
      send: 'Send me a code',
      field: '6-digit code',
      title: 'This number is still linked to an earlier account',
      labels: ['Security center › Delete account', 'Delete Account', 'Change mobile', 'Mobile Number'],
    },
    {
      language: 'zh-CN',
      send: '获取验证码',
      field: '6 位验证码',
      title: '该号码仍绑定在先前的账号上',
      labels: [
        '安全中心 › 注销账号',
        '企业微信安全中心 › 注销账号',
        '“更换手机号”',
        '企业微信中的名称：更换手机',
      ],
    },
  ] as const)(
    'ACC-4 shows nothing of its person in $language, and the ways to have it',
    async ({ language, send, field, title, labels }) => {
      await openOutbox()
      const former = await hire('Former Holder')
      const successor = await hire('New Holder')
      const phone = `+4915140${String(10_000 + hired)}0`
      const body = { number: phone }
      const { numberId } = await baton.api(company.token, { method: 'POST', path: '/v1/numbers', body })
      const pass = (verb: string, given: object) =>
        baton.api(company.token, { method: 'POST', path: `/v1/numbers/${numberId}/${verb}`, body: given })
      await pass('assign', { toMemberId: former.memberId })
      const formers = await windowOf(former)
      const wanted = { kind: 'phone', value: phone }
      const bind = { method: 'POST', path: '/v1/account/identifiers', body: wanted }
      const { challengeId } = await askAs(formers, bind)
      const code = await newestCode(phone)
      const path = `/v1/account/identifiers/${challengeId}/verify`
      await askAs(formers, { method: 'POST', path, body: { code } })
      await pass('reassign', { toMemberId: successor.memberId, overrideCooldown: { reason: 'She left' } })

      const page = await baton.newPage({ language, width: 320 })
      await page.goto('/sign-in')
      await page.getByRole('textbox').first().fill(phone)
      await page.getByRole('button', { name: send }).click()
      await page.getByLabel(field).fill(await newestCode(phone))
      await page.getByRole('heading', { name: title, level: 1 }).waitFor()
      const words = (await page.getByRole('main').textContent()) ?? ''
      for (const label of labels) expect(words).toContain(label)
      expect(words).not.toContain('Former')
      expect(words).not.toContain(former.email)
      expect(page.url()).toBe(`${baton.address}${paths.stillLinked()}`)
      await expectNoViolations(page)
      await expectNoSidewaysScroll(page)
    },
    journeyMs,
  )
})
