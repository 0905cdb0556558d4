import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { expectNoSidewaysScroll, expectNoViolations, serveBaton } from './browser.ts'
import { faultsOf, launchChromium, openPage } from './chromium.ts'

// What the other tests rely on: a window in which something is wrong does not pass.

const baton = serveBaton()
let browser: Browser
let page: Page
beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser?.close())
beforeEach(async () => {
  page = await openPage(browser, baton.address, { width: 360 })
  await page.goto('/set-up')
  await page.getByRole('heading', { level: 1 }).waitFor()
  return () => page.context().close()
})

describe('a window is not in order when', () => {
  it('an image has no words', async () => {
    await page.evaluate(() => {
      const image = document.createElement('img')
      image.src = '/icon.svg'
      document.querySelector('main')?.append(image)
    })
    await expect(expectNoViolations(page)).rejects.toThrow('image-alt')
  })

  it('the console says an error', async () => {
    await page.evaluate("console.error('seeded')")
    await expect(expectNoViolations(page)).rejects.toThrow('console: seeded')
  })

  it('something is asked of another host, which the policy does not let through either', async () => {
    await page.evaluate(() => fetch('http://127.0.0.1:9/').catch(() => {}))
    await expect.poll(() => faultsOf(page).join('\n')).toMatch(/Content Security Policy/)
  })

  it('markup is made from text, or a style stands in the page', async () => {
    const outcome = await page.evaluate(() => {
      try {
        document.body.innerHTML = '<img src="x" onerror="alert(1)">'
        return 'done'
      } catch (error) {
        return String(error)
      }
    })
    expect(outcome).toContain('TypeError')
    await page.evaluate(() => document.body.setAttribute('style', 'color: red'))
    await expect.poll(() => faultsOf(page).join('\n')).toMatch(/inline style/)
  })

  it('it is wider than the screen', async () => {
    await page.evaluate(() => {
      const wide = document.createElement('div')
      wide.style.width = '900px'
      wide.style.height = '1px'
      document.body.append(wide)
    })
    await expect(expectNoSidewaysScroll(page)).rejects.toThrow()
  })
})
