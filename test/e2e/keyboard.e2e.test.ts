import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { paths } from '../../console/paths.ts'
import { expectFocus, expectNoViolations, ownerPassword, serveBaton, tabTo } from './browser.ts'
import { settle } from './chromium.ts'
import { type Colleague, type Line, type StaffedCompany, setUpStaffed } from './staffed-company.ts'

const baton = serveBaton()
const startMs = 60_000

let staff: StaffedCompany
let lena: Colleague
let mia: Colleague
let line: Line
beforeAll(async () => {
  staff = await setUpStaffed(baton)
  lena = await staff.hire('Lena Vogt')
  mia = await staff.hire('Mia Bauer')
  line = await staff.addNumber(lena)
  for (let more = 0; more < 3; more++) await staff.addNumber(mia)
}, startMs)

describe('without a mouse', () => {
  it('somebody signs in, finds a number, passes it on, and takes that back from the message', async () => {
    const page = await baton.newPage()
    await page.goto('/sign-in')
    await signInByKeys(page)
    await goByKeys(page, 'n', 'Numbers')
    await findByKeys(page)

    const dots = page.getByRole('button', { name: `Actions for ${line.written}` })
    await page.keyboard.press('.')
    await expectFocus(page.getByRole('menu'))
    await chooseInMenu(page, 'Reassign…')
    const dialog = page.getByRole('dialog', { name: `Reassign ${line.written}` })
    await expectFocus(dialog.getByRole('combobox', { name: 'To' }))
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    await expectFocus(dots)

    await page.keyboard.press('Enter')
    await chooseInMenu(page, 'Reassign…')
    await passOnByKeys(page)
    await expectFocus(dots)
    expect(await staff.holderOf(line)).toBe('Mia Bauer')
    await expectNoViolations(page)

    await page.keyboard.press('F6')
    const messages = page.getByRole('region', { name: 'Messages' })
    await expectFocus(messages.getByRole('button', { name: 'Undo' }))
    await page.keyboard.press('Enter')
    await messages.getByText(`Undone: ${line.written} is with Lena Vogt again.`).waitFor()
    expect(await staff.holderOf(line)).toBe('Lena Vogt')
    await expectFocus(dots)
  })

  it('somebody opens a person from the palette, and the focus goes back where nothing was chosen', async () => {
    const page = await staff.windowOf(staff.owner, paths.numbers(staff.slug))
    const search = page.getByRole('searchbox', { name: 'Search numbers' })
    await tabTo(page, search)
    await page.keyboard.press('Control+k')
    const field = page.getByRole('combobox', { name: 'Search or act' })
    await expectFocus(field)
    await page.keyboard.press('Escape')
    await expectFocus(search)

    await page.keyboard.press('Control+k')
    await expectFocus(field)
    await page.keyboard.type('Mia')
    await page.getByRole('option', { name: /^Mia Bauer/, selected: true }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Mia Bauer', level: 1 }).waitFor()
    await expectFocus(page.getByRole('heading', { name: 'Mia Bauer', level: 1 }))
  })

  it('somebody reads which keys there are, and switches single ones off for good (WCAG 2.1.4)', async () => {
    const page = await staff.windowOf(staff.owner, paths.home(staff.slug))
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.keyboard.press('?')
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    await sheet.getByText('Next and previous row').waitFor()
    await expectNoViolations(page)
    await tabTo(page, sheet.getByRole('switch', { name: 'Single-key shortcuts' }))
    await page.keyboard.press('Space')
    await page.keyboard.press('Escape')
    await sheet.waitFor({ state: 'hidden' })
    await expectKeysOff(page)
    await page.reload()
    await page.getByRole('heading', { level: 1 }).waitFor()
    await expectKeysOff(page)
    await page.keyboard.press('Control+k')
    await expectFocus(page.getByRole('combobox', { name: 'Search or act' }))
  })
})

async function signInByKeys(page: Page): Promise<void> {
  await tabTo(page, page.getByLabel('E-mail address'))
  await page.keyboard.type('wang@example.com')
  await page.keyboard.press('Tab')
  await page.keyboard.type(ownerPassword)
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.pathname.startsWith('/c/'))
  await expectFocus(page.getByRole('heading', { level: 1 }))
}

