import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { paths } from '../../console/paths.ts'
import { startOauthServer } from '../oauth-server.ts'
import { AccountPeople, askAs, type Employee } from './account-people.ts'
import { expectSound, serveBaton } from './browser.ts'

const journeyMs = 180_000
const eraseMs = 60_000

/** A port that is free now: the other service sends people back to an address that it is told before. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

const provider = await startOauthServer()
const folder = await mkdtemp(path.join(tmpdir(), 'baton-oauth-'))
const oauthFile = path.join(folder, 'oauth.json')
await writeFile(oauthFile, JSON.stringify(provider.config), { mode: 0o600 })
const port = await freePort()
const baton = serveBaton({
  BATON_OUTBOX: 'on',
  BATON_OAUTH_CONFIG: oauthFile,
  BATON_URL: `http://localhost:${port}`,
  PORT: String(port),
})
const elsewhere = [new URL(provider.config.wechat?.authorizeUrl ?? '').origin]

let people: AccountPeople
beforeAll(async () => {
  people = new AccountPeople(baton, await baton.setUp())
})
afterAll(async () => {
  await provider.close()
  await rm(folder, { recursive: true, force: true })
})

describe('an account of another service', () => {
  it(
    'is bound under Account & security, signs in, and says so when nobody here has it',
    async () => {
      await people.openOutbox()
      const person = await people.hire('Wendy WeChat')
      const page = await people.windowOf(person, { width: 360, elsewhere })
      provider.signInAs('wechat', { openid: 'o-wendy', unionid: 'u-wendy-123456' })
      await page.goto(paths.account())
      const section = page.getByRole('region', { name: 'WeChat, WeCom, QQ, public platform' })
      await section.getByText('None is bound.').waitFor()
      await expectSound(page)
      await section.getByRole('button', { name: 'Bind WeChat', exact: true }).click()
      await section.getByRole('button', { name: 'Unbind WeChat …123456' }).waitFor()
      await section.getByText('proven at the other service').waitFor()
      await expectSound(page)

      const again = await baton.newPage({ width: 320, elsewhere })
      await again.goto(`/sign-in?to=${encodeURIComponent(paths.account())}`)
      await again.getByRole('button', { name: 'Sign in with WeChat', exact: true }).waitFor()
      await expectSound(again)
      await again.getByRole('button', { name: 'Sign in with WeChat', exact: true }).click()
      await again.getByRole('button', { name: 'Unbind WeChat …123456' }).waitFor()
      expect(new URL(again.url()).search).toBe('')

      provider.signInAs('wechat', { openid: 'o-stranger', unionid: 'u-stranger' })
      const stranger = await baton.newPage({ elsewhere })
      await stranger.goto('/sign-in')
      await stranger.getByRole('button', { name: 'Sign in with WeChat', exact: true }).click()
      await stranger.getByRole('heading', { name: 'No account yet' }).waitFor()
      await expectSound(stranger)
      await stranger.reload()
      await stranger.getByText('It was begun in another window or browser').waitFor()
      await expectSound(stranger)
    },
    journeyMs,
  )

  it(
    'that somebody else has is refused on the way back, in Chinese, with the way to where one was',
    async () => {
      await people.openOutbox()
      const first = await people.hire('Quentin QQ')
      const firsts = await people.windowOf(first, { elsewhere })
      provider.signInAs('qq', { openid: 'q-one', unionid: 'qu-one' })
      await firsts.goto(paths.account())
      await firsts.getByRole('button', { name: 'Bind QQ', exact: true }).click()
      await firsts.getByRole('button', { name: /^Unbind QQ/ }).waitFor()
      const second = await people.hire('秦二')
      const page = await people.windowOf(second, {
        language: 'zh-CN',
        colorScheme: 'dark',
        width: 360,
        elsewhere,
      })
      await page.goto(paths.account())
      await page.getByRole('button', { name: '绑定QQ', exact: true }).click()
      await page.getByRole('alert').waitFor()
      await expectSound(page)
      await page.getByRole('link', { name: '返回' }).click()
      await page.getByRole('heading', { name: '账号与安全', level: 1 }).waitFor()
      expect(await page.getByRole('button', { name: /^解绑 QQ/ }).count()).toBe(0)
    },
    journeyMs,
  )
})

/** A second company, in which a person of the first is an Admin. */
async function secondCompany(person: Employee, name: string): Promise<{ slug: string }> {
  const owner = ['--owner', 'Olaf Owner', '--owner-email', `owner@${name.toLowerCase()}.example`]
  const { slug, token } = await baton.operator(['company', 'create', '--company', name, ...owner])
  const body = { staffCode: 'A1', name: person.name, email: person.email, role: 'admin' }
  const { memberId } = await baton.api(token, { method: 'POST', path: '/v1/members', body })
  const at = `/v1/members/${memberId}/sign-in-link`
  const { token: link } = await baton.api(token, { method: 'POST', path: at, body: {} })
  await baton.api('', {
    method: 'POST',
    path: '/v1/sessions',
    body: { link, password: person.password },
  })
  return { slug }
}

