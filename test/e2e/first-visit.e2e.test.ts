import { describe, expect, it } from 'vitest'
import {
  expectFocus,
  expectNoSidewaysScroll,
  expectNoViolations,
  ownerPassword,
  serveBaton,
  signIn,
  tabTo,
} from './browser.ts'

const baton = serveBaton()

describe('a newcomer', () => {
  it('is led to the first page of a fresh Baton, which works at 360 pixels, too', async () => {
    const page = await baton.newPage({ width: 360 })
    await page.goto('/')
    await page.getByRole('heading', { name: 'Set up Baton' }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/set-up')
    await expectNoSidewaysScroll(page)
    await expectNoViolations(page)
  })

  it('reads it in Chinese where the browser is Chinese, and can change that', async () => {
    const page = await baton.newPage({ language: 'zh-CN', colorScheme: 'dark' })
    await page.goto('/set-up')
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('zh-CN')
    await expectNoViolations(page)
    await page.getByRole('combobox', { name: '语言' }).selectOption('English')
    await page.getByRole('heading', { name: 'Set up Baton' }).waitFor()
    await page.reload()
    await page.getByRole('heading', { name: 'Set up Baton' }).waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
  })

  it('makes a company without a mouse and stands in it', async () => {
    const page = await baton.newPage()
    await page.goto('/set-up')
    await tabTo(page, page.getByLabel('Name of the company'))
    for (const text of ['Acme', 'Wang Fang', 'wang@example.com', ownerPassword]) {
      await page.keyboard.type(text)
      await page.keyboard.press('Tab')
    }
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/c/acme')
    await page.getByRole('navigation', { name: 'Main navigation' }).waitFor()
    await expectFocus(page.getByRole('heading', { level: 1 }))
    await expectNoViolations(page)
  })
})

describe('who has a password', () => {
  const owner = { email: 'wang@example.com', password: ownerPassword }

  it('and mistypes it is told so in the form', async () => {
    const page = await baton.newPage()
    await page.goto('/sign-in')
    await page.getByLabel('E-mail address').fill(owner.email)
    await page.getByRole('textbox', { name: 'Password' }).fill('not the right password')
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByRole('alert').waitFor()
    expect(new URL(page.url()).pathname).toBe('/sign-in')
    await expectNoViolations(page)
  })

  it('comes back to the address that was asked for', async () => {
    const page = await baton.newPage()
    await page.goto('/c/acme/people?q=wang')
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await signIn(page, owner)
    expect(new URL(page.url()).pathname).toBe('/c/acme/people')
    expect(new URL(page.url()).search).toContain('wang')
  })

  it('signs out, and the way back shows nothing', async () => {
    const page = await baton.newPage()
    await signIn(page, owner)
    await page.getByRole('button', { name: 'Account and display' }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await page.goBack()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  })

  it('changes the language inside, for every screen at once', async () => {
    const page = await baton.newPage()
    await signIn(page, owner)
    await page.getByRole('button', { name: 'Account and display' }).click()
    await page.getByRole('menuitemradio', { name: '简体中文' }).click()
    await page.getByRole('link', { name: '号码' }).first().waitFor()
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('zh-CN')
  })

  it('finds the way on a phone', async () => {
    const page = await baton.newPage({ width: 360 })
    await signIn(page, owner)
    await page.getByRole('button', { name: 'Open the navigation' }).click()
    await page.getByRole('link', { name: 'People', exact: true }).click()
    await page.waitForURL('**/people')
    await expectNoSidewaysScroll(page)
    await expectNoViolations(page)
  })

  it('asks for what is not there and gets a page that says so', async () => {
    const page = await baton.newPage()
    await page.goto('/no-such-screen')
    await page.getByRole('heading', { name: 'There is nothing here', level: 1 }).waitFor()
    await expectNoViolations(page)
  })
})
