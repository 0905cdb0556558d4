import { expect, it } from 'vitest'
import { paths } from '../../console/paths.ts'
import { expectNoSidewaysScroll, expectNoViolations, serveBaton } from './browser.ts'

const baton = serveBaton()
it.each([
  { language: 'en', colorScheme: 'light', width: 1280 },
  { language: 'zh-CN', colorScheme: 'dark', width: 320 },
] as const)('looks %j', async (visit) => {
  const { page } = await baton.openSample(visit)
  const faults: string[] = []
  const note = (error: Error) => void faults.push(error.message.slice(0, 1500))
  for (const [i, at] of [paths.account(), paths.changeMobile(), paths.deleteAccount(), paths.securityLog(), paths.deletionWaits('2030-01-01T00:00:00.000Z'), paths.deletionWaits('2020-01-01T00:00:00.000Z')].entries()) {
    await page.goto(at)
    await page.getByRole('heading', { level: 1 }).first().waitFor().catch(note)
    await expectNoViolations(page).catch(note)
    await expectNoSidewaysScroll(page).catch(note)
    await page.screenshot({ path: `/tmp/c2-look/s${i}-${visit.width}.png`, fullPage: true })
  }
  expect(faults.join('\n')).toBe('')
}, 200_000)
