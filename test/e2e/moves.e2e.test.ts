import type { Page } from 'playwright-core'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { paths } from '../../console/paths.ts'
import { createFormat } from '../../console/ui/format.ts'
import { expectNoViolations, serveBaton } from './browser.ts'
import { dialogOf, openReassign } from './reassign-dialog.ts'
import { type Colleague, type Line, type StaffedCompany, setUpStaffed } from './staffed-company.ts'

const baton = serveBaton()
const startMs = 60_000
const minuteMs = 60_000
/** A minute until it is due, and some for a busy machine. */
const dueMs = 120_000
const patienceMs = 15_000
const write = createFormat('en', 'Asia/Shanghai')

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
beforeEach(() => staff.setPolicies({ cooldownMinutes: 0 }))

/** The lines of the custody table, newest first. */
async function expectCustody(page: Page, newest: readonly string[], timeout = patienceMs): Promise<void> {
  const rows = page.getByRole('table', { name: 'Custody of the number, newest first' }).getByRole('row')
  await expect
    .poll(async () => (await rows.allTextContents()).slice(1, newest.length + 1), { timeout })
    .toEqual(newest.map((words) => expect.stringMatching(words)))
}

function says(page: Page, words: string | RegExp) {
  return page.getByRole('status').filter({ hasText: words })
}

describe('NUM-3 whoever holds as many numbers as the subscription allows', () => {
  it('is shown with the reason and cannot be chosen, until the Owner upgrades', async () => {
    const full = await staff.hire('Emil Voll')
    for (const _ of [1, 2, 3, 4, 5]) await staff.addNumber(full)
    const line = await staff.addNumber(lena)
    const { page, dialog, effect } = await openReassign(staff, line)
    await dialog.getByRole('combobox', { name: 'To', exact: true }).fill('Emil')
    const option = dialog.getByRole('option', { name: /^Emil Voll/ })
    await option.getByText('Emil Voll has 5 numbers, and the subscription allows 5 per person').waitFor()
    expect(await option.getAttribute('aria-disabled')).toBe('true')
    await expectNoViolations(page)
    // Not by the mouse, not by the keys.
    await option.click({ force: true })
    const refused = dialog.getByRole('alert')
    await refused.getByText('Emil Voll has 5 numbers, and the subscription allows 5 per person').waitFor()
    await refused.getByRole('link', { name: 'Remove one of their numbers' }).waitFor()
    await effect.getByText('Choose who is to have the number to see what will happen.').waitFor()
    await dialog.getByRole('button', { name: 'Reassign', exact: true }).click()
    await dialog.getByText('Choose who is to have the number.', { exact: true }).waitFor()
    expect(await staff.holderOf(line)).toBe('Lena Vogt')
    await expectNoViolations(page)
    await refused.getByRole('link', { name: 'Upgrade the subscription' }).click()
    await upgrade(page)
    await page.goBack()
    await giveTo(page, line, full)
  })

  it('an Admin is told that only an Owner can upgrade', async () => {
    const full = await staff.hire('Ida Voll')
    for (const _ of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) await staff.addNumber(full)
    const line = await staff.addNumber(lena)
    const { dialog, page } = await openReassign(staff, line, admin)
    await dialog.getByRole('combobox', { name: 'To', exact: true }).fill('Ida')
    await dialog.getByRole('option', { name: /^Ida Voll/ }).click({ force: true })
    await dialog.getByRole('alert').getByText('Only an Owner can upgrade the subscription.').waitFor()
    expect(await dialog.getByRole('link', { name: 'Upgrade the subscription' }).count()).toBe(0)
    await expectNoViolations(page)
  })
})

async function upgrade(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'Subscription', level: 1 }).waitFor()
  await page.getByText('Up to 5 numbers a person', { exact: true }).first().waitFor()
  await page.getByRole('radio', { name: 'Advanced' }).check()
  await page.getByRole('button', { name: 'Change the subscription' }).click()
  await says(page, 'The subscription is Advanced now.').waitFor()
  await expectNoViolations(page)
}

