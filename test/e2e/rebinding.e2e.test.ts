import type { Locator, Page } from 'playwright-core'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { paths } from '../../console/paths.ts'
import { AccountPeople, type CompanyNumber, type Employee } from './account-people.ts'
import { expectNoSidewaysScroll, expectNoViolations, serveBaton } from './browser.ts'
import { dialogOf } from './reassign-dialog.ts'

const baton = serveBaton({ BATON_OUTBOX: 'on' })
const journeyMs = 180_000

let people: AccountPeople
let slug: string
let owner: Employee
beforeAll(async () => {
  const company = await baton.setUp()
  people = new AccountPeople(baton, company)
  slug = company.slug
  owner = { ...company.owner, memberId: company.memberId, name: '王芳' }
  await people.ask('PATCH', '/v1/company', { policies: { cooldownMinutes: 0, countryChecks: {} } })
})

let owners: Page
beforeEach(async () => {
  owners = await people.openOutbox()
})

/** A number that somebody bound to their own account. */
async function boundNumber(person: Employee): Promise<CompanyNumber> {
  const number = await people.addNumber(person)
  await people.bindPhone(await people.windowOf(person), number.e164)
  return number
}

interface Scene {
  readonly former: Employee
  readonly holderId: string
  readonly number: CompanyNumber
}

/** A number of somebody new, without an account yet, that the account of a former member still has. */
async function linkedNumber(formerName: string, holderName: string): Promise<Scene> {
  const former = await people.hire(formerName)
  const number = await boundNumber(former)
  const body = { staffCode: former.memberId.slice(-8), name: holderName }
  const { memberId: holderId } = await people.ask('POST', '/v1/members', body)
  await people.ask('POST', `/v1/numbers/${number.numberId}/reassign`, { toMemberId: holderId })
  await people.ask('PATCH', `/v1/members/${former.memberId}`, { status: 'left' })
  return { former, holderId, number }
}

function blockOf(page: Page, title = 'What hangs on this number'): Locator {
  return page.getByRole('region', { name: title })
}

function says(page: Page, words: string | RegExp): Promise<void> {
  return page.getByRole('status').filter({ hasText: words }).first().waitFor()
}

async function consentInRecord(numberId: string) {
  const path = `/v1/numbers/${numberId}/rebinding`
  const { rebinding } = await people.ask('GET', path)
  const { items } = await people.ask('GET', `/v1/tasks?originId=${rebinding.rebindingId}&limit=10`)
  return { ...rebinding, kinds: items.map(({ kind }: { kind: string }) => kind).sort() }
}

