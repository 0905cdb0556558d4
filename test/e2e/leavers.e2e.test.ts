import { readFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { paths } from '../../console/paths.ts'
import { writeSpreadsheet } from '../../src/platform/spreadsheets/write.ts'
import { sheetsOf } from '../builders/spreadsheets.ts'
import { expectNoSidewaysScroll, expectNoViolations, serveBaton } from './browser.ts'
import { type Colleague, type StaffedCompany, setUpStaffed } from './staffed-company.ts'

const baton = serveBaton()
const startMs = 60_000
const journeyMs = 150_000
const runMs = 60_000

let staff: StaffedCompany
let mia: Colleague
beforeAll(async () => {
  staff = await setUpStaffed(baton)
  mia = await staff.hire('Mia Bauer')
}, startMs)

async function report(name: string, manager: Colleague | null = mia): Promise<Colleague> {
  const colleague = await staff.hire(name)
  if (manager) await staff.setManager(colleague, manager)
  return colleague
}

function workbook(rows: readonly (readonly string[])[]): Promise<Buffer> {
  const columns = ['姓名', '接收人', '最后工作日'].map((header) => ({ header, width: 16 }))
  return buffer(writeSpreadsheet([{ name: '离职名单', columns, rows: rows.map((row) => [...row]) }]))
}

async function choose(page: Page, name: string, bytes: Buffer): Promise<void> {
  const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  await page.locator('input[type=file]').setInputFiles({ name, mimeType, buffer: bytes })
}

async function plansOf(page: Page): Promise<number> {
  const response = await page.request.get('/v1/handovers?limit=200', {
    headers: { 'baton-company': encodeURIComponent(staff.slug) },
  })
  return (await response.json()).items.length
}

describe('several people leave', () => {
  it(
    'from a workbook: each to the own manager, repaired in place, no plan twice after reloading, and set going together',
    async () => {
      await report('Lena Vogt')
      await report('Jo Frei')
      await report('Al Alone', null)
      await report('Tim Klein')
      await report('Tim Klein')
      const page = await staff.windowOf(staff.owner, paths.handovers(staff.slug))
      await page.getByRole('link', { name: 'Several people…' }).click()
      await page.getByRole('heading', { name: 'Several people leave' }).waitFor()
      await expectNoViolations(page)
      const [form] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Form to fill in (.xlsx)' }).click(),
      ])
      expect(Object.keys(sheetsOf(await readFile(await form.path())))[0]).toBe('Leavers')

      await choose(
        page,
        'leavers.xlsx',
        await workbook([
          ['Lena Vogt', '', ''],
          ['Jo Frei', 'Mia Bauer', '2099-11-30'],
          ['Al Alone', '', ''],
          ['Tim Klein', '', ''],
          ['Nobody Known', '', ''],
          ['Lena Vogt', '', ''],
        ]),
      )
      const decide = page.getByRole('region', { name: /^To be decided/ })
      await page.getByRole('heading', { name: 'To be decided: 3' }).waitFor()
      await page.getByRole('heading', { name: 'Cannot become a plan: 1' }).waitFor()
      await page.getByRole('heading', { name: 'Ready: 2' }).waitFor()
      await page.getByText('Lena Vogt stands in row 2 already.').waitFor()
      await expectNoViolations(page)

      await decide.getByRole('button', { name: 'Let the company keep it: Al Alone' }).click()
      await page.getByRole('heading', { name: 'Ready: 3' }).waitFor()
      await decide
        .getByRole('button', { name: /^Row 5: Tim Klein · / })
        .first()
        .click()
      await page.getByRole('heading', { name: 'Ready: 4' }).waitFor()
      await page.getByRole('button', { name: 'Leave out row 6: Nobody Known' }).click()
      await decide.waitFor({ state: 'detached' })
      await page.getByRole('button', { name: 'Leave out row 7: Lena Vogt' }).click()
      await page.getByRole('region', { name: /^Cannot become/ }).waitFor({ state: 'detached' })

      await page.reload()
      await page.getByRole('button', { name: 'Make 4 plans' }).click()
      await page.getByRole('heading', { name: 'With a plan: 4' }).waitFor({ timeout: runMs })
      expect(await plansOf(page)).toBe(4)
      await page.reload()
      await page.getByRole('heading', { name: 'With a plan: 4' }).waitFor()
      expect(await page.getByRole('button', { name: /^Make/ }).count()).toBe(0)
      await page.getByRole('link', { name: 'See the plan of Lena Vogt' }).waitFor()
      await expectNoViolations(page)

      await page.getByRole('button', { name: 'Set 4 plans going' }).click()
      const dialog = page.getByRole('dialog')
      await expectNoViolations(page)
      await dialog.getByRole('button', { name: 'Set 4 plans going' }).click()
      await page.getByText('Set going').nth(3).waitFor({ timeout: runMs })
      await page
        .getByRole('row', { name: /Jo Frei/ })
        .getByText('Scheduled')
        .waitFor()
      expect(await plansOf(page)).toBe(4)
    },
    journeyMs,
  )

  it(
    '粘贴名单：按工号或姓名识别，逐行选择后生成计划，页面为中文且窄屏不被截断',
    async () => {
      await report('陈佳')
      await report('赵明', null)
      const page = await staff.windowOf(staff.owner, paths.manyLeavers(staff.slug))
      await page.evaluate(() =>
        localStorage.setItem('baton.preferences', JSON.stringify({ language: 'zh-CN' })),
      )
      await page.setViewportSize({ width: 360, height: 740 })
      await page.reload()
      await page.getByRole('heading', { name: '多人离职' }).waitFor()
      await page.getByRole('textbox').fill('工号\t最后工作日\n陈佳\t2001年1月1日\n赵明\t')
      await page.getByRole('button', { name: '使用此文本' }).click()
      await page.getByRole('heading', { name: '待选择：2' }).waitFor()
      await page.getByText('最后工作日 2001年1月1日 已过。').waitFor()
      await expectNoSidewaysScroll(page)
      await expectNoViolations(page)
      await page.getByRole('button', { name: '陈佳 立即生效' }).click()
      await page.getByRole('heading', { name: '可以生成：1' }).waitFor()
      await page.getByRole('combobox', { name: '赵明 的接收人' }).click()
      await page.keyboard.type('Mia')
      await page.getByRole('option', { name: /^Mia Bauer/ }).click()
      await page.getByRole('button', { name: '生成 2 份计划' }).click()
      await page.getByRole('heading', { name: '已有计划：2' }).waitFor({ timeout: runMs })
      await page.getByRole('link', { name: '查看 赵明 的计划' }).click()
      await page.getByRole('heading', { name: '计划', exact: true }).waitFor()
    },
    journeyMs,
  )
})
