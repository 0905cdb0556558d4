import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import ExcelJS from 'exceljs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { paths } from '../../console/paths.ts'
import {
  type Company,
  expectFocus,
  expectNoSidewaysScroll,
  expectNoViolations,
  ownerPassword,
  serveBaton,
  tabTo,
} from './browser.ts'
import type { Storage, Visit } from './chromium.ts'

const baton = serveBaton()
const owner = { email: 'wang@example.com', password: ownerPassword }
let company: Company
let storage: Storage
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'baton-e2e-import-'))
  company = await baton.setUp()
  const page = await baton.newPage()
  await page.goto('/sign-in')
  await page.evaluate(async (body) => {
    const answer = await fetch('/v1/sessions', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(await answer.text())
  }, owner)
  storage = await page.context().storageState()
})

afterAll(async () => {
  if (folder !== '') await rm(folder, { recursive: true, force: true })
})

async function openAt(to: string, visit: Visit = {}): Promise<Page> {
  const page = await baton.newPage({ ...visit, storage })
  await page.goto(to)
  return page
}

/** Who stands in a file: name, account, department, mobile, e-mail. */
type Person = readonly [
  name: string,
  account: string,
  department: string,
  mobile: string | number,
  email: string,
]

/** WeCom's own template as Baton offers it, filled with people below its example. */
async function wecomFile(name: string, people: readonly Person[]): Promise<string> {
  const answer = await fetch(`${baton.address}/v1/templates/wecom-members`, {
    headers: { authorization: `Bearer ${company.token}` },
  })
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(await answer.arrayBuffer())
  const [sheet] = book.worksheets
  if (!sheet) throw new Error('The template has no sheet')
  for (const [who, account, department, mobile, email] of people)
    sheet.addRow([who, account, '', '', department, '', mobile, '', email])
  const file = path.join(folder, name)
  await book.xlsx.writeFile(file)
  return file
}

async function send(page: Page, file: string): Promise<string> {
  await page.locator('input[type=file]').setInputFiles(file)
  await page.waitForURL(/\/imports\/[0-9a-f-]{36}/)
  return new URL(page.url()).pathname
}

async function namesOf(search: string): Promise<string[]> {
  const path = `/v1/members?search=${encodeURIComponent(search)}&limit=50`
  const { items } = await baton.api(company.token, { method: 'GET', path })
  return items.map(({ name }: { name: string }) => name).sort()
}