async function goByKeys(page: Page, key: string, title: string): Promise<void> {
  await page.keyboard.press('g')
  await page.keyboard.press(key)
  const heading = page.getByRole('heading', { name: title, level: 1 })
  await heading.waitFor()
  await expectFocus(heading)
}

/** Searches by the last digits, and stands in the row that is left. */
async function findByKeys(page: Page): Promise<void> {
  await tabTo(page, page.getByRole('searchbox', { name: 'Search numbers' }))
  await page.keyboard.type(line.e164.slice(-4))
  await page.getByText('1 number', { exact: true }).waitFor()
  await tabTo(page, page.getByRole('row', { name: line.written }))
}

async function chooseInMenu(page: Page, name: string): Promise<void> {
  const item = page.getByRole('menuitem', { name })
  await item.waitFor()
  for (let pressed = 0; pressed < 10; pressed++) {
    if (await item.evaluate((element) => element === document.activeElement)) break
    await page.keyboard.press('ArrowDown')
  }
  await expectFocus(item)
  await page.keyboard.press('Enter')
}

async function passOnByKeys(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog', { name: `Reassign ${line.written}` })
  await expectFocus(dialog.getByRole('combobox', { name: 'To' }))
  await page.keyboard.type('Mia')
  await dialog.getByRole('option', { name: /^Mia Bauer/ }).waitFor()
  await settle(page)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await dialog.getByText('Mia Bauer has the number at once.').waitFor()
  await tabTo(page, dialog.getByRole('button', { name: 'Reassign to Mia Bauer' }))
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'hidden' })
}

async function expectKeysOff(page: Page): Promise<void> {
  const { pathname } = new URL(page.url())
  for (const key of ['g', 'n', '/', '?']) await page.keyboard.press(key)
  await settle(page)
  expect(new URL(page.url()).pathname).toBe(pathname)
  expect(await page.getByRole('dialog').count()).toBe(0)
}

describe('in Chinese', () => {
  it('a number is passed on as in English, at once after the switch, and the language is remembered', async () => {
    const page = await staff.windowOf(staff.owner, paths.numbers(staff.slug))
    await page.getByRole('heading', { name: 'Numbers', level: 1 }).waitFor()
    await page.getByRole('button', { name: 'Account and display' }).click()
    await page.getByRole('menuitemradio', { name: '简体中文' }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('heading', { name: '号码', level: 1 }).waitFor()
    await page.getByRole('searchbox', { name: '搜索号码' }).fill(line.e164.slice(-4))
    await page.getByRole('button', { name: `${line.written} 的操作` }).click()
    await page.getByRole('menuitem', { name: '转派…' }).click()

    const dialog = page.getByRole('dialog', { name: `转派 ${line.written}` })
    await dialog.getByText('当前持有人：Lena Vogt。').waitFor()
    await dialog.getByRole('combobox', { name: '接收人' }).fill('mia')
    await dialog.getByRole('option', { name: /^Mia Bauer/ }).click()
    await dialog.getByText('Lena Vogt 立即失去访问权限').waitFor()
    await expectNoViolations(page)
    expect(await wordsIn(page)).not.toMatch(/\b(the|and|number|holder|reassign)\b/i)
    await dialog.getByRole('button', { name: '转派给 Mia Bauer' }).click()
    await dialog.waitFor({ state: 'hidden' })
    expect(await staff.holderOf(line)).toBe('Mia Bauer')

    await page.reload()
    await page.getByRole('heading', { name: '号码', level: 1 }).waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN')
    await page.getByRole('button', { name: `${line.written} 的操作` }).click()
    await page.getByRole('menuitem', { name: '撤销最近一次移动' }).click()
    await page.getByRole('status').filter({ hasText: 'Lena Vogt' }).waitFor()
    expect(await staff.holderOf(line)).toBe('Lena Vogt')
    await expectNoViolations(page)
  })
})

async function wordsIn(page: Page): Promise<string> {
  return (await page.getByRole('dialog').textContent()) ?? ''
}
