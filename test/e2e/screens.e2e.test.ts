import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { expectNoSidewaysScroll, expectNoViolations, serveBaton } from './browser.ts'
import { screensOf } from './screens.ts'

const baton = serveBaton()

/** Both languages, both colours, a desk and a phone. */
const visits = [
  { language: 'en', colorScheme: 'light', width: 1280 },
  { language: 'zh-CN', colorScheme: 'dark', width: 360 },
  { language: 'zh-CN', colorScheme: 'light', width: 1280 },
  { language: 'en', colorScheme: 'dark', width: 360 },
] as const
const allScreensMs = 400_000

describe.each(visits)('in $language, $colorScheme, at $width pixels', (visit) => {
  it(
    'every screen of the sample company keeps the rules of accessibility and cuts nothing off',
    async () => {
      const { page, slug } = await baton.openSample(visit)
      const faults: string[] = []
      for (const address of await screensOf(page, slug)) faults.push(...(await faultsAt(page, address)))
      expect(faults.join('\n\n')).toBe('')
    },
    allScreensMs,
  )
})

// All screens are judged before the test fails, so that one run tells everything.
async function faultsAt(page: Page, address: string): Promise<string[]> {
  await page.goto(address)
  const faults: string[] = []
  const note = (error: Error) => void faults.push(`${address}\n${error.message.slice(0, 2_000)}`)
  await page.getByRole('heading', { level: 1 }).first().waitFor().catch(note)
  await expectNoViolations(page).catch(note)
  await expectNoSidewaysScroll(page).catch(note)
  return faults
}