async function giveTo(page: Page, line: Line, recipient: Colleague): Promise<void> {
  const { dialog, effect, choose, send } = dialogOf(page)
  if ((await dialog.count()) === 0) await page.getByRole('button', { name: 'Reassign…' }).click()
  await choose(recipient)
  await effect.getByText(`${recipient.name} then has 6 of 10 numbers.`).waitFor()
  await send(`Reassign to ${recipient.name}`)
  await says(page, `${line.written} now belongs to ${recipient.name}.`).waitFor()
  expect(await staff.holderOf(line)).toBe(recipient.name)
}

describe('NUM-4 a number that cools down', () => {
  it('is refused for now to an Admin, who is offered the end of it and schedules that', async () => {
    await staff.setPolicies({ cooldownMinutes: 30 })
    const line = await staff.addNumber(lena)
    const end = write.time(await staff.availableAt(line))
    const { page, dialog, effect, choose, send } = await openReassign(staff, line, admin)
    const now = dialog.getByRole('radio', { name: 'Now' })
    expect(await now.isDisabled()).toBe(true)
    await dialog
      .getByText('Not yet: it was moved a short while ago. Only an Owner may override that.')
      .waitFor()
    const earliest = dialog.getByRole('radio', { name: `As soon as it can, at ${end}` })
    expect(await earliest.isChecked()).toBe(true)
    expect(await dialog.getByRole('timer').textContent()).toMatch(/^(29|30):\d\d$/)
    await choose(zhangSan)
    await effect.getByText(new RegExp(`^Waits until .+ ${end}, then happens by itself\\.$`)).waitFor()
    await effect.getByText(new RegExp(`^Lena Vogt loses access on .+ ${end}\\.$`)).waitFor()
    await effect.getByText(new RegExp(`^张三 has the number from .+ ${end}\\.$`)).waitFor()
    await expectNoViolations(page)
    await send('Schedule for 张三')
    await dialog.getByText(new RegExp(`^张三 gets the number on .+ ${end}$`)).waitFor()
    await expectNoViolations(page)
    await dialog.getByRole('button', { name: 'Close', exact: true }).last().click()
    await page.getByText('On its way to 张三').waitFor()
    expect(await staff.holderOf(line)).toBe('Lena Vogt')
    expect(await page.getByRole('button', { name: 'Reassign…' }).count()).toBe(0)
  })

  it('is refused where the screen did not know of it yet, and the refusal offers both ways', async () => {
    const line = await staff.addNumber(lena)
    const { page, dialog, choose, effect, send } = await openReassign(staff, line)
    await choose(zhangSan)
    await effect.getByText('Lena Vogt loses access at once.').waitFor()
    const knowAgain = await keepAsItIs(page, line)
    await staff.setPolicies({ cooldownMinutes: 30 })
    await dialog.getByRole('button', { name: 'Reassign to 张三' }).click()
    const refused = dialog.getByRole('alert')
    await refused.getByText(/^The number was moved a short while ago and can move from /).waitFor()
    await refused.getByRole('button', { name: 'Override with a reason' }).waitFor()
    await expectNoViolations(page)
    expect(await staff.holderOf(line)).toBe('Lena Vogt')
    await knowAgain()
    await refused.getByRole('button', { name: 'Move it as soon as it can' }).click()
    await send('Schedule for 张三')
    await dialog.getByText(/^张三 gets the number on /).waitFor()
    await expectNoViolations(page)
  })

  it('moves at once when an Owner says why it cannot wait, and the ledger keeps that', async () => {
    await staff.setPolicies({ cooldownMinutes: 30 })
    const line = await staff.addNumber(lena)
    const { page, dialog, effect, choose, send } = await openReassign(staff, line)
    await choose(zhangSan)
    await dialog.getByRole('radio', { name: 'Now' }).check()
    await dialog.getByRole('button', { name: 'Reassign to 张三' }).click()
    await dialog.getByText('Say why it cannot wait.').waitFor()
    expect(await staff.holderOf(line)).toBe('Lena Vogt')
    await dialog.getByRole('textbox', { name: 'Why it cannot wait' }).fill('A caller is waiting')
    await effect.getByText('Lena Vogt loses access at once.').waitFor()
    await expectNoViolations(page)
    await send('Reassign to 张三')
    await says(page, `${line.written} now belongs to 张三.`).waitFor()
    await expectCustody(page, ['^张三.*nowreassigned by 王芳$', '^Lena Vogt'])
    await page.getByRole('tab', { name: 'Audit' }).click()
    await page.getByText('The cool-down was overridden.').waitFor()
    await page.getByText('A caller is waiting').first().waitFor()
    await expectNoViolations(page)
  })
})