describe('somebody who belongs to two companies', () => {
  it(
    'chooses one after signing in, switches to the other, and finds the own account the same in both',
    async () => {
      await people.openOutbox()
      const person = await people.hire('Tina Two')
      const { slug: globex } = await secondCompany(person, 'Globex')
      const page = await people.windowOf(person, { width: 360 })
      await page.goto(paths.companies())
      await page.getByRole('heading', { name: 'Choose a company' }).waitFor()
      await page.getByRole('link', { name: /Acme.*Member/ }).waitFor()
      await expectSound(page)
      await page.getByRole('link', { name: /Globex.*Admin/ }).click()
      await page.waitForURL((url) => url.pathname.startsWith(paths.home(globex)))
      await page.getByRole('button', { name: 'Switch company' }).click()
      const choices = page.getByRole('dialog', { name: 'Switch company' })
      await choices.getByRole('link', { name: /Globex/ }).waitFor()
      await expectSound(page)
      await choices.getByRole('link', { name: /Acme/ }).click()
      await page.waitForURL((url) => url.pathname.startsWith(paths.home(people.slug)))
      await page.getByRole('banner').getByText('Acme').waitFor()
      const own = await askAs(page, { method: 'GET', path: '/v1/account' })
      expect(own.memberships.map(({ slug }: { slug: string }) => slug).sort()).toEqual(
        [globex, people.slug].sort(),
      )

      // From the page of a number that is still linked, an Admin comes to the numbers of the company they choose.
      await page.goto(paths.stillLinked())
      await page.getByRole('link', { name: 'I am an Admin: open the numbers' }).click()
      await page.getByRole('link', { name: /Globex/ }).click()
      await page.waitForURL((url) => url.pathname === paths.numbers(globex))
      await page.getByRole('heading', { name: 'Numbers', level: 1 }).waitFor()
    },
    journeyMs,
  )
})

describe('ACC-2 a deletion with its usual cooling-off', () => {
  it(
    'says 15 days before and after, and erases the account once they are over',
    async () => {
      const owners = await people.openOutbox()
      const person = await people.hire('Fritz Fifteen')
      const page = await people.windowOf(person, { width: 360 })
      await page.goto(paths.deleteAccount())
      await page.getByText('Your one way to sign in and be verified').waitFor()
      await page.getByText(/^For 15 days, until .* signing in cancels it/).waitFor()
      await page.getByRole('textbox').fill('delete my account')
      await page.getByRole('button', { name: 'Delete my account' }).click()
      await page.getByText(/^It is erased on/).waitFor()
      await expectSound(page)
      await baton.inDatabase(async (client) => {
        const sql =
          "update account_deletions set due_at = now() - interval '1 minute' where state = 'waiting'"
        expect((await client.query(sql)).rowCount).toBe(1)
      })
      await expect
        .poll(async () => (await people.ask('GET', `/v1/members/${person.memberId}`)).name, {
          timeout: eraseMs,
          interval: 1_000,
        })
        .not.toBe(person.name)
      await page.goto('/sign-in')
      await page.getByLabel('Phone or e-mail address').fill(person.email)
      await page.getByRole('textbox', { name: 'Password' }).fill(person.password)
      await page.getByRole('button', { name: 'Sign in', exact: true }).click()
      await page.getByText('E-mail address and password do not belong together').waitFor()
      await owners.goto(paths.person(people.slug, person.memberId))
      await owners.getByRole('heading', { name: /^Former member/, level: 1 }).waitFor()
    },
    journeyMs,
  )
})
