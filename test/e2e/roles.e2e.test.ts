import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { paths } from '../../console/paths.ts'
import { expectNoSidewaysScroll, expectNoViolations, serveBaton, signIn } from './browser.ts'
import { settle } from './chromium.ts'
import { openReassign } from './reassign-dialog.ts'
import { screensOf } from './screens.ts'
import { type Colleague, type Line, type StaffedCompany, setUpStaffed } from './staffed-company.ts'

const baton = serveBaton()
const startMs = 60_000
const allScreensMs = 240_000

let staff: StaffedCompany
let lena: Colleague
let mia: Colleague
let line: Line
beforeAll(async () => {
  staff = await setUpStaffed(baton)
  lena = await staff.hire('Lena Vogt')
  mia = await staff.hire('Mia Bauer')
  line = await staff.addNumber(lena)
}, startMs)

describe('HAN-10 deleting a history', () => {
  it('is decided by a second person, which the Admin who asked is told', async () => {
    const [ada, noah] = [await staff.hire('Ada Admin', 'admin'), await staff.hire('Noah Admin', 'admin')]
    const passing = await staff.addNumber(lena)
    const { page: adas, dialog, choose, send } = await openReassign(staff, passing, ada)
    await choose(mia)
    await dialog.getByRole('radio', { name: 'Delete', exact: true }).check()
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('The caller asked for it')
    await send('Reassign to Mia Bauer')
    await dialog.getByText(/deleted once a second person has approved it/).waitFor()
    await dialog.getByRole('link', { name: 'Open the request' }).click()

    await decide(adas, 'Approve the deletion')
    const told = adas.getByRole('dialog').getByRole('alert')
    await told.getByText('You asked for this yourself, so a second person decides.').waitFor()
    await told.getByText(/Noah Admin/).waitFor()
    await adas.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()

    const noahs = await staff.windowOf(noah, paths.requests(staff.slug))
    await noahs.getByText('The caller asked for it').waitFor()
    await decide(noahs, 'Approve the deletion')
    await noahs.getByRole('status').filter({ hasText: 'Approved.' }).waitFor()

    // Her window follows the request to where it stands now.
    await adas.getByText(/^Approved by Noah Admin/).waitFor()
    await expectNoViolations(adas)
  })
})

async function decide(page: Page, action: string): Promise<void> {
  await page.getByRole('button', { name: action }).click()
  await page.getByRole('dialog').getByRole('button', { name: action }).click()
}

/** What changes numbers, people, the company or what others have asked for. */
const acts =
  /^(reassign|assign|propose|park|release|undo|add|new|edit|move|suspend|reactivate|remove|rename|pause|resume|retry|cancel|approve|reject|clear the check|change|save|upgrade|make|revoke|is leaving|has left|sign-in link…|pass|hand over|someone|several people|run|plan again|ask|give up)/i
// Where an Auditor has something of the own to decide: legal holds, and the own account.
const exceptions = [paths.holds, paths.me, paths.mine, paths.account, paths.changeMobile, paths.deleteAccount]

describe('an Auditor', () => {
  let auditor: Colleague
  beforeAll(async () => {
    auditor = await staff.hire('Otto Prüfer', 'auditor')
  })

  it('finds numbers, people and who decided what, and proves that nothing was changed since (ALL-2)', async () => {
    const page = await staff.windowOf(auditor, paths.numbers(staff.slug))
    await page.getByRole('link', { name: line.written }).click()
    await page.getByRole('heading', { name: line.written, level: 1 }).waitFor()
    await page.getByRole('cell', { name: 'Lena Vogt' }).waitFor()
    await page.getByRole('tab', { name: 'Audit' }).click()
    await page.getByText('Assigned to Lena Vogt').waitFor()
    await page.getByRole('button', { name: 'Verify the ledger' }).click()
    await page.getByText(/^Whole: \d+ decisions, nothing was changed$/).waitFor()
    await expectNoViolations(page)

    await page.getByRole('link', { name: 'People', exact: true }).click()
    await page.getByRole('link', { name: 'Lena Vogt' }).click()
    await page.getByRole('heading', { name: 'Lena Vogt', level: 1 }).waitFor()
    await page.getByText(line.written).first().waitFor()
    await page.getByRole('link', { name: 'Audit', exact: true }).click()
    await page.getByRole('heading', { name: 'Audit', level: 1 }).waitFor()
    await expectNoViolations(page)
  })

  it(
    'finds no way to act on any screen',
    async () => {
      const page = await staff.windowOf(auditor, paths.home(staff.slug))
      await page.getByRole('heading', { level: 1 }).waitFor()
      const excepted = exceptions.map((address) => address(staff.slug))
      const screens = (await screensOf(page, staff.slug)).filter((address) => !excepted.includes(address))
      const found: string[] = []
      for (const address of screens) {
        await page.goto(address)
        await page.getByRole('heading', { level: 1 }).waitFor()
        await settle(page)
        for (const name of await waysToActOn(page)) found.push(`${address}: ${name}`)
      }
      expect(found).toEqual([])
    },
    allScreensMs,
  )

  it('finds the menu of a number without what moves it, and is refused where the screens are passed by', async () => {
    const page = await staff.windowOf(auditor, paths.numbers(staff.slug))
    await page.getByRole('button', { name: `Actions for ${line.written}` }).click()
    await page.getByRole('menuitem', { name: 'Who held it' }).waitFor()
    expect(await page.getByRole('menuitem').allTextContents()).toEqual(['Who held it', 'Copy the number'])
    expect(await page.getByRole('checkbox').count()).toBe(0)
    const refusal = await askPast(page, { slug: staff.slug, path: `/v1/numbers/${line.numberId}/park` })
    expect(refusal).toMatchObject({ status: 403, code: 'permission.missing' })
    expect(await staff.holderOf(line)).toBe('Lena Vogt')
  })
})

