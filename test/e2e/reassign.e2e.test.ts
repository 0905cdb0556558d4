import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { paths } from '../../console/paths.ts'
import { expectNoViolations, serveBaton } from './browser.ts'
import { openReassign } from './reassign-dialog.ts'
import {
  type Colleague,
  type Line,
  type Message,
  type StaffedCompany,
  setUpStaffed,
} from './staffed-company.ts'

const baton = serveBaton()
const startMs = 60_000
const lossMs = 2_000

let staff: StaffedCompany
let lena: Colleague
let zhangSan: Colleague
let admin: Colleague
beforeAll(async () => {
  staff = await setUpStaffed(baton)
  lena = await staff.hire('Lena Vogt')
  zhangSan = await staff.hire('张三')
  admin = await staff.hire('Noah Admin', 'admin')
}, startMs)

/** The page of a member's own number with a conversation open in it. */
async function openConversation(person: Colleague, line: Line, message: Message): Promise<Page> {
  const page = await staff.windowOf(person, paths.myNumber(staff.slug, line.numberId))
  await page.getByRole('list', { name: 'Conversations' }).getByRole('button').first().click()
  await page.getByRole('region', { name: 'Conversation', exact: true }).getByText(message.text).waitFor()
  return page
}

/** What of a message is anywhere in the document, seen or unseen. */
async function tracesIn(page: Page, { text, otherName, otherParty }: Message): Promise<string[]> {
  const [document, address] = [await page.content(), decodeURIComponent(page.url())]
  const digits = otherParty.slice(-8)
  return [text, otherName, otherParty, digits].filter(
    (one) => document.includes(one) || address.includes(one),
  )
}

interface Passed {
  readonly line: Line
  readonly before: Message
  readonly ownerPage: Page
}

/** Passes a number of Lena's to Zhang San, while she reads it; proves that she has lost it at once. */
async function passOn(history: 'Keep' | 'Hide' | 'Delete', words: string): Promise<Passed> {
  const line = await staff.addNumber(lena)
  const before = await staff.receive(line, words)
  const lenasPage = await openConversation(lena, line, before)
  await lenasPage.evaluate(() => Object.assign(window, { isSamePage: true }))
  const move = await openReassign(staff, line)
  await move.choose(zhangSan)
  await move.dialog.getByRole('radio', { name: history, exact: true }).check()
  if (history === 'Delete')
    await move.dialog.getByRole('textbox', { name: 'Reason' }).fill('Customer asked for it')
  expect(await tracesIn(lenasPage, before)).not.toEqual([])
  await move.send('Reassign to 张三')
  await expect
    .poll(() => tracesIn(lenasPage, before), {
      timeout: lossMs,
      interval: 50,
      message: 'left of the records',
    })
    .toEqual([])
  await lenasPage.getByRole('heading', { name: 'You do not hold this number', level: 1 }).waitFor()
  await lenasPage
    .getByText(/^This number passed to somebody else at .+; you can no longer see it\.$/)
    .waitFor()
  expect(await lenasPage.evaluate(() => 'isSamePage' in window), 'without a reload').toBe(true)
  await expectNoViolations(lenasPage)
  expect(await tracesIn(lenasPage, before)).toEqual([])
  await expectNothingBehind(lenasPage, { line, before, ownerPage: move.page })
  return { line, before, ownerPage: move.page }
}

// Neither the way back nor the address itself brings anything of it back.
async function expectNothingBehind(page: Page, { line, before }: Passed): Promise<void> {
  await page.goto(paths.myNumber(staff.slug, line.numberId))
  await page.getByRole('heading', { name: 'You do not hold this number', level: 1 }).waitFor()
  await page.getByRole('link', { name: 'Back to my numbers' }).click()
  await page.getByRole('heading', { name: 'My numbers', level: 1 }).waitFor()
  await page.getByText('You hold no number').waitFor()
  await page.goBack()
  await page.getByRole('heading', { name: 'You do not hold this number', level: 1 }).waitFor()
  expect(await tracesIn(page, before)).toEqual([])
}

