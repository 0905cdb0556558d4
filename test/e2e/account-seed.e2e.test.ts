import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { paths } from '../../console/paths.ts'
import { AccountPeople, askAs, openAccountSecurity } from './account-people.ts'
import { expectSound, serveBaton } from './browser.ts'
import { codeIn, linkIn } from './outbox.ts'

const baton = serveBaton({ BATON_OUTBOX: 'on' })
const journeyMs = 240_000
const eraseMs = 40_000

let people: AccountPeople
beforeAll(async () => {
  people = new AccountPeople(baton, await baton.setUp())
  // The company lets an account that is deleted go at once.
  const policies = { cooldownMinutes: 0, countryChecks: {}, deletionCoolingDays: 0 }
  await people.ask('PATCH', '/v1/company', { policies })
})

async function askForCode(page: Page, phone: string): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('Phone or e-mail address').fill(phone)
  await page.getByRole('button', { name: 'Send me a code' }).click()
  await page.getByLabel('6-digit code').waitFor()
}

/** Somebody new opens an invitation that went to an address, and joins with it. */
async function join(page: Page, { to, invitation, name }: { to: string; invitation: string; name: string }) {
  await page.goto(linkIn(invitation))
  await page.getByRole('textbox').fill(to)
  await page.getByRole('button', { name: 'Send code' }).click()
  const field = page.locator('input[autocomplete="one-time-code"]')
  await field.waitFor()
  await field.fill(codeIn(await people.newest(to, invitation)))
  await page.getByLabel('Your name').fill(name)
  await page.getByRole('button', { name: 'Join Acme' }).click()
  await page.getByRole('heading', { name: 'My numbers', level: 1 }).waitFor()
}