async function waysToActOn(page: Page): Promise<string[]> {
  const main = page.getByRole('main')
  const controls = main
    .getByRole('button')
    .or(main.getByRole('link'))
    .or(main.getByRole('checkbox'))
    .or(main.getByRole('switch'))
  const names = await controls.evaluateAll((all) =>
    all.map((one) => (one.getAttribute('aria-label') ?? one.textContent ?? '').trim()),
  )
  return names.filter((name) => acts.test(name))
}

// With the session of the window, as somebody would who knows the API.
function askPast(page: Page, asked: { slug: string; path: string }) {
  return page.evaluate(async ({ slug, path }) => {
    const headers = { 'baton-company': slug, 'content-type': 'application/json' }
    const answer = await fetch(path, { method: 'POST', headers, body: '{}' })
    return { status: answer.status, ...(await answer.json()) }
  }, asked)
}

describe('a member', () => {
  it('sees the own numbers only, on a phone, too', async () => {
    const others = await staff.addNumber(mia)
    const page = await staff.windowOf(lena, paths.home(staff.slug))
    await page.getByRole('heading', { name: 'My numbers', level: 1 }).waitFor()
    const navigation = page.getByRole('navigation', { name: 'Main navigation' })
    expect(await navigation.getByRole('link').allTextContents()).toEqual([
      'Tasks',
      'My numbers',
      'My account',
    ])
    await page.setViewportSize({ width: 360, height: 740 })
    await page.getByRole('link', { name: line.written }).waitFor()
    expect(await page.getByText(others.written).count()).toBe(0)
    await expectNoSidewaysScroll(page)
    await expectNoViolations(page)
    await page.getByRole('link', { name: line.written }).click()
    await page.getByRole('heading', { name: line.written, level: 1 }).waitFor()
    await expectNoSidewaysScroll(page)
    await expectNoViolations(page)

    await page.goto(paths.myNumber(staff.slug, others.numberId))
    await page.getByRole('heading', { name: 'You do not hold this number', level: 1 }).waitFor()
    await page.goto(paths.number(staff.slug, others.numberId))
    await page.getByText('There is nothing here').waitFor()
    await page.goto(paths.person(staff.slug, mia.memberId))
    await page.getByText('There is nothing here').waitFor()
    expect(await page.getByText(others.written).count()).toBe(0)
  })
})

describe('somebody new', () => {
  it('is added by an Admin, signs in with the link of the Admin, signs out, and in again', async () => {
    const admin = await staff.hire('Ida Admin', 'admin')
    const admins = await staff.windowOf(admin, paths.people(staff.slug))
    await addPerson(admins, { name: 'Paul Neu', staffCode: 'P1', email: 'paul@example.com' })
    const link = await signInLinkFor(admins, 'Paul Neu')

    const page = await baton.newPage()
    await page.goto(link)
    await page.getByRole('heading', { name: 'Welcome to Baton' }).waitFor()
    await expectNoViolations(page)
    const paul = { email: 'paul@example.com', password: 'nine blue kettles 7' }
    await page.getByRole('textbox', { name: 'Password' }).fill(paul.password)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByRole('heading', { name: 'My numbers', level: 1 }).waitFor()
    await page.getByText('You hold no number').waitFor()
    await page.getByRole('button', { name: 'Account and display' }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await signIn(page, paul)
    await page.getByRole('heading', { name: 'My numbers', level: 1 }).waitFor()

    const late = await baton.newPage()
    await late.goto(link)
    await late.getByRole('textbox', { name: 'Password' }).fill('somebody else wants in 3')
    await late.getByRole('button', { name: 'Sign in', exact: true }).click()
    await late.getByRole('alert').waitFor()
    expect(new URL(late.url()).pathname).toBe('/sign-in')
  })
})

async function addPerson(
  page: Page,
  person: { name: string; staffCode: string; email: string },
): Promise<void> {
  await page.getByRole('button', { name: 'Add person' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add person' })
  await dialog.getByLabel('Name', { exact: false }).first().fill(person.name)
  await dialog.getByLabel('Staff code').fill(person.staffCode)
  await dialog.getByLabel('E-mail').fill(person.email)
  await dialog.getByRole('button', { name: 'Add person' }).click()
  await dialog.waitFor({ state: 'hidden' })
}

async function signInLinkFor(page: Page, name: string): Promise<string> {
  await page.getByRole('button', { name: `Actions for ${name}` }).click()
  await page.getByRole('menuitem', { name: 'Invite…' }).click()
  const dialog = page.getByRole('dialog', { name: `Sign-in link for ${name}` })
  await dialog.getByRole('button', { name: 'Make the link' }).click()
  const field = dialog.getByRole('textbox', { name: 'Sign-in link' })
  await field.waitFor()
  await expectNoViolations(page)
  const link = await field.inputValue()
  await dialog.getByRole('button', { name: 'I have handed it over' }).click()
  return link
}