describe('ACC-11 a number that an earlier account still has', () => {
  it(
    'comes free by solution 1: the chooser records the consent, opens the tasks, and the former member is asked in Baton',
    async () => {
      const { former, number } = await linkedNumber('Fiona Former', 'Nora New')
      await owners.goto(paths.number(slug, number.numberId))
      const block = blockOf(owners)
      await block.getByText('Earlier Baton account of a former member').waitFor()
      await block.getByText('An earlier account still has this number').waitFor()
      expect(await block.textContent()).not.toContain('Fiona')
      await expectNoViolations(owners)
      await block.getByRole('button', { name: 'Free this number' }).click()
      const dialog = owners.getByRole('dialog', { name: `Free ${number.written} from the earlier account` })
      const open = dialog.getByRole('button', { name: 'Open the tasks' })
      await dialog.getByRole('radio', { name: "No, it is somebody's private number" }).check()
      await dialog.getByText('Neither solution works for a private number').waitFor()
      expect(await open.isDisabled()).toBe(true)
      await dialog.getByRole('radio', { name: 'Yes, the company owns it' }).check()
      await dialog.getByRole('radio', { name: 'Yes, the person can be reached and can sign in' }).check()
      await dialog.getByRole('checkbox', { name: 'The former member agrees to delete the account' }).check()
      expect(await open.isDisabled()).toBe(true)
      await dialog.getByLabel('Who agreed').fill('Fiona Former')
      await dialog.getByText('Solution 1: the former member deletes the account').waitFor()
      await expectNoViolations(owners)
      await open.click()
      await says(owners, 'The tasks are open')
      await block.getByText(/Fiona Former agreed on/).waitFor()
      const tasks = block.getByRole('list', { name: 'What people have to do' })
      await tasks
        .getByRole('link', { name: `Delete your Baton account so that ${number.written} is free` })
        .waitFor()
      await tasks.getByRole('link', { name: `Bind ${number.written} once it is free` }).waitFor()
      expect(await consentInRecord(number.numberId)).toMatchObject({
        solution: 'former_deletes',
        state: 'open',
        consentBy: 'Fiona Former',
        kinds: ['rebinding.bind_afterwards', 'rebinding.delete_account'],
      })
      await expectNoViolations(owners)

      await block.getByRole('button', { name: 'Ask Fiona Former to delete the account…' }).click()
      const asking = owners.getByRole('dialog', { name: 'Ask Fiona Former to delete the account' })
      await expect
        .poll(() => asking.getByRole('textbox', { name: 'Reason' }).inputValue())
        .toContain(number.written)
      await expectNoViolations(owners)
      await asking.getByRole('button', { name: 'Ask', exact: true }).click()
      await says(owners, 'Fiona Former is asked to delete the account.')
      await block.getByText(/Fiona Former was asked on .* and has not answered yet/).waitFor()
      expect(await people.newest(former.email)).toContain('Acme')

      await block.getByRole('link', { name: 'See what was asked' }).click()
      const asked = owners.getByRole('region', { name: 'Asked to delete the account' })
      await asked.getByText('No answer yet').waitFor()
      await asked.getByText(/, by 王芳/).waitFor()
      await expectNoViolations(owners)
      await asked.getByRole('button', { name: 'Withdraw' }).click()
      await asked.getByText('Withdrawn', { exact: true }).waitFor()
    },
    journeyMs,
  )

  it(
    'comes free by solution 2, in Chinese on a phone: the holder is invited by a temporary identifier',
    async () => {
      const { number } = await linkedNumber('冯以前', '李新来')
      const page = await people.windowOf(owner, { language: 'zh-CN', width: 360, colorScheme: 'dark' })
      await page.goto(`${paths.number(slug, number.numberId)}?rebind=1`)
      const dialog = page.getByRole('dialog', { name: `解除 ${number.written} 与旧账号的绑定` })
      await dialog.getByRole('radio', { name: '是，归公司所有' }).check()
      await dialog.getByRole('radio', { name: '不能，或情况不明' }).check()
      await dialog.getByText('方案二：由新成员接管号码').waitFor()
      await expectNoViolations(page)
      await expectNoSidewaysScroll(page)
      await dialog.getByRole('button', { name: '创建事项' }).click()
      await says(page, '事项已创建')
      const block = blockOf(page, '绑定此号码的账号')
      await block.getByRole('list', { name: '待办事项' }).getByRole('listitem').nth(1).waitFor()
      expect(await consentInRecord(number.numberId)).toMatchObject({
        solution: 'take_over',
        consentBy: null,
        kinds: ['rebinding.change_mobile', 'rebinding.invite'],
      })
      await expectNoViolations(page)
      await expectNoSidewaysScroll(page)
      await block.getByRole('button', { name: '邀请李新来…' }).click()
      await page
        .getByRole('dialog', { name: /李新来/ })
        .getByRole('radio')
        .first()
        .waitFor()
      await expectNoViolations(page)
    },
    journeyMs,
  )

  it(
    'is planned while its holder still has it: the page says the order, passes the number on, and then asks the questions',
    async () => {
      const leaver = await people.hire('Lena Leaving')
      const heir = await people.hire('Hugo Heir')
      const number = await boundNumber(leaver)
      await people.ask('PATCH', `/v1/members/${leaver.memberId}`, { status: 'leaving' })
      const page = await people.windowOf(owner, { width: 360 })
      await page.goto(paths.number(slug, number.numberId))
      await blockOf(page).getByRole('button', { name: 'When Lena Leaving leaves…' }).click()
      const dialog = page.getByRole('dialog', { name: `Free ${number.written} from the earlier account` })
      await dialog.getByText('Give the number a new holder').waitFor()
      await dialog.getByRole('link', { name: 'Hand over what Lena Leaving holds' }).waitFor()
      await expectNoViolations(page)
      await expectNoSidewaysScroll(page)
      await dialog.getByRole('button', { name: 'Pass on this number only' }).click()
      const passing = dialogOf(page)
      await passing.dialog.getByRole('combobox', { name: 'To', exact: true }).fill('Hugo Heir')
      await passing.dialog.getByRole('option', { name: /^Hugo Heir/ }).click()
      await passing.send('Reassign to Hugo Heir')
      await dialog.getByRole('radio', { name: 'Yes, the company owns it' }).check()
      await dialog.getByRole('radio', { name: 'No, or nobody knows' }).check()
      await dialog.getByRole('button', { name: 'Open the tasks' }).click()
      await says(page, 'The tasks are open')
      expect(await consentInRecord(number.numberId)).toMatchObject({
        solution: 'take_over',
        forMemberId: heir.memberId,
      })
      await blockOf(page).getByText('An earlier account still has this number').waitFor()
      await expectNoViolations(page)
    },
    journeyMs,
  )

  it(
    'is led to from a handover: before it, the plan says to pass it on first; afterwards each number has its chooser',
    async () => {
      const leaver = await people.hire('Leo Leaving')
      const heir = await people.hire('Hana Heir')
      const number = await boundNumber(leaver)
      const { handoverId } = await people.ask('POST', '/v1/handovers', {
        leaverId: leaver.memberId,
        defaultSuccessorId: heir.memberId,
      })
      await owners.goto(paths.handover(slug, handoverId))
      await owners.getByRole('link', { name: 'Free it from the account: which solution?' }).click()
      const dialog = owners.getByRole('dialog', { name: `Free ${number.written} from the earlier account` })
      await dialog.getByText('Leo Leaving holds this number and uses it in the own account').waitFor()
      await dialog.getByText('A handover of Leo Leaving is under way').waitFor()
      await expectNoViolations(owners)
      await dialog.getByRole('link', { name: 'Open the handover' }).click()
      await owners.waitForURL((url) => url.pathname === paths.handover(slug, handoverId))
      const { planHash } = await people.ask('POST', `/v1/handovers/${handoverId}/plan`)
      await people.ask('POST', `/v1/handovers/${handoverId}/run`, { planHash })
      const linked = owners.getByRole('region', { name: 'Numbers that an earlier account still has' })
      await linked.waitFor({ timeout: 60_000 })
      await expectNoViolations(owners)
      await linked.getByRole('link', { name: 'Which solution?' }).click()
      await owners.getByRole('dialog', { name: /^Free / }).waitFor()
    },
    journeyMs,
  )
})

