import { createPublicKey } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Locator, Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { paths } from '../../console/paths.ts'
import type { TrustedKey } from '../../src/features/audit/index.ts'
import { verifyReceipt } from '../../src/features/handovers/receipt/verify.ts'
import { expectNoSidewaysScroll, expectNoViolations, serveBaton } from './browser.ts'
import { type Colleague, type Line, type StaffedCompany, setUpStaffed } from './staffed-company.ts'

const baton = serveBaton()
const startMs = 60_000
const journeyMs = 120_000
const runMs = 45_000

let staff: StaffedCompany
let mia: Colleague
beforeAll(async () => {
  staff = await setUpStaffed(baton)
  mia = await staff.hire('Mia Bauer')
}, startMs)

/** Somebody who holds numbers, and to whom they report. */
async function leaverWith(
  name: string,
  count: number,
  manager: Colleague = mia,
): Promise<{ leaver: Colleague; lines: Line[] }> {
  const leaver = await staff.hire(name)
  await staff.setManager(leaver, manager)
  const lines: Line[] = []
  for (let made = 0; made < count; made++) lines.push(await staff.addNumber(leaver))
  return { leaver, lines }
}

/** Counts what somebody presses. */
function counter() {
  let clicks = 0
  return {
    get clicks() {
      return clicks
    },
    async click(target: Locator) {
      clicks += 1
      await target.click()
    },
  }
}

async function planOf(page: Page, leaver: Colleague): Promise<void> {
  await page.goto(`${paths.newHandover(staff.slug)}?leaver=${leaver.memberId}`)
  await page.getByText('Their manager.').waitFor()
  await page.getByRole('button', { name: 'Make the plan' }).click()
  await page.getByRole('heading', { name: 'Plan', exact: true }).waitFor()
}

async function downloaded(page: Page, button: string): Promise<Buffer> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ])
  return readFile(await download.path())
}

async function pinned(): Promise<TrustedKey[]> {
  const keys: TrustedKey[] = []
  await baton.inDatabase(async (client) => {
    const { rows } = await client.query('select key_name, public_key from signing_keys')
    for (const { key_name, public_key } of rows)
      keys.push({ keyName: key_name, publicKey: createPublicKey(public_key), validUntil: null })
  })
  return keys
}

