import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { paths } from '../../console/paths.ts'
import { type Company, expectNoSidewaysScroll, expectNoViolations, serveBaton, signIn } from './browser.ts'
import { codeIn, linkIn, messageTo } from './outbox.ts'

const baton = serveBaton({ BATON_OUTBOX: 'on' })
const journeyMs = 180_000

let company: Company
beforeAll(async () => {
  company = await baton.setUp()
})

async function hire(staffCode: string, name: string, more: object = {}): Promise<string> {
  const body = { staffCode, name, ...more }
  const call = { method: 'POST', path: '/v1/members', body }
  return (await baton.api(company.token, call)).memberId
}

/** A window in which the Owner is signed in; the messages that leave are read through it. */
async function ownersWindow(): Promise<Page> {
  const page = await baton.newPage()
  await signIn(page, company.owner)
  return page
}

function newest(owners: Page, to: string, than?: string): Promise<string> {
  return messageTo(owners, { slug: company.slug, to, ...(than === undefined ? {} : { than }) })
}

async function openDialog(page: Page, name: string) {
  await page.getByRole('button', { name: 'Actions', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Invite…' }).click()
  const dialog = page.getByRole('dialog', { name: `Invite ${name}` })
  await dialog.getByRole('radio', { name: 'By e-mail' }).waitFor()
  return dialog
}

describe('somebody new, invited by e-mail', () => {
  it(
    'opens the link on a phone, proves the address, gives a name, and is in the company',
    async () => {
      const memberId = await hire('I1', 'Paul Neu', { email: 'paul@example.com' })
      const owners = await ownersWindow()
      await owners.goto(paths.person(company.slug, memberId))
      const dialog = await openDialog(owners, 'Paul Neu')
      expect(await dialog.getByLabel('E-mail address').inputValue()).toBe('paul@example.com')
      await expectNoViolations(owners)
      await dialog.getByRole('combobox', { name: 'Language of the message' }).selectOption('English')
      await dialog.getByRole('button', { name: 'Invite' }).click()
      await dialog.getByText('On its way to p***@example.com;').waitFor()
      await expectNoViolations(owners)
      await dialog.getByRole('button', { name: 'Done' }).click()
      await owners.getByText('Invited, not here yet').waitFor()

      const link = linkIn(await newest(owners, 'paul@example.com'))
      const page = await baton.newPage({ width: 360 })
      await page.goto(link)
      await page.getByRole('heading', { name: 'Join Acme', level: 1 }).waitFor()
      expect(page.url()).not.toContain('token')
      await expectNoSidewaysScroll(page)
      await expectNoViolations(page)
      const before = await newest(owners, 'paul@example.com')
      await page.getByRole('textbox').fill('paul@example.com')
      await page.getByRole('button', { name: 'Send code' }).click()
      const field = page.locator('input[autocomplete="one-time-code"]')
      await field.waitFor()
      await expectNoViolations(page)
      await field.fill(codeIn(await newest(owners, 'paul@example.com', before)))
      await page.getByLabel('Your name').fill('Paul Neu')
      await expectNoViolations(page)
      await page.getByRole('button', { name: 'Join Acme' }).click()
      await page.getByRole('heading', { name: 'My numbers', level: 1 }).waitFor()

      await owners.reload()
      await owners.getByRole('heading', { name: 'Paul Neu', level: 1 }).waitFor()
      await expect.poll(() => owners.getByText('Invited, not here yet').count()).toBe(0)
      const late = await baton.newPage()
      await late.goto(link)
      await late.getByRole('heading', { name: 'This invitation does not work' }).waitFor()
      await expectNoViolations(late)
    },
    journeyMs,
  )
})

describe('somebody new, invited by a text message in Chinese', () => {
  it(
    'reads everything in Chinese, mistypes the code once, and joins with a password',
    async () => {
      await hire('I2', '李雷', { mobile: '+8613912345678' })
      const owners = await ownersWindow()
      const invited = await baton.api(company.token, { method: 'GET', path: '/v1/members?search=I2' })
      const body = {
        memberId: invited.items[0].memberId,
        to: { kind: 'phone', value: '139 1234 5678' },
        language: 'zh',
      }
      await baton.api(company.token, { method: 'POST', path: '/v1/invitations', body })
      const text = await newest(owners, '+8613912345678')
      expect(text).toContain('Acme 邀请您加入')
      const page = await baton.newPage({ language: 'zh-CN', width: 360, colorScheme: 'dark' })
      await page.goto(linkIn(text))
      await page.getByRole('heading', { name: '加入Acme', level: 1 }).waitFor()
      await page.getByText('Acme的所有者邀请您使用 Baton。').waitFor()
      await expectNoSidewaysScroll(page)
      await expectNoViolations(page)
      await page.getByRole('textbox').fill('139 1234 5678')
      await page.getByRole('button', { name: '发送验证码' }).click()
      const field = page.locator('input[autocomplete="one-time-code"]')
      await field.waitFor()
      const code = codeIn(await newest(owners, '+8613912345678', text))
      await field.fill(code === '000000' ? '111111' : '000000')
      await page.getByRole('alert').first().waitFor()
      await field.fill(code)
      await page.getByLabel('您的姓名').fill('李雷')
      await page.getByRole('textbox', { name: '密码' }).fill('seven green lamps 41')
      await page.getByRole('button', { name: '加入Acme' }).click()
      await page.getByRole('heading', { name: '我的号码', level: 1 }).waitFor()
    },
    journeyMs,
  )
})

// As signing in does, from whichever page led there.
async function signInHere(page: Page, { email, password }: Company['owner']): Promise<void> {
  // The page before has a field of the same name.
  await page.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor()
  await page.getByLabel('E-mail address').fill(email)
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL((url) => url.pathname === '/invitation')
}

describe('somebody with an account', () => {
  it(
    'is asked whether to join with it, also after signing in another way, and is not two members of one company',
    async () => {
      const memberId = await hire('I3', 'Second Seat', {})
      const owners = await ownersWindow()
      await owners.goto(paths.person(company.slug, memberId))
      const dialog = await openDialog(owners, 'Second Seat')
      await dialog.getByRole('radio', { name: 'By a link that you hand over' }).check()
      await dialog.getByRole('button', { name: 'Invite' }).click()
      await dialog.getByRole('img', { name: 'QR code of the invitation link' }).waitFor()
      await expectNoViolations(owners)
      const link = await dialog.getByRole('textbox', { name: 'Invitation link' }).inputValue()
      await dialog.getByRole('button', { name: 'Done' }).click()

      const page = await baton.newPage()
      await page.goto(link)
      await page.getByRole('link', { name: 'Another way: password, passkey or the like' }).click()
      await page.waitForURL((url) => url.pathname === '/sign-in')
      await signInHere(page, company.owner)
      await page.getByText('You are signed in as 王芳.').waitFor()

      // The Owner is a member already: the same account cannot be two.
      await owners.goto(link)
      await owners.getByText('You are signed in as 王芳.').waitFor()
      await expectNoViolations(owners)
      await owners.getByRole('button', { name: 'Join as 王芳' }).click()
      await owners.getByText('Your account is another member of this company already.').waitFor()
      await owners.getByRole('button', { name: 'Use another account' }).click()
      await owners.getByRole('button', { name: 'Send code' }).waitFor()
    },
    journeyMs,
  )
})

describe('open invitations', () => {
  it(
    'stand above the people, and are sent again and taken back there',
    async () => {
      const memberId = await hire('I4', 'Nora Open', { email: 'nora@example.com' })
      const to = { kind: 'email', value: 'nora@example.com' }
      const body = { memberId, to, language: 'en' }
      await baton.api(company.token, { method: 'POST', path: '/v1/invitations', body })
      const owners = await ownersWindow()
      const first = await newest(owners, 'nora@example.com')
      await owners.goto(paths.people(company.slug))
      await owners.getByRole('button', { name: /open invitations?$/ }).click()
      await owners.getByRole('button', { name: 'Send again to Nora Open' }).click()
      await owners.getByText('The invitation of Nora Open is on its way again.').waitFor()
      const second = linkIn(await newest(owners, 'nora@example.com', first))
      await expectNoViolations(owners)
      await owners.getByRole('button', { name: 'Take back from Nora Open' }).click()
      await owners.getByText('The invitation of Nora Open is taken back.').waitFor()
      const page = await baton.newPage({ language: 'zh-CN' })
      await page.goto(second)
      await page.getByRole('heading', { name: '该邀请无效' }).waitFor()
      await expectNoViolations(page)
    },
    journeyMs,
  )
})
