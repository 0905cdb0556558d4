import { describe, it } from 'vitest'
import { expectNoViolations, serveBaton } from './browser.ts'

const baton = serveBaton()

describe('the sample company', () => {
  it('is there at once for who wants to look around', async () => {
    const page = await baton.newPage()
    await page.goto('/')
    await page.getByRole('button', { name: 'Load the sample company' }).click()
    await page.waitForURL((url) => url.pathname.startsWith('/c/'), { timeout: 60_000 })
    await page.getByText('This is the sample company').waitFor()
    await expectNoViolations(page)
  })
})
