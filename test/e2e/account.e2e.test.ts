import { generate } from 'otplib'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { paths } from '../../console/paths.ts'
import { AccountPeople, askAs, openAccountSecurity } from './account-people.ts'
import { expectSound, serveBaton } from './browser.ts'
import { codeIn, linkIn } from './outbox.ts'

const baton = serveBaton({ BATON_OUTBOX: 'on' })
const journeyMs = 180_000
const stepMs = 30_000

let people: AccountPeople
beforeAll(async () => {
  people = new AccountPeople(baton, await baton.setUp())
  await people.ask('PATCH', '/v1/company', { policies: { cooldownMinutes: 0 } })
})

describe('what is bound to an account', () => {
  it(
    'ACC-7 is unbound in the order that works, each step from the plan',
    async () => {
      await people.openOutbox()
      const person = await people.hire('Anna Order')
      const page = await people.windowOf(person, { width: 320 })
      await page.goto(paths.account())
      await page.getByRole('button', { name: `Unbind ${person.email}` }).click()
      const dialog = page.getByRole('dialog', { name: `Unbind ${person.email}` })
      await dialog.getByText('unbinding it now would lock you out').waitFor()
      await dialog.getByText('Bind another one first').waitFor()
      await expectSound(page)
      await dialog.getByRole('button', { name: 'Add an e-mail address' }).click()
      const adding = page.getByRole('dialog', { name: 'Add an e-mail address' })
      await adding.getByLabel('E-mail address').fill('anna.new@example.com')
      await adding.getByRole('button', { name: 'Send code' }).click()
      await adding.getByLabel('6-digit code').fill(codeIn(await people.newest('anna.new@example.com')))
      await page.getByText('is bound to your account.').waitFor()
      await dialog.getByText('Without it you still sign in by: anna.new@example.com').waitFor()
      await dialog.getByRole('button', { name: 'Unbind', exact: true }).click()
      // The session was opened by what is gone now: it goes on by what is left.
      await page.waitForURL((url) => url.pathname === '/sign-in')
      await page.getByLabel('Phone or e-mail address').fill('anna.new@example.com')
      await page.getByRole('textbox', { name: 'Password' }).fill(person.password)
      await page.getByRole('button', { name: 'Sign in', exact: true }).click()
      await page.getByRole('button', { name: 'Unbind anna.new@example.com' }).waitFor()
      expect(await page.getByRole('button', { name: `Unbind ${person.email}` }).count()).toBe(0)
      await page.goto(paths.securityLog())
      await page.getByText(`Unbound: ${person.email}`).waitFor()
      await page.getByText('Bound: anna.new@example.com').waitFor()
      await expectSound(page)
      await page.getByLabel('Show').selectOption('Sign-ins and sessions')
      await page
        .getByText(/^Signed in by/)
        .first()
        .waitFor()
      expect(await page.getByText('Bound: anna.new@example.com').count()).toBe(0)
    },
    journeyMs,
  )

  it(
    'shows both uses apart in Chinese, in the dark, and refuses to take the last verification',
    async () => {
      const person = await people.hire('陈洁')
      const page = await people.windowOf(person, { language: 'zh-CN', width: 360, colorScheme: 'dark' })
      await page.goto(paths.account())
      await page.getByRole('heading', { name: '账号与安全', level: 1 }).waitFor()
      await page.getByText('企业微信中的名称：设置 › 账号与安全 › 手机号 › 更换手机').waitFor()
      await page.getByText('企业微信中的名称：企业微信安全中心 › 注销账号').waitFor()
      await page.getByRole('switch', { name: `${person.email}：用于登录` }).waitFor()
      await page.getByRole('switch', { name: `${person.email}：用于身份验证` }).click()
      await page.getByText('它是您目前唯一的身份验证方式').waitFor()
      await expectSound(page)
      await page.getByRole('button', { name: '查看可行的顺序' }).click()
      await page.getByRole('dialog').getByText('先绑定另一种').waitFor()
      await expectSound(page)
    },
    journeyMs,
  )
})