/** The administrator invites a member by a phone or an e-mail address; the message. */
async function invite(memberId: string, to: { kind: string; value: string }): Promise<string> {
  await people.ask('POST', '/v1/invitations', { memberId, to, language: 'en' })
  await expect.poll(() => people.newest(to.value), { timeout: 15_000 }).toMatch(/https?:\/\//)
  return people.newest(to.value)
}

describe('S000, solution 1: the former employee deletes the own account', () => {
  it(
    'steps 1 to 6; then the number signs a new employee up',
    async () => {
      await people.openOutbox()
      const former = await people.hire('Former One')
      const number = await people.addNumber(former)
      const formers = await people.windowOf(former, { width: 360 })
      await people.bindPhone(formers, number.e164)
      const { memberId } = await people.ask('POST', '/v1/members', { staffCode: 'N1', name: 'New One' })
      await people.ask('POST', `/v1/numbers/${number.numberId}/reassign`, { toMemberId: memberId })

      // The new employee meets the earlier account, and learns nothing of it (ACC-4).
      const news = await baton.newPage()
      await news.goto('/sign-in')
      const before = await people.newest(number.e164)
      await askForCode(news, number.e164)
      await news.getByLabel('6-digit code').fill(codeIn(await people.newest(number.e164, before)))
      await news
        .getByRole('heading', { name: 'This number is still linked to an earlier account', level: 1 })
        .waitFor()
      expect(await news.getByRole('main').textContent()).not.toContain('Former One')

      // 1. Open the app. 2. Go to Settings. 3. Select Account & Security.
      await openAccountSecurity(formers, people.slug)
      // 4. Open WeCom Security Center.
      const center = formers.getByRole('region', { name: 'Security center' })
      await center.getByText('In WeCom: WeCom Security Center › Delete Account').waitFor()
      // 5. Select Delete Account.
      await center.getByRole('link', { name: 'Delete account…' }).click()
      await formers.getByRole('heading', { name: 'Delete account', level: 1 }).waitFor()
      await formers.getByText('In WeCom: WeCom Security Center › Delete Account').waitFor()
      await formers.getByText('It happens at once').waitFor()
      await expectSound(formers)
      // 6. Follow the instructions to confirm.
      await formers.getByRole('textbox').fill('delete my account')
      await formers.getByRole('button', { name: 'Delete my account' }).click()
      await formers.getByRole('heading', { name: /Your account is (being )?deleted/ }).waitFor()

      await expect.poll(() => boundTo(number.e164), { timeout: eraseMs }).toBe(0)
      const invitation = await invite(memberId, { kind: 'phone', value: number.e164 })
      await join(await baton.newPage(), { to: number.e164, invitation, name: 'New One' })
      expect(await boundTo(number.e164)).toBe(1)
    },
    journeyMs,
  )
})

/** How many accounts a phone is bound to now: never more than one. */
async function boundTo(phone: string): Promise<number> {
  let found = -1
  await baton.inDatabase(async (client) => {
    const sql = "select count(*)::int as count from identifiers where kind = 'phone' and value = $1"
    found = (await client.query(sql, [phone])).rows[0].count
  })
  return found
}

describe('S000, solution 2: the new employee takes the number over', () => {
  it(
    'steps 1 to 6, with the page loaded anew in the middle; the former employee is out',
    async () => {
      await people.openOutbox()
      const former = await people.hire('Former Two')
      const number = await people.addNumber(former)
      const formers = await people.windowOf(former)
      await people.bindPhone(formers, number.e164)

      // 1. The administrator invites the new employee with a temporary identifier.
      const temporary = 'new.two@example.com'
      const { memberId } = await people.ask('POST', '/v1/members', { staffCode: 'N2', name: 'New Two' })
      const invitation = await invite(memberId, { kind: 'email', value: temporary })
      await people.passOn(number, former, { ...former, memberId })
      // 2. The new employee signs in to the new account.
      const news = await baton.newPage({ width: 360 })
      await join(news, { to: temporary, invitation, name: 'New Two' })
      // 3. Settings > Account & Security > Mobile Number.
      await openAccountSecurity(news, people.slug)
      const mobile = news.getByRole('region', { name: 'Mobile number' })
      await mobile
        .getByText('In WeCom: Settings › Account & Security › Mobile Number › Change Mobile')
        .waitFor()
      // 4. Select Change Mobile.
      await mobile.getByRole('link', { name: 'Change mobile' }).click()
      await news.getByRole('heading', { name: 'Change mobile', level: 1 }).waitFor()
      await expectSound(news)
      // 5. Enter the company-owned phone number.
      await news.getByLabel('Phone number').fill(number.e164.replace('+86', ''))
      const before = await people.newest(number.e164)
      await news.getByRole('button', { name: 'Send code' }).click()
      await news.getByLabel('6-digit code').waitFor()
      await expectSound(news)
      await news.reload()
      // 6. Complete the verification steps.
      await news.getByLabel('6-digit code').fill(codeIn(await people.newest(number.e164, before)))
      await news.getByRole('heading', { name: `Take ${number.written} over` }).waitFor()
      await news.reload()
      await news.getByRole('heading', { name: `Take ${number.written} over` }).waitFor()
      await expectSound(news)
      const takeOver = news.getByRole('button', { name: 'Take the number over' })
      expect(await takeOver.isEnabled()).toBe(false)
      expect(await boundTo(number.e164)).toBe(1)
      await news.getByRole('checkbox', { name: 'I have read what is lost for ever' }).check()
      await takeOver.click()
      await news.getByRole('heading', { name: `${number.written} is bound to your account` }).waitFor()
      await expectSound(news)

      expect(await boundTo(number.e164)).toBe(1)
      await news.getByRole('link', { name: 'To Account & security' }).click()
      await news.getByRole('button', { name: `Unbind ${number.written}` }).waitFor()
      await news.getByRole('button', { name: `Unbind ${temporary}` }).waitFor()
      // The former employee has an e-mail address left, and the number no more.
      const told = await people.newest(former.email)
      expect(told).toMatch(/\/takeover#/)
      await formers.goto(paths.account())
      await formers.getByText('No phone is bound.').waitFor()
      await formers.goto(paths.securityLog())
      await formers.getByText('A company number left your account').waitFor()
      await expectSound(formers)
    },
    journeyMs,
  )

  it(
    'is refused while the number is not assigned to this member, and says whom to ask',
    async () => {
      await people.openOutbox()
      const holder = await people.hire('Holder Three')
      const number = await people.addNumber(holder)
      const other = await people.hire('Eager Three')
      const page = await people.windowOf(other)
      await page.goto(paths.changeMobile())
      await page.getByLabel('Phone number').fill(number.e164)
      await page.getByRole('button', { name: 'Send code' }).click()
      await page.getByLabel('6-digit code').fill(codeIn(await people.newest(number.e164)))
      await page.getByText('This number belongs to Acme and is not assigned to you.').waitFor()
      await page.getByText(/Ask to have it assigned to you: .*王芳/).waitFor()
      await expectSound(page)
      await page.getByRole('button', { name: 'Start again' }).click()
      await page.getByLabel('Phone number').waitFor()
      expect(await boundTo(number.e164)).toBe(0)
    },
    journeyMs,
  )
})

describe('a recycled number', () => {
  it(
    'ACC-6 waits for three days, in Chinese; its earlier person objects, and it stays',
    async () => {
      await people.openOutbox()
      const phone = '+8613911112222'
      const earlier = await people.hire('Earlier Four')
      const earliers = await people.windowOf(earlier, { width: 320 })
      await people.bindPhone(earliers, phone)
      const later = await people.hire('后来者')
      const laters = await people.windowOf(later, { language: 'zh-CN', width: 360, colorScheme: 'dark' })
      await laters.goto(paths.changeMobile())
      await laters.getByRole('heading', { name: '更换手机号', level: 1 }).waitFor()
      await laters.getByRole('textbox', { name: '手机号' }).fill(phone)
      const before = await people.newest(phone)
      await laters.getByRole('button', { name: '发送验证码' }).click()
      await laters.getByLabel('6 位验证码').fill(codeIn(await people.newest(phone, before)))
      await laters.getByText('系统已通知其本人').waitFor()
      await expectSound(laters)

      await earliers.goto(paths.account())
      await earliers.getByText('Somebody has proved that they receive its messages').waitFor()
      await expectSound(earliers)
      await earliers.getByRole('button', { name: 'Object: the phone is mine' }).click()
      await expect.poll(() => earliers.getByText('Somebody has proved').count()).toBe(0)
      await earliers.getByRole('button', { name: 'Unbind +86 139 1111 2222' }).waitFor()
      await laters.goto(paths.securityLog())
      await laters.getByText('手机号未能绑定到您的账号').waitFor()
      const { items } = await askAs(laters, { method: 'GET', path: '/v1/account/change-mobile' })
      expect(items).toEqual([])
      expect(await boundTo(phone)).toBe(1)
    },
    journeyMs,
  )

  it(
    'passes when nobody objected until then',
    async () => {
      await people.openOutbox()
      const phone = '+8613911113333'
      const earlier = await people.hire('Earlier Five')
      await people.bindPhone(await people.windowOf(earlier), phone)
      const later = await people.hire('Later Five')
      const laters = await people.windowOf(later)
      await laters.goto(paths.changeMobile())
      await laters.getByLabel('Phone number').fill(phone)
      const before = await people.newest(phone)
      await laters.getByRole('button', { name: 'Send code' }).click()
      await laters.getByLabel('6-digit code').fill(codeIn(await people.newest(phone, before)))
      await laters.getByText(/\+86 139 1111 3333 comes to you on/).waitFor()
      await baton.inDatabase(async (client) => {
        await client.query(
          "update takeovers set due_at = now() - interval '1 minute' where state = 'waiting'",
        )
      })
      await expect
        .poll(
          async () => {
            const { identifiers } = await askAs(laters, { method: 'GET', path: '/v1/account' })
            return identifiers.some((one: { value: string }) => one.value === phone)
          },
          { timeout: 60_000, interval: 2_000 },
        )
        .toBe(true)
      await laters.goto(paths.account())
      await laters.getByText('passed on after 3 days without objection').waitFor()
      expect(await boundTo(phone)).toBe(1)
    },
    journeyMs,
  )
})
