import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { expectNoSidewaysScroll, serveBaton } from './browser.ts'
import { settle } from './chromium.ts'
import { screensOf } from './screens.ts'

const baton = serveBaton()
const allScreensMs = 400_000

describe('text at 200 % of its size (WCAG 1.4.4)', () => {
  it.each([1280, 640])(
    'fits at %i pixels: every screen scrolls downwards only',
    async (width) => {
      const { page, slug } = await baton.openSample({ width })
      await enlargeText(page)
      const faults: string[] = []
      for (const address of await screensOf(page, slug)) {
        await page.goto(address)
        const note = (error: Error) => void faults.push(`${address}\n${error.message.slice(0, 500)}`)
        await page.getByRole('heading', { level: 1 }).first().waitFor().catch(note)
        await settle(page)
        await expectNoSidewaysScroll(page).catch(note)
      }
      expect(await sizeOfText(page)).toBe('32px')
      expect(faults.join('\n\n')).toBe('')
    },
    allScreensMs,
  )
})

// As a browser does whose reader has set the default size of letters to 32 pixels.
async function enlargeText(page: Page): Promise<void> {
  await page.addInitScript(() => {
    document.addEventListener('readystatechange', () => {
      document.documentElement.style.fontSize = '200%'
    })
  })
}

function sizeOfText(page: Page): Promise<string> {
  return page.evaluate(() => getComputedStyle(document.documentElement).fontSize)
}
