import type { Page } from 'playwright-core'
import { beforeAll, describe, it } from 'vitest'
import { type Company, expectNoSidewaysScroll, expectNoViolations, serveBaton, signIn } from './browser.ts'
import { codeTo, linkIn, messageTo } from './outbox.ts'

const baton = serveBaton({ BATON_OUTBOX: 'on' })
const journeyMs = 120_000

let company: Company
beforeAll(async () => {
  company = await baton.setUp()
})

// biome-ignore lint/suspicious/noExplicitAny: a test reads the parts it names, whatever the route
async function post(page: Page, path: string, data: object): Promise<any> {
  const answer = await page.request.post(path, { data })
  if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`)
  return answer.json()
}

/** The Owner adds an e-mail address; gives the link that tells the address before of it. */
async function linkOfAddedAddress(owners: Page, added: string): Promise<string> {
  const { slug, owner } = company
  const wanted = { kind: 'email', value: added }
  const { challengeId } = await post(owners, '/v1/account/identifiers', wanted)
  const code = await codeTo(owners, { slug, to: added })
  await post(owners, `/v1/account/identifiers/${challengeId}/verify`, { code })
  return linkIn(await messageTo(owners, { slug, to: owner.email }))
}

describe('the link that tells of a change of the account', () => {
  it(
    'ACC-9 freezes the change by one button, says what happened, and works once',
    async () => {
      const owners = await baton.newPage()
      await signIn(owners, company.owner)
      const link = await linkOfAddedAddress(owners, 'added@example.com')
      const page = await baton.newPage({ width: 320 })
      await page.goto(link)
      await page.getByRole('heading', { name: 'Object to a change of your account?' }).waitFor()
      await page.getByText('Nothing has happened by opening this page.').waitFor()
      await expectNoViolations(page)
      await expectNoSidewaysScroll(page)
      await page.getByRole('button', { name: 'Object: it was not me' }).click()
      await page.getByRole('heading', { name: 'The change is frozen' }).waitFor()
      await page.getByText('You have objected to an added phone').waitFor()
      await expectNoViolations(page)
      await expectNoSidewaysScroll(page)

      const again = await baton.newPage({ language: 'zh-CN', colorScheme: 'dark', width: 360 })
      await again.goto(link)
      await again.getByRole('button', { name: '提出异议：非本人操作' }).click()
      await again.getByRole('alert').waitFor()
      await expectNoViolations(again)
    },
    journeyMs,
  )
})

describe('a link of a message', () => {
  it.each([
    ['/objection', '#a-link-that-was-never-made-0123456789', 'Object: it was not me'],
    ['/takeover', '#a-link-that-was-never-made-0123456789', 'Object'],
    ['/sign-in', '#browser=a-link-that-was-never-made-0123456789', 'Let this browser sign in'],
  ])('to %s that does not work says so, and what to do', async (path, hash, action) => {
    const page = await baton.newPage({ width: 360 })
    await page.goto(path + hash)
    await page.getByRole('button', { name: action, exact: true }).click()
    await page.getByRole('alert').waitFor()
    await expectNoViolations(page)
    await expectNoSidewaysScroll(page)
  })

  it.each(['/objection', '/takeover'])('to %s that is cut off says so', async (path) => {
    const page = await baton.newPage()
    await page.goto(path)
    await page.getByRole('heading', { name: 'This link is not whole' }).waitFor()
    await page.getByRole('link', { name: 'Sign in' }).waitFor()
  })
})
