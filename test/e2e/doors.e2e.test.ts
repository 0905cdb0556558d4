import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Company, serveBaton } from './browser.ts'

const baton = serveBaton()
let company: Company
beforeAll(async () => {
  company = await baton.setUp()
})

async function enterPassword(page: Page, password: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

describe('a sign-in link', () => {
  it('leads in, and stays neither in the address nor in the history', async () => {
    const { token } = company
    const body = { staffCode: 'L1', name: 'Lena Vogt', email: 'lena@example.com', role: 'admin' }
    const { memberId } = await baton.api(token, { method: 'POST', path: '/v1/members', body })
    const to = { method: 'POST', path: `/v1/members/${memberId}/sign-in-link`, body: {} }
    const link = await baton.api(token, to)
    const page = await baton.newPage()
    await page.goto(link.path)
    await page.getByRole('textbox', { name: 'Password' }).waitFor()
    expect(page.url()).not.toContain(link.token)
    await enterPassword(page, 'seven green lamps 41')
    await page.waitForURL(`**/c/${company.slug}`)
    await page.goBack()
    expect(page.url()).not.toContain(link.token)
  })
})

describe('an address that somebody else made up', () => {
  it('leads nowhere but into Baton after signing in', async () => {
    const page = await baton.newPage()
    await page.goto(`/sign-in?to=${encodeURIComponent('/.//evil.example/c/acme')}`)
    await page.getByRole('textbox', { name: 'E-mail' }).fill(company.owner.email)
    await enterPassword(page, company.owner.password)
    await page.waitForURL(`${baton.address}/c/${company.slug}`)
  })
})

describe('somebody who is suspended', () => {
  it('NUM-6 is told so, and has nothing of the company on the screen any more', async () => {
    const { token, slug } = company
    const body = { staffCode: 'S1', name: 'Susi Sand', email: 'susi@example.com', role: 'admin' }
    const { memberId } = await baton.api(token, { method: 'POST', path: '/v1/members', body })
    const to = { method: 'POST', path: `/v1/members/${memberId}/sign-in-link`, body: {} }
    const link = await baton.api(token, to)
    const page = await baton.newPage()
    await page.goto(link.path)
    await enterPassword(page, 'seven green lamps 41')
    await page.waitForURL(`**/c/${slug}`)
    await page.goto(`/c/${slug}/people`)
    await page.getByText('王芳').first().waitFor()
    const status = { status: 'suspended' }
    await baton.api(token, { method: 'PATCH', path: `/v1/members/${memberId}`, body: status })
    await page.getByText('王芳').first().waitFor({ state: 'detached' })
    await page.getByText('Your access to this company has ended or is suspended.').waitFor()
    expect(new URL(page.url()).pathname).toBe(`/c/${slug}/people`)
  })
})
