import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { paths } from '../../console/paths.ts'
import {
  type Company,
  expectNoSidewaysScroll,
  expectNoViolations,
  ownerPassword,
  serveBaton,
  signIn,
} from './browser.ts'

const baton = serveBaton()
const journeyMs = 180_000
const screenshot = {
  name: 'done.png',
  mimeType: 'image/png',
  // One pixel.
  buffer: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
}

describe('an account that passes on', () => {
  let company: Company
  let workAccountId: string
  let newHolderId: string

  beforeAll(async () => {
    company = await baton.setUp()
    const post = (path: string, body: object) => baton.api(company.token, { method: 'POST', path, body })
    const [from, to] = await Promise.all(
      [
        { staffCode: 'T1', name: 'Anna Arnold' },
        { staffCode: 'T2', name: 'Ben Berger' },
      ].map((one) => post('/v1/members', one)),
    )
    newHolderId = to.memberId
    const system = await post('/v1/systems', {
      name: 'Bank portal',
      link: 'https://bank.example.com/',
      passOnInstructions: 'Call the branch\nSign the form',
    })
    const account = { systemId: system.systemId, login: 'acme-finance', holderId: from.memberId }
    workAccountId = (await post('/v1/work-accounts', account)).workAccountId
  })

  const holderNow = async () =>
    (await baton.api(company.token, { method: 'GET', path: `/v1/work-accounts/${workAccountId}` })).holderId

  it(
    'WRK-3 is done by somebody without an account on a phone, and its holder changes when an Owner saw it',
    async () => {
      const owner = await baton.newPage()
      await signIn(owner, { email: company.owner.email, password: ownerPassword })
      const link = await passOnByLink(owner)
      const phone = await baton.newPage({ language: 'zh-CN', width: 360 })
      await claimOn(phone, link)
      expect(await holderNow()).not.toBe(newHolderId)

      await owner.reload()
      await owner.getByRole('heading', { name: '李雷 says it is done' }).waitFor()
      await owner.getByRole('button', { name: 'Show done.png' }).click()
      await owner.getByRole('img', { name: 'Picture of done.png' }).waitFor()
      await expectNoViolations(owner)
      await owner.getByRole('button', { name: 'I saw it' }).click()
      await owner.getByText('Done and seen', { exact: true }).first().waitFor()
      expect(await holderNow()).toBe(newHolderId)

      await phone.goto(link)
      await phone.reload()
      await phone.getByRole('heading', { name: '此链接已失效' }).waitFor()
      await expectNoViolations(phone)
    },
    journeyMs,
  )

  it(
    'says so where the link is not complete, in the language that the reader chooses',
    async () => {
      const page = await baton.newPage({ width: 360, colorScheme: 'dark' })
      await page.goto(paths.linkedTask())
      await page.getByRole('heading', { name: 'The link is not complete' }).waitFor()
      await page.getByRole('combobox', { name: 'Language' }).selectOption('简体中文')
      await page.getByRole('heading', { name: '链接不完整' }).waitFor()
      await expectNoViolations(page)
    },
    journeyMs,
  )

  async function passOnByLink(owner: Page): Promise<string> {
    await owner.goto(paths.workAccount(company.slug, workAccountId))
    await owner.getByRole('button', { name: 'Pass on…' }).click()
    await owner.getByRole('combobox', { name: 'Who gets it' }).fill('Ben')
    await owner.getByRole('option', { name: /Ben Berger/ }).click()
    await owner.getByLabel('Who does it has no account at Baton').check()
    await owner.getByLabel('Name of whoever does it').fill('李雷')
    await owner.getByRole('button', { name: 'Open the task' }).click()
    await owner.getByRole('heading', { level: 1, name: /acme-finance/ }).waitFor()
    await owner.getByText('Sign the form').waitFor()
    await expectNoViolations(owner)
    await owner.getByRole('button', { name: 'Make a one-use link…' }).click()
    await owner.getByRole('button', { name: 'Make the link' }).click()
    const link = await owner.getByRole('textbox', { name: 'Link', exact: true }).inputValue()
    await owner.getByRole('button', { name: 'I have copied it' }).click()
    expect(new URL(link).hash).toMatch(/^#link=/)
    return link
  }

  async function claimOn(phone: Page, link: string): Promise<void> {
    await phone.goto(link)
    await phone.getByRole('heading', { level: 1, name: '接管 Bank portal 的账号 acme-finance' }).waitFor()
    await phone.getByText('Acme 请 李雷 办理').waitFor()
    await expectNoSidewaysScroll(phone)
    await expectNoViolations(phone)
    await phone.getByRole('button', { name: '我已办完' }).click()
    await phone.getByText('请先填写备注或添加文件。').waitFor()
    await phone.locator('input[type=file]').setInputFiles(screenshot)
    await phone.getByText(/done\.png ·/).waitFor()
    await phone.getByRole('textbox', { name: '办理情况' }).fill('已在柜台签字')
    await phone.getByRole('button', { name: '我已办完' }).click()
    await phone.getByRole('heading', { name: '谢谢' }).waitFor()
    expect(new URL(phone.url()).hash).toBe('')
    await expectNoViolations(phone)
  }
})