describe('a file from WeCom', () => {
  it('is dropped, repaired by groups, left and taken up again, applied, and taken back as a whole', async () => {
    const people = Array.from({ length: 24 }, (_, place): Person => {
      const ending = String(place).padStart(2, '0')
      const mobile = place < 8 ? `86138001380${ending}` : place < 12 ? `+86１３９００１３９０${ending}` : ''
      return [`陈${ending}`, `chen${ending}`, '销售部/华东', mobile, place === 20 ? 'nobody' : '']
    })
    const file = await wecomFile('people.xlsx', people)
    const page = await openAt(paths.imports(company.slug))
    await page.getByText('Nothing imported yet').waitFor()
    await expectNoViolations(page)
    await page.getByRole('link', { name: 'Import a file' }).first().click()
    await page.getByRole('heading', { name: 'Import a file' }).waitFor()
    await expectNoViolations(page)
    const address = await send(page, file)
    await page.getByText(/^Taken for: WeCom contacts/).waitFor()
    await page.getByText('Row 18 holds an example and is left out.').waitFor()
    await expectNoViolations(page)
    await page.getByRole('button', { name: 'To the problems' }).click()
    await page.getByText(/^25 rows: 11 good, 13 with errors/).waitFor()
    await expectNoViolations(page)
    await repairByGroups(page)
    await page.context().close()

    const again = await openAt(address)
    await again.getByRole('button', { name: 'Repair' }).waitFor()
    expect(await again.getByRole('button', { name: 'Repair' }).getAttribute('aria-current')).toBe('step')
    await again.getByText(/^25 rows: 23 good, 1 with errors/).waitFor()
    await again.getByRole('button', { name: 'To the preview' }).click()
    await again.getByText('2 departments will be made: 销售部 and 销售部/华东.').waitFor()
    await again.getByText('1 row stays out').waitFor()
    await expectNoViolations(again)
    expect(await namesOf('chen')).toEqual([])
    await again.getByRole('button', { name: 'Apply 23 rows' }).click()
    await again.getByText('23 of 23 done').waitFor()
    await again.getByRole('button', { name: 'Undo the import' }).waitFor()
    await expectNoViolations(again)
    expect(await namesOf('chen')).toHaveLength(23)

    await again.getByRole('button', { name: 'Undo the import' }).click()
    const asked = again.getByRole('dialog')
    await asked.getByText(/^What 23 rows did is taken back/).waitFor()
    await asked.getByRole('button', { name: 'Undo the import' }).click()
    await again.getByText('Undone', { exact: true }).first().waitFor()
    await expectNoViolations(again)
    expect(await namesOf('chen')).toEqual([])
  })

  async function repairByGroups(page: Page): Promise<void> {
    await page.getByRole('button', { name: /^Add the \+ before the country code: all 8/ }).click()
    await page.getByText(/^25 rows: 19 good, 5 with errors/).waitFor()
    await page.getByRole('button', { name: /^Undo:/ }).click()
    await page.getByText(/^25 rows: 11 good, 13 with errors/).waitFor()
    await page.getByRole('button', { name: /^Fix all 12 problems/ }).click()
    await page.getByText(/^25 rows: 23 good, 1 with errors/).waitFor()
  }

  it('is repaired cell by cell without a mouse', async () => {
    const file = await wecomFile('keys.xlsx', [
      ['', 'keys1', '', '', 'wrong'],
      ['Lu Yao', 'keys2', '', '', ''],
    ])
    const page = await openAt(paths.newImport(company.slug))
    await send(page, file)
    await tabTo(page, page.getByRole('button', { name: 'To the problems' }))
    await page.keyboard.press('Enter')
    const grid = page.getByRole('grid', { name: 'Rows of the file' })
    const cells = grid.getByRole('gridcell')
    await tabTo(page, cells.first())
    await expect.poll(() => cells.first().getAttribute('aria-describedby')).not.toBeNull()
    await page.keyboard.type('Ye Fan')
    await page.keyboard.press('Enter')
    await page.getByText(/1 with errors/).waitFor()
    await page.keyboard.press('Alt+ArrowDown')
    const wrong = grid.getByRole('gridcell', { name: 'wrong' })
    await expectFocus(wrong)
    await page.keyboard.press('Enter')
    await page.keyboard.press('Control+a')
    await page.keyboard.type('ye.fan@example.com')
    await page.keyboard.press('Escape')
    await expectFocus(wrong)
    await page.keyboard.press('Enter')
    await page.keyboard.press('Control+a')
    await page.keyboard.type('ye.fan@example.com')
    await page.keyboard.press('Tab')
    await page.getByText(/^3 rows: 2 good, 0 with errors/).waitFor()
    await expectNoViolations(page)
  })

  it('asks what becomes of those who are there already, and shows before and after', async () => {
    await baton.api(company.token, {
      method: 'POST',
      path: '/v1/members',
      body: { staffCode: 'old1', name: 'Old Name' },
    })
    const file = await wecomFile('known.xlsx', [['New Name', 'old1', '', '', '']])
    const page = await openAt(paths.newImport(company.slug))
    await send(page, file)
    await page.getByRole('button', { name: 'Preview' }).click()
    await page.getByText('Some rows are about what exists already').waitFor()
    expect(await page.getByRole('button', { name: /^Apply/ }).isDisabled()).toBe(true)
    await expectNoViolations(page)
    await page.getByRole('radio', { name: 'Overwrite what exists' }).click()
    await page.getByRole('deletion').filter({ hasText: 'Old Name' }).waitFor()
    await page.getByRole('button', { name: 'Apply 1 row' }).click()
    await page.getByText('Person changed').waitFor()
    await baton.api(company.token, {
      method: 'POST',
      path: '/v1/members',
      body: { staffCode: 'other', name: 'Other' },
    })
    expect(await namesOf('New Name')).toEqual(['New Name'])
    await changeSince('New Name')
    await page.getByRole('button', { name: 'Undo the import' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Undo the import' }).click()
    await page.getByRole('dialog').getByText('In the way:').waitFor()
    await page.getByRole('dialog').getByRole('link', { name: 'Newer Name' }).waitFor()
    await expectNoViolations(page)
  })

  async function changeSince(name: string): Promise<void> {
    const path = `/v1/members?search=${encodeURIComponent(name)}`
    const { items } = await baton.api(company.token, { method: 'GET', path })
    const body = { name: 'Newer Name' }
    await baton.api(company.token, { method: 'PATCH', path: `/v1/members/${items[0].memberId}`, body })
  }
})

describe('who reads Chinese on a phone', () => {
  it('imports numbers from a CSV file in the dark', async () => {
    const file = path.join(folder, 'numbers.csv')
    const rows = ['号码,标签,套餐', '+493055511001,前台,基础', '493055511002,热线,基础']
    await writeFile(file, rows.join('\n'))
    const visit: Visit = { language: 'zh-CN', colorScheme: 'dark', width: 360 }
    const page = await openAt(paths.newImport(company.slug), visit)
    await page.getByRole('heading', { name: '导入文件' }).waitFor()
    await expectNoSidewaysScroll(page)
    await expectNoViolations(page)
    await send(page, file)
    await page.getByText(/^识别为：号码/).waitFor()
    await expectNoSidewaysScroll(page)
    await expectNoViolations(page)
    await page.getByRole('button', { name: '下一步：修复' }).click()
    await page.getByRole('button', { name: /^补上国家代码前的/ }).click()
    await page.getByText('没有问题', { exact: true }).waitFor()
    await expectNoSidewaysScroll(page)
    await expectNoViolations(page)
    await page.getByRole('button', { name: '下一步：预览' }).click()
    await page.getByText(/撤销时会释放新增的号码/).waitFor()
    await expectNoSidewaysScroll(page)
    await expectNoViolations(page)
    await page.getByRole('button', { name: '应用 2 行' }).click()
    await page.getByText('已添加号码').first().waitFor()
    await expectNoSidewaysScroll(page)
    await expectNoViolations(page)
  })
})

describe('a file that cannot be read', () => {
  it('is refused on the page, with what to do', async () => {
    const file = path.join(folder, 'bad.xlsx')
    await writeFile(file, 'PK\u0003\u0004 what a download leaves when it breaks off')
    const page = await openAt(paths.newImport(company.slug))
    await page.locator('input[type=file]').setInputFiles(file)
    await page
      .getByRole('alert')
      .filter({ hasText: /\.xlsx/ })
      .waitFor()
    expect(new URL(page.url()).pathname).toBe(paths.newImport(company.slug))
    await expectNoViolations(page)
  })
})

describe('what a list shows', () => {
  it('is saved as a file', async () => {
    const page = await openAt(paths.people(company.slug))
    await page.getByRole('button', { name: 'Export' }).click()
    await page.getByRole('radio', { name: /^WeCom/ }).check()
    await expectNoViolations(page)
    const members = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save the file' }).click()
    expect((await members).suggestedFilename()).toMatch(/members.*\.xlsx$/)
    await page.goto(paths.numbers(company.slug))
    await page.getByRole('button', { name: 'Export' }).click()
    await expectNoViolations(page)
    const numbers = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: 'CSV (.csv)' }).first().click()
    expect((await numbers).suggestedFilename()).toMatch(/numbers.*\.csv$/)
  })
})