describe('something delicate', () => {
  it(
    'asks who is there when the sign-in is a while ago, and goes on afterwards',
    async () => {
      await people.openOutbox()
      const person = await people.hire('Stella Stale')
      const page = await people.windowOf(person, { width: 360 })
      await baton.inDatabase(async (client) => {
        const sql =
          "update sessions set proved_at = date_trunc('second', now() - interval '11 minutes') where ended_at is null"
        await client.query(sql)
      })
      await page.goto(paths.account())
      await page.getByRole('button', { name: 'Add an e-mail address' }).click()
      const adding = page.getByRole('dialog', { name: 'Add an e-mail address' })
      await adding.getByLabel('E-mail address').fill('stella.new@example.com')
      await adding.getByRole('button', { name: 'Send code' }).click()
      await page.locator('input[type=password]').fill(person.password)
      await expectSound(page)
      await page.keyboard.press('Enter')
      await adding.getByLabel('6-digit code').fill(codeIn(await people.newest('stella.new@example.com')))
      await page.getByRole('button', { name: 'Unbind stella.new@example.com' }).waitFor()
    },
    journeyMs,
  )

  it(
    'ACC-9 is told to all channels, and frozen by the link in the message',
    async () => {
      await people.openOutbox()
      const person = await people.hire('Olga Object')
      const thief = await people.windowOf(person)
      const wanted = { kind: 'email', value: 'thief@example.com' }
      const begun = await askAs(thief, { method: 'POST', path: '/v1/account/identifiers', body: wanted })
      const path = `/v1/account/identifiers/${begun.challengeId}/verify`
      const code = codeIn(await people.newest('thief@example.com'))
      await askAs(thief, { method: 'POST', path, body: { code } })

      const page = await baton.newPage({ width: 360 })
      // Setting the first password was told as well, with a link of its own.
      await expect.poll(() => people.newest(person.email), { timeout: 15_000 }).toMatch(/t\*+@example\.com/)
      await page.goto(linkIn(await people.newest(person.email)))
      await page.getByRole('button', { name: 'Object: it was not me' }).click()
      await page.getByRole('heading', { name: 'The change is frozen' }).waitFor()
      await expectSound(page)
    },
    journeyMs,
  )
})

