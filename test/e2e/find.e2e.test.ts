import type { Locator, Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { paths } from '../../console/paths.ts'
import { expectNoViolations, serveBaton } from './browser.ts'
import { settle } from './chromium.ts'
import { type Colleague, type Line, type StaffedCompany, setUpStaffed } from './staffed-company.ts'

const baton = serveBaton()
const startMs = 60_000
const patience = { timeout: 15_000 }

let staff: StaffedCompany
let zhangSan: Colleague
let liNa: Colleague
let line: Line
beforeAll(async () => {
  staff = await setUpStaffed(baton)
  zhangSan = await staff.hire('张三')
  liNa = await staff.hire('李娜')
  await staff.hire('Lena Vogt')
  line = await staff.addNumber(zhangSan, '+493055504711')
  await staff.addNumber(liNa, '+493055504712')
  await staff.addNumber(undefined, '+493047110000')
}, startMs)

/** Enter as it comes while an input method composes, and as Safari sends it right after. */
const confirmingEnters = [
  { key: 'Enter', code: 'Enter', keyCode: 229, isComposing: true },
  { key: 'Enter', code: 'Enter', keyCode: 229, isComposing: false },
]

async function openPalette(page: Page): Promise<Locator> {
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.keyboard.press('Control+K')
  const field = page.getByRole('combobox', { name: 'Search or act' })
  await field.waitFor()
  return field
}

/** Begins to compose in the field that has the focus, and ends it with what was chosen, as an input method does. */
async function inputMethodOf(page: Page) {
  const session = await page.context().newCDPSession(page)
  return {
    compose: (text: string) =>
      session.send('Input.imeSetComposition', {
        text,
        selectionStart: text.length,
        selectionEnd: text.length,
      }),
    commit: (text: string) => session.send('Input.insertText', { text }),
  }
}

/** What the rows of a table begin with, without its head. */
function rowsOf(page: Page, table: string): Promise<string[]> {
  return page.getByRole('table', { name: table }).locator('tbody').getByRole('row').allInnerTexts()
}

async function expectRows(page: Page, table: string, words: readonly string[]): Promise<void> {
  await expect
    .poll(async () => {
      const rows = await rowsOf(page, table)
      return rows.length === words.length && words.every((word) => rows.some((row) => row.includes(word)))
    }, patience)
    .toBe(true)
}

describe('the palette', () => {
  it('opens a person by the initials of the pinyin', async () => {
    const page = await staff.windowOf(staff.owner, paths.home(staff.slug))
    const field = await openPalette(page)
    await field.pressSequentially('zs')
    await page.getByRole('option', { name: /张三/, selected: true }).waitFor()
    expect(await page.getByRole('option', { name: /李娜|Lena Vogt/ }).count()).toBe(0)
    await expectNoViolations(page)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '张三', level: 1 }).waitFor()
    expect(new URL(page.url()).pathname).toBe(paths.person(staff.slug, zhangSan.memberId))
    await expectNoViolations(page)
  })

  it('opens a number by its last four digits', async () => {
    const page = await staff.windowOf(staff.owner, paths.home(staff.slug))
    const field = await openPalette(page)
    await field.pressSequentially('4711')
    const first = page.getByRole('option', { selected: true })
    await first.filter({ hasText: line.written }).waitFor()
    expect(await first.textContent()).toContain('张三')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: line.written, level: 1 }).waitFor()
    expect(new URL(page.url()).pathname).toBe(paths.number(staff.slug, line.numberId))
  })

  it('opens nothing by the Enter that confirms what an input method composed', async () => {
    const page = await staff.windowOf(staff.owner, paths.home(staff.slug))
    const field = await openPalette(page)
    const { compose, commit } = await inputMethodOf(page)
    await compose('zs')
    await page.getByRole('option', { name: /张三/, selected: true }).waitFor()
    for (const enter of confirmingEnters) await field.dispatchEvent('keydown', enter)
    await commit('张三')
    await page.getByRole('option', { name: /张三/, selected: true }).waitFor()
    await settle(page)
    expect(await field.inputValue()).toBe('张三')
    expect(new URL(page.url()).pathname).toBe(paths.home(staff.slug))
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '张三', level: 1 }).waitFor()
  })

  it('says what to try where nothing fits', async () => {
    const page = await staff.windowOf(staff.owner, paths.home(staff.slug))
    const field = await openPalette(page)
    await field.pressSequentially('qqqq')
    await page.getByText('Nothing found for “qqqq”').waitFor()
    await expectNoViolations(page)
  })
})

describe('the lists', () => {
  it('of people find by the initials of the pinyin', async () => {
    const page = await staff.windowOf(staff.owner, paths.people(staff.slug))
    await expectRows(page, 'People of the company', ['张三', '李娜', 'Lena Vogt', '王芳'])
    await page.getByRole('searchbox', { name: 'Search people' }).fill('zs')
    await expectRows(page, 'People of the company', ['张三'])
    await expectNoViolations(page)
  })

  it('of people search for what was composed, not for the letters on the way there', async () => {
    const page = await staff.windowOf(staff.owner, paths.people(staff.slug))
    await expectRows(page, 'People of the company', ['张三', '李娜', 'Lena Vogt', '王芳'])
    await page.getByRole('searchbox', { name: 'Search people' }).focus()
    const { compose, commit } = await inputMethodOf(page)
    await compose('ln')
    // Longer than a search waits for the next letter.
    await page.waitForTimeout(600)
    expect(new URL(page.url()).search).toBe('')
    await commit('李娜')
    await expectRows(page, 'People of the company', ['李娜'])
    expect(new URL(page.url()).searchParams.get('q')).toBe('李娜')
  })

  it('of numbers find by the last four digits, and the address says so', async () => {
    const page = await staff.windowOf(staff.owner, paths.numbers(staff.slug))
    await page.getByRole('searchbox', { name: 'Search numbers' }).fill('4712')
    await expectRows(page, 'Numbers of the company', ['李娜'])
    await expectNoViolations(page)
    await page.reload()
    await expectRows(page, 'Numbers of the company', ['李娜'])
    expect(await page.getByRole('searchbox', { name: 'Search numbers' }).inputValue()).toBe('4712')
  })
})

describe('whoever is to get a number', () => {
  it('is found by the initials of the pinyin, and not chosen by the Enter of an input method', async () => {
    const page = await staff.windowOf(staff.owner, `${paths.number(staff.slug, line.numberId)}?reassign=1`)
    const field = page.getByRole('combobox', { name: 'To', exact: true })
    await field.pressSequentially('ln')
    await expect
      .poll(() => page.getByRole('dialog').getByRole('option').allTextContents(), patience)
      .toEqual([expect.stringMatching('李娜')])
    await page.keyboard.press('ArrowDown')
    for (const enter of confirmingEnters) await field.dispatchEvent('keydown', enter)
    await settle(page)
    await page.getByRole('button', { name: 'Reassign', exact: true }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Reassign to 李娜' }).waitFor()
  })
})