describe('ACC-1 what an Admin can do about an account', () => {
  it(
    'is said on the page of the person, and ending the sessions ends them in this company',
    async () => {
      const anna = await people.hire('Anna Abt')
      const hers = await people.windowOf(anna)
      const asks = () => hers.request.get('/v1/me', { headers: { 'baton-company': slug } })
      expect((await asks()).status()).toBe(200)
      await owners.goto(`${paths.person(slug, anna.memberId)}?tab=account`)
      const can = owners.getByRole('region', { name: 'What an Admin can do' })
      await can.getByText('no Admin can delete it, change it or sign in with it').waitFor()
      for (const way of ['End the membership', 'End the sessions', 'Ask the person', 'Reassign what'])
        await can.getByText(way).first().waitFor()
      await expectNoViolations(owners)
      await can.getByRole('button', { name: 'End sessions in this company…' }).click()
      const dialog = owners.getByRole('dialog', { name: 'End the sessions of Anna Abt in this company' })
      await expectNoViolations(owners)
      await dialog.getByRole('button', { name: 'End sessions' }).click()
      await says(owners, 'The sessions of Anna Abt in this company are ended.')
      expect((await asks()).status()).toBe(401)
      expect((await hers.request.get('/v1/account')).status()).toBe(200)
    },
    journeyMs,
  )

  it(
    'is for Owners and Admins only, and said in Chinese as well',
    async () => {
      const anna = await people.hire('安娜')
      const page = await people.windowOf(owner, { language: 'zh-CN', width: 360 })
      await page.goto(`${paths.person(slug, anna.memberId)}?tab=account`)
      const can = page.getByRole('region', { name: '管理员可以做什么' })
      await can.getByText('管理员无法注销、更改或登录该账号').waitFor()
      await expectNoViolations(page)
      await expectNoSidewaysScroll(page)
      const auditor = await people.hire('Aurel Auditor')
      await people.ask('PATCH', `/v1/members/${auditor.memberId}`, { role: 'auditor' })
      const other = await people.windowOf(auditor)
      await other.goto(`${paths.person(slug, anna.memberId)}?tab=account`)
      await other.getByRole('tab', { name: 'Profile' }).waitFor()
      expect(await other.getByRole('tab', { name: 'Account' }).count()).toBe(0)
      expect(await other.getByText('What an Admin can do').count()).toBe(0)
    },
    journeyMs,
  )
})