describe('second factors', () => {
  it(
    'an authenticator app is set up by its key, its recovery codes are kept, and both are shown afterwards',
    async () => {
      const person = await people.hire('Tom Factor')
      const page = await people.windowOf(person, { width: 360 })
      await page.goto(paths.account())
      await page.getByRole('button', { name: 'Set up an authenticator app' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('img', { name: 'QR code of the key' }).waitFor()
      await expectSound(page)
      const secret = ((await dialog.locator('code').textContent()) ?? '').replaceAll(' ', '')
      const epoch = Math.floor(Date.now() / 1000)
      await dialog.getByLabel('Code that the app shows').fill(await generate({ secret, epoch }))
      await dialog.getByText('These codes are shown only once').waitFor()
      expect(await dialog.getByRole('listitem').count()).toBe(10)
      await expectSound(page)
      await dialog.getByRole('button', { name: 'Copy' }).click()
      await dialog.getByRole('button', { name: 'Copied' }).waitFor()
      await dialog.getByRole('checkbox', { name: 'I kept them' }).check()
      await dialog.getByRole('button', { name: 'Done' }).click()
      await page.getByText('10 codes are left.').waitFor()
      await expectSound(page)

      const again = await baton.newPage()
      await again.goto('/sign-in')
      await again.getByLabel('Phone or e-mail address').fill(person.email)
      await again.getByRole('textbox', { name: 'Password' }).fill(person.password)
      await again.getByRole('button', { name: 'Sign in', exact: true }).click()
      const next = await generate({ secret, epoch: epoch + stepMs / 1000 })
      await again
        .getByLabel('6-digit code')
        .or(again.getByLabel(/authenticator/i))
        .first()
        .fill(next)
      await again.waitForURL((url) => url.pathname.startsWith(`/c/${people.slug}`))
    },
    journeyMs,
  )

  it(
    'a passkey is made under a name, and removed',
    async () => {
      const person = await people.hire('Zhao Key')
      const page = await people.windowOf(person)
      await addDevice(page)
      await page.goto(paths.account())
      await page.getByRole('button', { name: 'Add a passkey' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Name').fill('Work laptop')
      await dialog.getByRole('button', { name: 'Go on' }).click()
      await dialog.getByRole('checkbox', { name: 'I kept them' }).check()
      await dialog.getByRole('button', { name: 'Done' }).click()
      await page.getByRole('button', { name: 'Remove the passkey “Work laptop”' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click()
      await page.getByText('The passkey “Work laptop” is removed.').waitFor()
      await page.getByText('There is no passkey yet.').waitFor()
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

describe('sessions', () => {
  it(
    'another device is listed and signed out from here',
    async () => {
      const person = await people.hire('Lu Session')
      const other = await people.windowOf(person)
      const page = await people.windowOf(person)
      await page.goto(paths.account())
      await page.getByText('This device').waitFor()
      await page.getByRole('button', { name: /^End the session on Chrome/ }).click()
      await page.getByText(/^The session on Chrome on Linux has ended/).waitFor()
      await page.getByRole('button', { name: 'End all others…' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'End all others' }).click()
      await page.getByText('You are signed in on this device only.').waitFor()
      await other.goto(paths.account())
      await other.waitForURL((url) => url.pathname === '/sign-in')
    },
    journeyMs,
  )
})

describe('a deletion', () => {
  it(
    'ACC-2 is asked for by the company, declined first, then begun, and cancelled by signing in',
    async () => {
      const person = await people.hire('Paul Stays')
      const reason = 'Your number goes to somebody else.'
      const path = `/v1/members/${person.memberId}/deletion-requests`
      await people.ask('POST', path, { reason })
      const page = await people.windowOf(person, { width: 320 })
      await page.goto(paths.account())
      await page.getByText('Acme asks you to delete your account').waitFor()
      await page.getByText(reason).waitFor()
      await expectSound(page)
      await page.getByRole('button', { name: 'Decline' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Decline' }).click()
      await expect.poll(() => page.getByText('Acme asks you').count()).toBe(0)

      await page.getByRole('link', { name: 'Delete account…' }).click()
      await page.getByRole('heading', { name: 'Delete account', level: 1 }).waitFor()
      await page.getByText('Nothing stands in the way.').waitFor()
      await page.getByRole('heading', { name: 'Lost for ever' }).waitFor()
      await page.getByRole('heading', { name: 'Stays with the company' }).waitFor()
      await expectSound(page)
      const button = page.getByRole('button', { name: 'Delete my account' })
      expect(await button.isEnabled()).toBe(false)
      await page.getByRole('textbox').fill('delete my account')
      await button.click()
      await page.getByRole('heading', { name: 'Your account is being deleted' }).waitFor()
      await expectSound(page)
      await page.getByRole('link', { name: 'Sign in and keep my account' }).click()
      await page.getByLabel('Phone or e-mail address').fill(person.email)
      await page.getByRole('textbox', { name: 'Password' }).fill(person.password)
      await page.getByRole('button', { name: 'Sign in', exact: true }).click()
      await page.getByRole('heading', { name: 'Your account stays' }).waitFor()
      await page
        .getByRole('button', { name: 'Go on' })
        .or(page.getByRole('link', { name: 'Go on' }))
        .click()
      await page.waitForURL((url) => url.pathname.startsWith('/c/'))
      const { waiting } = await askAs(page, { method: 'GET', path: '/v1/account/deletion' })
      expect(waiting).toBeNull()
      await openAccountSecurity(page, people.slug)
      await page.getByRole('link', { name: 'Open the security log' }).click()
      await page.getByText('The deletion was cancelled: your account stays').waitFor()
    },
    journeyMs,
  )
})
