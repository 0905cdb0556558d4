import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { paths } from '../../console/paths.ts'
import { sheetsOf } from '../builders/spreadsheets.ts'
import { type Company, expectNoViolations, ownerPassword, serveBaton, signIn } from './browser.ts'
import type { Storage } from './chromium.ts'

const baton = serveBaton()
const journeyMs = 120_000

interface Choice {
  readonly button: string
  readonly form: string
}

/** Saves what the page shows by its menu, in one of its forms. */
async function saved(page: Page, { button, form }: Choice): Promise<{ name: string; bytes: Buffer }> {
  await page.getByRole('button', { name: button, exact: true }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: form }).click(),
  ])
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) }
}

function linesOf({ bytes }: { readonly bytes: Buffer }): string[] {
  return bytes.toString('utf8').replace('\ufeff', '').trim().split('\r\n')
}

describe('lists as files', () => {
  let company: Company
  let storage: Storage

  beforeAll(async () => {
    company = await baton.setUp()
    const post = (path: string, body: object) => baton.api(company.token, { method: 'POST', path, body })
    const { memberId } = await post('/v1/members', { staffCode: 'D1', name: 'Anna Arnold' })
    const { systemId } = await post('/v1/systems', { name: 'Bank portal' })
    for (const login of ['acme-finance', 'acme-sales', 'other'])
      await post('/v1/work-accounts', { systemId, login, holderId: memberId })
    const task = { subjectKind: 'member', subjectId: memberId, instructions: 'Ask' }
    await post('/v1/tasks', { ...task, title: 'Fetch the laptop' })
    const { taskId } = await post('/v1/tasks', { ...task, title: 'Fetch the badge' })
    await post(`/v1/tasks/${taskId}/cancel`, { reason: 'It came by post' })
    const page = await baton.newPage()
    await signIn(page, { email: company.owner.email, password: ownerPassword })
    storage = await page.context().storageState()
  }, journeyMs)

  it('in English are what the filters leave, as workbook and as CSV', { timeout: journeyMs }, async () => {
    const page = await baton.newPage({ storage })
    await page.goto(`${paths.systems(company.slug)}?q=acme`)
    await page.getByRole('link', { name: 'acme-sales' }).waitFor()
    const { name, bytes } = await saved(page, { button: 'Export', form: 'Excel (.xlsx)' })
    expect(name).toMatch(/work-accounts-[\d-]+[.]xlsx$/)
    await page.getByText(`Saved as ${name}.`).waitFor()
    const rows = sheetsOf(bytes)['工作账号 Work accounts'] ?? []
    expect(rows.slice(1).map(([login, system, holder, , , state]) => [login, system, holder, state])).toEqual(
      expect.arrayContaining([
        ['acme-finance', 'Bank portal', 'Anna Arnold', 'in use'],
        ['acme-sales', 'Bank portal', 'Anna Arnold', 'in use'],
      ]),
    )
    expect(rows).toHaveLength(3)
    await expectNoViolations(page)
    await page.goto(`${paths.tasks(company.slug)}?who=all&state=cancelled`)
    await page.getByRole('link', { name: 'Fetch the badge' }).waitFor()
    const [header, ...tasks] = linesOf(await saved(page, { button: 'Export', form: 'CSV (.csv)' }))
    expect(header).toMatch(/^待办事项 Task,状态 State,/)
    expect(tasks.map((line) => line.split(',').slice(0, 2))).toEqual([['Fetch the badge', 'not needed']])
  })

  it('in Chinese have the words of their reader', { timeout: journeyMs }, async () => {
    const page = await baton.newPage({ storage, language: 'zh-CN' })
    await page.goto(`${paths.tasks(company.slug)}?who=all`)
    await page.getByRole('link', { name: 'Fetch the laptop' }).waitFor()
    const { name, bytes } = await saved(page, { button: '导出', form: 'Excel（.xlsx）' })
    await page.getByText(`已保存为 ${name}。`).waitFor()
    const rows = sheetsOf(bytes)['待办事项 Tasks'] ?? []
    expect(rows.slice(1).map(([title, state]) => [title, state])).toEqual([['Fetch the laptop', '待办理']])
    await expectNoViolations(page)
    await page.goto(`${paths.systems(company.slug)}?q=other`)
    await page.getByRole('link', { name: 'other' }).waitFor()
    const accounts = linesOf(await saved(page, { button: '导出', form: 'CSV（.csv）' }))
    expect(accounts.slice(1).map((line) => line.split(',')[5])).toEqual(['使用中'])
  })
})
