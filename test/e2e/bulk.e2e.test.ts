import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { paths } from '../../console/paths.ts'
import { type Company, expectFocus, expectNoViolations, serveBaton } from './browser.ts'
import { addManyNumbers } from './many-numbers.ts'
import { type Colleague, StaffedCompany } from './staffed-company.ts'

const baton = serveBaton()
const numbers = 500
const fillMs = 180_000
const journeyMs = 240_000
// The second portion comes a minute after the first; the machine may have much else to do.
const portionMs = 100_000

let company: Company
let staff: StaffedCompany
let li: Colleague
let chen: Colleague
beforeAll(async () => {
  company = await baton.setUp()
  staff = new StaffedCompany(baton, company)
  li = await staff.hire('Li Na')
  chen = await staff.hire('Chen Jie')
  await staff.hire('Wu Lei')
  await addManyNumbers(baton, company, { first: 5_550_000, count: numbers, holder: li })
}, fillMs)

describe('many numbers of one person', () => {
  it(
    'are chosen by a filter, planned, started, paused in the middle, found there again and resumed (NUM-8)',
    async () => {
      await staff.setPolicies({ maxBatchSize: 250, minBatchGapMinutes: 1 })
      const page = await staff.windowOf(staff.owner, paths.home(staff.slug))
      await chooseAllOf(page, li, numbers)
      await planTo(page, chen, numbers)
      await expectNoViolations(page)
      await page.getByRole('button', { name: 'Reassign 500 numbers', exact: true }).click()
      await expectProgress(page, '250 of 500 done')

      await page.getByRole('button', { name: 'Pause' }).click()
      await expectState(page, 'Paused')
      await page.reload()
      await expectState(page, 'Paused')
      await expectProgress(page, '250 of 500 done')
      await expectNoViolations(page)

      await page.getByRole('button', { name: 'Resume' }).click()
      await expectState(page, 'Running')
      await page.reload()
      await expectProgress(page, '500 of 500 done')
      await page.getByText('The batch is done: 500 of 500.').waitFor()
      await expectState(page, 'Done')
    },
    journeyMs,
  )

  it(
    'are cancelled in the middle, and a new run moves the rest (NUM-8)',
    async () => {
      await staff.setPolicies({ maxBatchSize: 50, minBatchGapMinutes: 1 })
      const page = await staff.windowOf(staff.owner, paths.home(staff.slug))
      await chooseAllOf(page, chen, numbers)
      await planTo(page, li, numbers)
      await page.getByRole('button', { name: 'Reassign 500 numbers', exact: true }).click()
      // The outside system rests between the portions of two batches, too.
      await expectProgress(page, '50 of 500 done')
      await cancelTheRest(page)
      await expectState(page, 'Cancelled')
      await expectProgress(page, '50 of 500 done')
      await expectResults(page, { fact: 'Left as they were', filter: 'Left as it was', count: 450 })

      await staff.setPolicies({ maxBatchSize: null, minBatchGapMinutes: 0 })
      await chooseAllOf(page, chen, 450)
      await planTo(page, li, 450)
      await page.getByRole('button', { name: 'Reassign 450 numbers', exact: true }).click()
      await expectProgress(page, '450 of 450 done')
      await expectState(page, 'Done')
      await expectResults(page, { fact: 'Done', filter: 'Done', count: 450 })
      expect(await resultsAsFile(page)).toHaveLength(450)
      const { total } = await baton.api(company.token, {
        method: 'GET',
        path: `/v1/numbers/count?holderId=${li.memberId}`,
      })
      expect(total).toBe(numbers)
    },
    journeyMs,
  )
})