describe('NUM-5 NUM-6 a number is reassigned while its holder reads it', () => {
  it('with its history kept: the new holder sees what was there before', async () => {
    const { line, before, ownerPage } = await passOn('Keep', 'Please call about the roof')
    await ownerPage
      .getByRole('status')
      .filter({ hasText: `${line.written} now belongs to 张三.` })
      .waitFor()
    const zhangsPage = await openConversation(zhangSan, line, before)
    await expectNoViolations(zhangsPage)
    await expectNoViolations(ownerPage)
  })

  it('with its history hidden: the new holder sees only what comes from then on', async () => {
    const { line, before } = await passOn('Hide', 'The invoice is wrong')
    const page = await staff.windowOf(zhangSan, paths.myNumber(staff.slug, line.numberId))
    await page.getByRole('heading', { name: line.written, level: 1 }).waitFor()
    await page.getByText('No records yet').waitFor()
    expect(await tracesIn(page, before)).toEqual([])
    await expectNoViolations(page)
    const later = await staff.receive(line, 'Anybody new there?')
    const again = await openConversation(zhangSan, line, later)
    expect(await tracesIn(again, before)).toEqual([])
    // The company keeps it: whoever may read it with a reason still can.
    const ownersPage = await staff.windowOf(
      staff.owner,
      `${paths.number(staff.slug, line.numberId)}?tab=records`,
    )
    await ownersPage.getByLabel('Why do you read this?').fill('Complaint about the invoice')
    await ownersPage.getByRole('button', { name: 'Show the contents' }).click()
    await ownersPage.getByRole('button', { name: new RegExp(before.otherName) }).click()
    await ownersPage.getByText(before.text).waitFor()
  })

  it('with its history deleted: it is hidden at once, and a second person is asked', async () => {
    const { line, before, ownerPage } = await passOn('Delete', 'My account is 4711')
    await ownerPage.getByRole('dialog').getByText('张三 has the number').waitFor()
    await expectNoViolations(ownerPage)
    const page = await staff.windowOf(zhangSan, paths.myNumber(staff.slug, line.numberId))
    await page.getByText('No records yet').waitFor()
    expect(await tracesIn(page, before)).toEqual([])
    await ownerPage.getByRole('dialog').getByRole('link', { name: 'Open the request' }).click()
    await expectOwnRequestRefused(ownerPage, line)
    const second = await staff.windowOf(admin, paths.requests(staff.slug))
    const request = second.getByRole('listitem').filter({ hasText: `Delete the history of ${line.written}` })
    await request.getByText('Customer asked for it').waitFor()
    await expectNoViolations(second)
    await request.getByRole('button', { name: 'Approve the deletion' }).click()
    await second.getByRole('dialog').getByRole('button', { name: 'Approve the deletion' }).click()
    await second.getByRole('status').filter({ hasText: 'Approved.' }).waitFor()
    await ownerPage.getByText(/^Approved by Noah Admin, /).waitFor()
  })
})

/** Whoever asked may not approve it. */
async function expectOwnRequestRefused(page: Page, line: Line): Promise<void> {
  await page.getByRole('heading', { name: `Delete the history of ${line.written}` }).waitFor()
  await page.getByRole('button', { name: 'Approve the deletion' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Approve the deletion' }).click()
  await dialog.getByRole('alert').waitFor()
  await expectNoViolations(page)
  await dialog.getByRole('button', { name: 'Cancel' }).click()
}

describe('before a number is reassigned', () => {
  it('NUM-5 the effect names who loses it, who gains it, and how many records become visible', async () => {
    const line = await staff.addNumber(lena)
    await staff.receive(line, 'First')
    await staff.receive(line, 'Second')
    const { choose, dialog, effect, page } = await openReassign(staff, line)
    await dialog.getByText('Lena Vogt holds it now.').waitFor()
    await effect.getByText('Choose who is to have the number to see what will happen.').waitFor()
    await choose(zhangSan)
    await effect.getByText('Lena Vogt loses access at once.').waitFor()
    await effect.getByText('张三 has the number at once.').waitFor()
    await effect.getByText('2 records of the past become visible to 张三.').waitFor()
    await effect.getByText('The number keeps its licence.').waitFor()
    await expectNoViolations(page)
    await dialog.getByRole('radio', { name: 'Hide', exact: true }).check()
    await effect.getByText('2 records stay with the company, hidden from 张三.').waitFor()
    await choose(admin)
    await effect.getByText('Noah Admin has the number at once.').waitFor()
    expect(await effect.getByText('张三').count()).toBe(0)
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await dialog.waitFor({ state: 'hidden' })
    expect(await staff.holderOf(line)).toBe('Lena Vogt')
  })

  it('NUM-5 deleting the history asks for a reason first, at its field', async () => {
    const line = await staff.addNumber(lena)
    const { choose, dialog } = await openReassign(staff, line)
    await choose(zhangSan)
    await dialog.getByRole('radio', { name: 'Delete', exact: true }).check()
    await dialog.getByRole('button', { name: 'Reassign to 张三' }).click()
    await dialog.getByText('Say why the history is to be deleted.').waitFor()
    expect(await dialog.getByRole('textbox', { name: 'Reason' }).getAttribute('aria-invalid')).toBe('true')
    expect(await staff.holderOf(line)).toBe('Lena Vogt')
  })

  it('NUM-9 somebody else moves it meanwhile: the move is refused, and shown anew', async () => {
    const line = await staff.addNumber(lena)
    const { choose, dialog, effect } = await openReassign(staff, line)
    await choose(zhangSan)
    await effect.getByText('Lena Vogt loses access at once.').waitFor()
    await staff.move(line, admin)
    await dialog.getByText('Somebody else moved this number in the meantime').waitFor()
    await dialog.getByRole('button', { name: 'Look again' }).click()
    await effect.getByText('Noah Admin loses access at once.').waitFor()
    await dialog.getByText('Noah Admin holds it now.').waitFor()
    await dialog.getByRole('button', { name: 'Reassign to 张三' }).click()
    await dialog.waitFor({ state: 'hidden' })
    expect(await staff.holderOf(line)).toBe('张三')
  })
})