/** Lets a window see the number as it is now whatever happens to it, until what is returned is called. */
async function keepAsItIs(page: Page, { numberId }: Line): Promise<() => Promise<void>> {
  const address = `**/v1/numbers/${numberId}`
  const answer = await page.request.get(`/v1/numbers/${numberId}`, {
    headers: { 'baton-company': staff.slug },
  })
  const json: unknown = await answer.json()
  await page.route(address, (route) => route.fulfill({ json }))
  return () => page.unroute(address)
}

describe('NUM-11 a move for later', () => {
  it('is scheduled for a date, waits where everybody sees it, and is cancelled', async () => {
    const line = await staff.addNumber(lena)
    const { page, dialog, effect, choose, send } = await openReassign(staff, line)
    await choose(zhangSan)
    await dialog.getByRole('radio', { name: 'At a date and time' }).check()
    await dialog.getByLabel('Moves at').fill('2031-03-04T10:30')
    await dialog.getByText("Times are those of Asia/Shanghai, yours and the company's.").waitFor()
    await effect.getByText('Lena Vogt loses access on 4 Mar 2031, 10:30.').waitFor()
    await expectNoViolations(page)
    await send('Schedule for 张三')
    await dialog.getByRole('link', { name: 'Waiting moves' }).click()
    await page.getByRole('heading', { name: 'Waiting moves', level: 1 }).waitFor()
    const row = page.getByRole('row').filter({ hasText: line.written })
    await row.getByText('4 Mar 2031, 10:30').waitFor()
    await row.getByRole('link', { name: line.written }).click()
    await page.getByText('On its way to 张三').waitFor()
    const lenasPage = await staff.windowOf(lena, paths.myNumber(staff.slug, line.numberId))
    await lenasPage.getByText('Passes to 张三 on 4 Mar 2031, 10:30').waitFor()
    await page.getByRole('button', { name: 'Cancel the move' }).click()
    await says(page, `Cancelled: ${line.written} does not move to 张三.`).waitFor()
    await page.getByText('On its way to 张三').waitFor({ state: 'hidden' })
    await lenasPage.getByText(/^Passes to 张三/).waitFor({ state: 'hidden' })
    expect(await staff.holderOf(line)).toBe('Lena Vogt')
  })

  it(
    'happens by itself when its time has come: one that cooled down, and the return of a loan',
    async () => {
      await staff.setPolicies({ cooldownMinutes: 1 })
      const cooling = await staff.addNumber(lena)
      const first = await openReassign(staff, cooling)
      await first.choose(zhangSan)
      await first.send('Schedule for 张三')
      await first.dialog.getByRole('button', { name: 'Close', exact: true }).last().click()
      await staff.setPolicies({ cooldownMinutes: 0 })
      const lent = await staff.addNumber(lena)
      const loan = await lend(lent)
      await expectCustody(first.page, ['^张三.*nowreassigned by ', '^Lena Vogt'], dueMs)
      await loan.getByText(/^On loan: /).waitFor({ state: 'hidden', timeout: dueMs })
      await expectCustody(loan, ['^Lena Vogt.*nowreturned by ', '^张三.*lent by 王芳$', '^Lena Vogt'])
      await expectNoViolations(loan)
    },
    startMs + 2 * dueMs,
  )
})