describe('a list that is pasted', () => {
  it('with a bad line is corrected where it stands and started', async () => {
    const page = await staff.windowOf(staff.owner, paths.home(staff.slug))
    await page.getByRole('link', { name: 'Batches' }).click()
    await page.getByRole('link', { name: 'New batch' }).first().click()
    await page
      .getByLabel('Or paste the text')
      .fill('number,name\n+49 30 5550000,Wu Lei\n+49 30 5550001,Wu Lai\n+49 30 5550002,Wu Lei')
    await page.getByRole('button', { name: 'Use this text' }).click()
    await page.getByText('3 lines read').waitFor()
    await page.getByRole('button', { name: 'Check the plan' }).click()
    await page.getByText('2 numbers move.').waitFor()
    await expectFocus(page.getByRole('heading', { name: 'The plan' }))
    const bad = page.getByRole('group', { name: 'Line 3' })
    await bad.getByText('Nobody here has the staff code or name “Wu Lai”.').waitFor()
    await expectNoViolations(page)

    await bad.getByLabel('Staff code or name').fill('Wu Lei')
    await page.getByRole('button', { name: 'Check again' }).click()
    await page.getByText('3 numbers move.').waitFor()
    expect(await bad.count()).toBe(0)
    await page.getByRole('button', { name: 'Move 3 numbers' }).click()
    await expectProgress(page, '3 of 3 done')
    await expectResults(page, { fact: 'Failed', filter: 'Failed', count: 0 })
  })
})

interface Results {
  readonly fact: string
  readonly filter: string
  readonly count: number
}

// By the numbers list: its filter, one box, then all that match, as they are now.
async function chooseAllOf(page: Page, holder: Colleague, count: number): Promise<void> {
  await page.getByRole('link', { name: 'Numbers', exact: true }).first().click()
  await page.getByRole('button', { name: 'Filters' }).click()
  const field = page.getByRole('combobox', { name: 'Holder' })
  await field.fill(holder.name)
  await page.getByRole('option', { name: holder.name }).click()
  await page.keyboard.press('Escape')
  await page.getByText(`${count} numbers`, { exact: true }).waitFor()
  await page
    .getByRole('checkbox', { name: /^Select \+49/ })
    .first()
    .check()
  await page.getByRole('button', { name: `Select all ${count} that match` }).click()
  await page.getByText(`${count} selected`, { exact: true }).waitFor()
}

async function planTo(page: Page, to: Colleague, count: number): Promise<void> {
  await page.getByRole('button', { name: 'Reassign selected…' }).click()
  const dialog = page.getByRole('dialog', { name: `Reassign ${count} numbers` })
  await dialog.getByRole('combobox', { name: 'To whom' }).fill(to.name)
  await dialog.getByRole('option', { name: to.name }).click()
  await dialog.getByRole('button', { name: 'Check' }).click()
  await dialog.getByText(`${count} numbers move now.`).waitFor()
  const plan = dialog.getByRole('group', { name: 'What would happen' })
  await plan.getByText(`Changes: ${count}`).first().waitFor()
  await plan.getByText(`→ ${to.name}`).first().waitFor()
}

async function cancelTheRest(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Cancel the rest' }).click()
  const dialog = page.getByRole('dialog', { name: 'Cancel the rest of this batch?' })
  await dialog.getByText('450 items stay as they are. Done and staying done: 50').waitFor()
  await dialog.getByRole('button', { name: 'Cancel the rest' }).click()
}

async function expectProgress(page: Page, words: string): Promise<void> {
  await page.getByText(words).waitFor({ timeout: portionMs })
}

async function expectState(page: Page, state: string): Promise<void> {
  await page.getByRole('main').getByText(state, { exact: true }).first().waitFor()
}

/** The results tell the kind and how many there are of it; those in sight are drawn. */
async function expectResults(page: Page, { fact, filter, count }: Results): Promise<void> {
  await page.getByText(new RegExp(`^${fact}\\s*${count}$`)).waitFor()
  await page.getByRole('radiogroup', { name: 'Show' }).getByText(filter, { exact: true }).click()
  if (count === 0) return page.getByText('Nothing of this kind').waitFor()
  const table = page.getByRole('table', { name: 'Results' })
  await table.getByRole('cell', { name: filter, exact: true }).first().waitFor()
  await table
    .getByRole('link', { name: /^\+49 30/ })
    .first()
    .waitFor()
}

async function resultsAsFile(page: Page): Promise<string[]> {
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'CSV (.csv)' }).click(),
  ])
  const [head, ...rows] = (await readFile(await download.path(), 'utf8')).trim().split(/\r?\n/)
  expect(head).toContain('number')
  return rows
}
