import { describe, expect, it } from 'vitest'
import { paths } from '../../console/paths.ts'
import { expectNoSidewaysScroll, expectNoViolations, ownerPassword, serveBaton, signIn } from './browser.ts'

const baton = serveBaton({ BATON_OUTBOX: 'on' })
const journeyMs = 120_000

describe('the outbox of a development machine', () => {
  it(
    'shows the Owner the code that somebody on a phone was sent, soon after it was asked for',
    async () => {
      const { owner, slug } = await baton.setUp()
      const page = await baton.newPage({ width: 360 })
      await signIn(page, { email: owner.email, password: ownerPassword })
      await page.goto(paths.settings(slug))
      await page.getByRole('link', { name: 'Outbox of this machine' }).click()
      await page.getByRole('heading', { name: 'Outbox of this machine' }).waitFor()
      await page.getByText('Nothing was written yet').waitFor()
      const phone = { by: 'phone', value: '+8613800138000' }
      const asked = await page.request.post('/v1/sign-in', { data: phone })
      expect(asked.status()).toBe(201)
      const message = page.getByRole('listitem').filter({ hasText: '+8613800138000' })
      await message.waitFor()
      expect(await message.textContent()).toMatch(/SMS[\s\S]*\d{6}/)
      await expectNoViolations(page)
      await expectNoSidewaysScroll(page)
    },
    journeyMs,
  )
})
