import { mkdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { socketPlace, socketPort } from '../../src/platform/db/embedded/socket-directory.ts'
import { root } from '../../tools/run.ts'
import { addressOf, type Running, run } from '../command-line.ts'
import { violationsOf } from './accessibility.ts'
import { faultsOf, launchChromium, openPage, type Storage, settle, type Visit } from './chromium.ts'
import { loadSample } from './screens.ts'

const picturesFolder = path.join(root, '.cache/e2e')
const startMs = 120_000
const mostTabs = 80
const patienceMs = 15_000

/** Somebody who signs in with a password. */
export interface Person {
  readonly email: string
  readonly password: string
}

/** A company and its Owner, with an API token for what a test needs beside the screens. */
export interface Company {
  readonly slug: string
  readonly memberId: string
  readonly token: string
  readonly owner: Person
}

/** A real Baton in a process of its own, with its console, and a browser in front of it. */
export interface BrowserBaton {
  readonly address: string
  /** A new window; it is closed after the test, which fails when something went wrong in the window. */
  newPage(visit?: Visit): Promise<Page>
  /** A new window in which the Owner of the sample company is signed in; the company is loaded at the first call. */
  openSample(visit?: Visit): Promise<{ page: Page; slug: string }>
  /** The first company of a fresh Baton, made through the API. */
  setUp(): Promise<Company>
  /** Asks the API with a token; fails unless it is done. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads the parts it names, whatever the route
  api(token: string, call: { method: string; path: string; body?: object }): Promise<any>
  /** Gives a command as the operator of the machine; what it answered. Fails unless it is done. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads the parts it names, whatever the command
  operator(command: readonly string[]): Promise<any>
  /** Works on the database as its superuser, past row-level security, to fill it as years of use would. */
  inDatabase(work: (client: pg.Client) => Promise<void>): Promise<void>
}

type Settings = Readonly<Record<string, string>>

/** Gives a test file its own Baton: `const baton = serveBaton()` at the top of the file; with settings of its own. */
export function serveBaton(settings: Settings = {}): BrowserBaton {
  let place: Place | undefined
  const here = () => {
    if (!place) throw new Error('Baton runs inside tests only')
    return place
  }
  beforeAll(async () => {
    place = await openPlace(settings)
  }, startMs)
  afterEach(async ({ task }) => {
    await here().closePages(task.result?.state === 'fail' ? task.name : null)
  })
  afterAll(() => place?.close(), startMs)
  return {
    get address() {
      return here().address
    },
    newPage: (visit) => here().newPage(visit),
    openSample: (visit) => here().openSample(visit),
    setUp: () => setUp(here().address),
    api: (token, call) => askApi(here().address, { token, ...call }),
    operator: (command) => here().operator(command),
    inDatabase: (work) => here().inDatabase(work),
  }
}

class Place {
  readonly address: string
  readonly #folder: string
  readonly #server: Running
  readonly #browser: Browser
  readonly #pages: Page[] = []
  #sample: { slug: string; storage: Storage } | undefined

  constructor(parts: { folder: string; server: Running; browser: Browser; address: string }) {
    this.#folder = parts.folder
    this.#server = parts.server
    this.#browser = parts.browser
    this.address = parts.address
  }

  async newPage(visit?: Visit): Promise<Page> {
    const page = await openPage(this.#browser, this.address, visit)
    page.setDefaultTimeout(patienceMs)
    this.#pages.push(page)
    return page
  }

  async openSample(visit: Visit = {}): Promise<{ page: Page; slug: string }> {
    this.#sample ??= await this.#loadSample()
    const { slug, storage } = this.#sample
    const page = await this.newPage({ ...visit, storage })
    await page.goto(`/c/${slug}`)
    return { page, slug }
  }

  // From a page of the console, so that the browser gets the session as it does from a person.
  async #loadSample(): Promise<{ slug: string; storage: Storage }> {
    const page = await openPage(this.#browser, this.address)
    await page.goto('/set-up')
    const sample = await loadSample(page, 'en')
    const storage = await page.context().storageState()
    await page.context().close()
    return { ...sample, storage }
  }

  // biome-ignore lint/suspicious/noExplicitAny: a test reads the parts it names, whatever the command
  async operator(command: readonly string[]): Promise<any> {
    const place = { BATON_DATA: path.join(this.#folder, 'data') }
    const { code, out, said } = await run([...command, '--json'], place).ended
    if (code !== 0) throw new Error(`baton ${command.join(' ')}: ${said}`)
    return JSON.parse(out)
  }

  async inDatabase(work: (client: pg.Client) => Promise<void>): Promise<void> {
    const host = socketPlace(path.join(this.#folder, 'data')).directory
    const client = new pg.Client({ host, port: socketPort, user: 'postgres', database: 'baton' })
    await client.connect()
    try {
      await work(client)
    } finally {
      await client.end()
    }
  }

  /** Closes the windows of a test, after a picture of each when it failed. */
  async closePages(failed: string | null): Promise<void> {
    const pages = this.#pages.splice(0)
    const faults = pages.flatMap((page) => faultsOf(page))
    if (failed !== null) await takePictures(pages, failed)
    for (const page of pages) await page.context().close()
    if (failed === null) expect(faults, 'what went wrong in the windows of this test').toEqual([])
  }

  async close(): Promise<void> {
    await this.#browser.close()
    this.#server.child.kill('SIGTERM')
    await this.#server.ended
    await rm(this.#folder, { recursive: true, force: true })
  }
}

async function openPlace(settings: Settings): Promise<Place> {
  const browser = await launchChromium()
  const folder = await mkdtemp(path.join(tmpdir(), 'baton-e2e-'))
  const server = run(['start'], {
    BATON_DATA: path.join(folder, 'data'),
    BATON_CONSOLE: 'on',
    BATON_REQUESTS_PER_MINUTE: '1000000',
    PORT: '0',
    ...settings,
  })
  const address = await Promise.race([
    addressOf(server),
    server.ended.then(({ said }) => {
      throw new Error(`Baton did not start:\n${said}`)
    }),
  ])
  return new Place({ folder, server, browser, address })
}

async function takePictures(pages: readonly Page[], test: string): Promise<void> {
  mkdirSync(picturesFolder, { recursive: true })
  const name = test.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 100)
  for (const [index, page] of pages.entries())
    await page.screenshot({ path: path.join(picturesFolder, `${name}-${index + 1}.png`) }).catch(() => {})
}

export const ownerPassword = 'correct horse battery staple'

async function setUp(address: string): Promise<Company> {
  const owner = { email: 'wang@example.com', password: ownerPassword }
  const body = {
    companyName: 'Acme',
    ownerName: '王芳',
    ownerEmail: owner.email,
    password: owner.password,
    language: 'en',
    licences: 100,
  }
  const made = await askApi(address, { method: 'POST', path: '/v1/setup', body })
  return { slug: made.slug, memberId: made.memberId, token: made.token, owner }
}

interface Call {
  readonly token?: string
  readonly method: string
  readonly path: string
  readonly body?: object
}

// biome-ignore lint/suspicious/noExplicitAny: a test reads the parts it names, whatever the route
async function askApi(address: string, { token, method, path: to, body }: Call): Promise<any> {
  const answer = await fetch(address + to, {
    method,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${to}: ${answer.status} ${text}`)
  return text === '' ? null : JSON.parse(text)
}

/** Signs in on the page for it, in English, and waits until it is left. */
export async function signIn(page: Page, { email, password }: Person): Promise<void> {
  if (!new URL(page.url()).pathname.startsWith('/sign-in')) await page.goto('/sign-in')
  await page.getByLabel('E-mail address').fill(email)
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL((url) => url.pathname.startsWith('/c/'))
}

/** What the window shows now breaks no rule of WCAG 2.2 AA that a machine can judge, and nothing went wrong in it. */
export async function expectNoViolations(page: Page): Promise<void> {
  await settle(page)
  const faults = [...(await violationsOf(page)), ...faultsOf(page)]
  if (faults.length > 0) throw new Error(`At ${page.url()}:\n  ${faults.join('\n  ')}`)
}

/** Nothing is cut off: the page scrolls downwards only, at any width. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const { wanted, given } = await page.evaluate(() => ({
    wanted: document.documentElement.scrollWidth,
    given: document.documentElement.clientWidth,
  }))
  expect(wanted, `width of ${page.url()}`).toBeLessThanOrEqual(given)
}

/** Both at once, of a screen that somebody has come to. */
export async function expectSound(page: Page): Promise<void> {
  await expectNoViolations(page)
  await expectNoSidewaysScroll(page)
}

/** Goes on by Tab until the element has the focus, as somebody without a mouse would. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor()
  for (let pressed = 0; pressed < mostTabs; pressed++) {
    await page.keyboard.press('Tab')
    if (await hasFocus(target)) return
  }
  throw new Error(`${target} has no focus after ${mostTabs} times Tab`)
}

/** Whether an element, or something in it, has the focus. */
function hasFocus(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element.contains(document.activeElement))
}

/** Waits until an element has the focus. */
export async function expectFocus(target: Locator): Promise<void> {
  await expect.poll(() => hasFocus(target), { timeout: patienceMs, message: `focus of ${target}` }).toBe(true)
}