/** Lends the number to Zhang San until a minute that begins soon. */
async function lend(line: Line): Promise<Page> {
  const returnAt = new Date(Math.ceil((Date.now() + minuteMs / 2) / minuteMs) * minuteMs)
  const local = new Date(returnAt.getTime() + 8 * 60 * minuteMs).toISOString().slice(0, 16)
  const { page, dialog, effect, choose, send } = await openReassign(staff, line)
  await choose(zhangSan)
  await dialog.getByRole('checkbox', { name: 'Lend it' }).check()
  expect(await dialog.getByRole('radio', { name: 'Delete', exact: true }).isDisabled()).toBe(true)
  await dialog.getByLabel('Comes back at').fill(local)
  const back = write.dateTime(returnAt.toISOString())
  await effect.getByText(`It comes back by itself on ${back}.`).waitFor()
  await send('Lend to 张三')
  await says(page, `${line.written} is lent to 张三.`).waitFor()
  await page.getByText(`On loan: goes back to Lena Vogt on ${back}`).waitFor()
  return page
}

describe('NUM-11 a move that was a mistake is undone', () => {
  it('from the message about it', async () => {
    const line = await staff.addNumber(lena)
    const { page, choose, send } = await openReassign(staff, line)
    await choose(zhangSan)
    await send('Reassign to 张三')
    const done = says(page, `${line.written} now belongs to 张三.`)
    await expectCustody(page, ['^张三.*nowreassigned by 王芳$'])
    await done.getByRole('button', { name: 'Undo' }).click()
    await says(page, `Undone: ${line.written} is with Lena Vogt again.`).waitFor()
    await expectCustody(page, ['^Lena Vogt.*nowundone by 王芳$', '^张三.*reassigned by 王芳$', '^Lena Vogt'])
    expect(await staff.holderOf(line)).toBe('Lena Vogt')
    await expectNoViolations(page)
  })

  it('from the menu of its row, which says why where there is nothing to undo', async () => {
    const line = await staff.addNumber(lena)
    await staff.move(line, zhangSan)
    const page = await staff.windowOf(staff.owner, `${paths.numbers(staff.slug)}?q=${line.e164.slice(-6)}`)
    const row = page.getByRole('row').filter({ hasText: line.written })
    await row.getByRole('link', { name: '张三' }).waitFor()
    const actions = row.getByRole('button', { name: `Actions for ${line.written}` })
    await actions.click()
    await expectNoViolations(page)
    await page.getByRole('menuitem', { name: 'Undo the last move' }).click()
    await says(page, `Undone: ${line.written} is with Lena Vogt again.`).waitFor()
    await row.getByRole('link', { name: 'Lena Vogt' }).waitFor()
    await actions.click()
    const off = page.getByRole('menuitem', { name: 'Undo the last move' })
    await off.getByText('No move inside the undo window.').waitFor()
    expect(await off.getAttribute('aria-disabled')).toBe('true')
    await page.getByRole('menuitem', { name: 'Who held it' }).click()
    await expectCustody(page, ['^Lena Vogt.*nowundone by 王芳$', '^张三', '^Lena Vogt'])
  })

  it('after it was taken back: parking offers Undo, too', async () => {
    const line = await staff.addNumber(lena)
    const page = await staff.windowOf(staff.owner, paths.number(staff.slug, line.numberId))
    await page.getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitem', { name: 'Park', exact: true }).click()
    const done = says(page, `${line.written} is parked. Lena Vogt has no access any more.`)
    await done.waitFor()
    expect(await staff.holderOf(line)).toBeNull()
    await done.getByRole('button', { name: 'Undo' }).click()
    await says(page, `Undone: ${line.written} is with Lena Vogt again.`).waitFor()
    await expectCustody(page, ['^Lena Vogt.*nowundone by 王芳$', '^Parked', '^Lena Vogt'])
  })
})