describe('somebody leaves', () => {
  it(
    'HAN-1 to HAN-9 from Home to running in six clicks at most, seen live, proven by a receipt, and taken back',
    async () => {
      const { leaver: lena, lines } = await leaverWith('Lena Vogt', 3)
      const lenas = await staff.windowOf(lena, paths.mine(staff.slug))
      await lenas.getByText(lines[0]?.written ?? '').waitFor()
      const page = await staff.windowOf(staff.owner, paths.home(staff.slug))
      const hand = counter()

      await hand.click(page.getByRole('link', { name: 'Someone is leaving' }).first())
      await hand.click(page.getByRole('combobox', { name: 'Who leaves' }))
      await page.keyboard.type('Lena')
      await hand.click(page.getByRole('option', { name: /^Lena Vogt/ }))
      await page.getByRole('radio', { name: /^Mia Bauer/, checked: true }).waitFor()
      await expectNoViolations(page)
      await hand.click(page.getByRole('button', { name: 'Make the plan' }))
      await page.getByRole('heading', { name: 'Lena Vogt leaves' }).waitFor()
      await page
        .getByRole('region', { name: '→ Mia Bauer' })
        .getByText(lines[0]?.written ?? '')
        .first()
        .waitFor()
      await expectNoViolations(page)
      await hand.click(page.getByRole('button', { name: 'Run now' }))
      await page.getByText(/^\d+ of \d+ done/).waitFor()
      expect(hand.clicks).toBeLessThanOrEqual(6)

      await page.getByText('Lena Vogt holds nothing any more').waitFor({ timeout: runMs })
      await expectNoViolations(page)
      for (const line of lines) expect(await staff.holderOf(line)).toBe('Mia Bauer')
      await lenas.goto(paths.mine(staff.slug))
      await lenas.getByText('Your access to this company has ended or is suspended.').waitFor()

      const json = await receiptOf(page)
      expect(verifyReceipt(json, await pinned())).toMatchObject({ ok: true, findings: [] })
      expect((await downloaded(page, 'Receipt to print (PDF)')).subarray(0, 5).toString()).toBe('%PDF-')

      await page.getByRole('button', { name: 'Undo the handover…' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByText(/things are taken back/).waitFor()
      await dialog.getByText('Everything comes back as it was.').waitFor()
      await dialog.getByRole('button', { name: 'Undo the handover' }).click()
      await page.getByText(/Undone \d/).waitFor({ timeout: runMs })
      for (const line of lines) expect(await staff.holderOf(line)).toBe('Lena Vogt')
      await expectNoViolations(page)
    },
    journeyMs,
  )

  it(
    '从成员页三次点击即可执行交接，页面为中文，窄屏也不被截断',
    async () => {
      const { leaver, lines } = await leaverWith('Nora Klein', 1)
      const page = await staff.windowOf(staff.owner, paths.person(staff.slug, leaver.memberId))
      await page.evaluate(() =>
        localStorage.setItem('baton.preferences', JSON.stringify({ language: 'zh-CN' })),
      )
      await page.setViewportSize({ width: 360, height: 740 })
      await page.reload()
      const hand = counter()
      await hand.click(page.getByRole('link', { name: '交接Nora Klein名下的项目' }))
      await page.getByRole('radio', { name: /^Mia Bauer/, checked: true }).waitFor()
      await expectNoSidewaysScroll(page)
      await hand.click(page.getByRole('button', { name: '生成计划' }))
      await page.getByRole('heading', { name: '计划', exact: true }).waitFor()
      await expectNoViolations(page)
      await expectNoSidewaysScroll(page)
      await hand.click(page.getByRole('button', { name: '立即执行' }))
      expect(hand.clicks).toBe(3)
      await page.getByText('Nora Klein名下已无任何项目').waitFor({ timeout: runMs })
      await expectNoSidewaysScroll(page)
      expect(await staff.holderOf(lines[0] ?? fail())).toBe('Mia Bauer')
    },
    journeyMs,
  )
})

function fail(): never {
  throw new Error('there is no number')
}

// The receipt is made some seconds after the end.
async function receiptOf(page: Page): Promise<string> {
  const seen = page.waitForEvent('download', { timeout: runMs })
  const timer = setInterval(
    () =>
      void page
        .getByRole('button', { name: 'Receipt to verify (JSON)' })
        .click()
        .catch(() => {}),
    2_000,
  )
  try {
    return await readFile(await (await seen).path(), 'utf8')
  } finally {
    clearInterval(timer)
  }
}

describe('what is planned', () => {
  it(
    'HAN-2 is not run when something has changed since: the difference is shown, and planned anew',
    async () => {
      const { leaver } = await leaverWith('Paul Adler', 1, await staff.hire('Ina Frank'))
      const page = await staff.windowOf(staff.owner, paths.home(staff.slug))
      await planOf(page, leaver)
      const added = await staff.addNumber(leaver)
      const alert = page
        .getByRole('alert')
        .filter({ hasText: 'Something has changed since this plan was made' })
      await alert.getByText(`${added.written} came`).waitFor()
      expect(await page.getByRole('button', { name: 'Run now' }).count()).toBe(0)
      await expectNoViolations(page)
      await alert.getByRole('button', { name: 'Plan again' }).click()
      await page.getByRole('button', { name: 'Run now' }).waitFor()
      await alert.waitFor({ state: 'detached' })
    },
    journeyMs,
  )

  it(
    'lets one number go to somebody else, without its history (NUM-5)',
    async () => {
      const { leaver, lines } = await leaverWith('Rosa Stein', 2, await staff.hire('Max Roth'))
      const tom = await staff.hire('Tom Haas')
      const page = await staff.windowOf(staff.owner, paths.home(staff.slug))
      await planOf(page, leaver)
      const written = lines[0]?.written ?? ''
      await page.getByRole('button', { name: `Change what becomes of ${written}` }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('combobox', { name: 'To whom' }).fill(tom.name)
      await page.getByRole('option', { name: /^Tom Haas/ }).click()
      await dialog.getByRole('radio', { name: 'Hide it from the successor' }).check()
      await expectNoViolations(page)
      await dialog.getByRole('button', { name: 'Change the plan' }).click()
      const group = page.getByRole('region', { name: '→ Tom Haas' })
      await group.getByText(written).first().waitFor()
      await group.getByText(/history hidden/).waitFor()
    },
    journeyMs,
  )

  it(
    'HAN-10 waits for a second person, who approves exactly this plan',
    async () => {
      await staff.setPolicies({ cooldownMinutes: 0, handoverApproval: 'always' })
      const ada = await staff.hire('Ada Admin', 'admin')
      const { leaver } = await leaverWith('Uwe Lang', 1, await staff.hire('Eva Brandt'))
      const adas = await staff.windowOf(ada, paths.home(staff.slug))
      await planOf(adas, leaver)
      await adas.getByRole('button', { name: 'Ask a second person' }).click()
      await adas.getByText(/^Plan [0-9a-f]{8} waits for a second person\.$/).waitFor()
      expect(await adas.getByRole('button', { name: /^Approve plan/ }).count()).toBe(0)

      const owners = await staff.windowOf(staff.owner, paths.requests(staff.slug))
      await owners.getByRole('heading', { name: 'Hand over what Uwe Lang holds' }).waitFor()
      await expectNoViolations(owners)
      await owners.getByRole('link', { name: 'See the plan' }).click()
      await owners.getByRole('button', { name: /^Approve plan/ }).click()
      await adas.getByText(/was approved by 王芳/).waitFor()
      await adas.getByRole('button', { name: 'Run now' }).click()
      await adas.getByText('Uwe Lang holds nothing any more').waitFor({ timeout: runMs })
    },
    journeyMs,
  )

  it(
    'HAN-6 is asked of the successor on their own page, and runs once they accept',
    async () => {
      await staff.setPolicies({
        cooldownMinutes: 0,
        handoverApproval: 'above_limit',
        handoverAcceptance: 'required',
      })
      const kim = await staff.hire('Kim Sommer')
      const { leaver, lines } = await leaverWith('Ole Winter', 1, kim)
      const page = await staff.windowOf(staff.owner, paths.home(staff.slug))
      await planOf(page, leaver)
      await page.getByRole('button', { name: 'Ask the successors' }).click()
      await page.getByText('Waits until every successor has answered.').waitFor()

      const kims = await staff.windowOf(kim, paths.mine(staff.slug))
      await kims.getByText('You are to receive what Ole Winter holds. Do you take it over?').waitFor()
      await expectNoViolations(kims)
      await kims.getByRole('button', { name: 'Accept' }).click()
      await kims.getByRole('button', { name: 'Accept' }).waitFor({ state: 'detached' })

      await page.getByRole('button', { name: 'Run now' }).click()
      await page.getByText('Ole Winter holds nothing any more').waitFor({ timeout: runMs })
      for (const line of lines) expect(await staff.holderOf(line)).toBe('Kim Sommer')
    },
    journeyMs,
  )
})
