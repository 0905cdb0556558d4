import { existsSync } from 'node:fs'
import { type Browser, type BrowserContext, chromium, type Page, type Request } from 'playwright-core'

/** Where Debian puts it; `BATON_TEST_CHROMIUM` names another one. */
const program = process.env['BATON_TEST_CHROMIUM'] || '/usr/bin/chromium'
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]
const height = 900

export type Storage = Awaited<ReturnType<BrowserContext['storageState']>>

/** How somebody comes to the console. */
export interface Visit {
  readonly language?: 'en' | 'zh-CN'
  readonly colorScheme?: 'light' | 'dark'
  /** Width of the window in CSS pixels. */
  readonly width?: number
  /** What the browser remembers from an earlier visit, such as the session. */
  readonly storage?: Storage | undefined
  /** Other places that the window may go to, such as a service that signs people in: scheme, host and port. */
  readonly elsewhere?: readonly string[]
}

/** Starts the browser. @throws Error that names the Debian packages when there is none */
export async function launchChromium(): Promise<Browser> {
  if (!existsSync(program))
    throw new Error(
      `There is no Chromium at ${program}.\n  → apt-get install chromium fonts-noto-cjk, or name another one in BATON_TEST_CHROMIUM.`,
    )
  return chromium.launch({ executablePath: program, args: quiet })
}

const calmMs = 300
const pollMs = 50
const patienceMs = 15_000

interface Watched {
  readonly faults: string[]
  readonly pending: Set<Request>
  changedAtMs: number
}

const watched = new WeakMap<Page, Watched>()

/** Opens a window that remembers all that goes wrong in it: errors, what the policy blocked, requests to other hosts. */
export async function openPage(browser: Browser, address: string, visit: Visit = {}): Promise<Page> {
  const { language = 'en', colorScheme = 'light', width = 1280, storage, elsewhere = [] } = visit
  const context = await browser.newContext({
    baseURL: address,
    locale: language,
    timezoneId: 'Asia/Shanghai',
    colorScheme,
    // What fades in is there at once, so that colours are those that stay.
    reducedMotion: 'reduce',
    viewport: { width, height },
    permissions: ['clipboard-read', 'clipboard-write'],
    ...(storage ? { storageState: storage } : {}),
  })
  const page = await context.newPage()
  watched.set(page, watch(page, [new URL(address).origin, ...elsewhere]))
  return page
}

function watch(page: Page, origins: readonly string[]): Watched {
  const faults: string[] = []
  const state: Watched = { faults, pending: new Set(), changedAtMs: performance.now() }
  page.on('pageerror', (error) => faults.push(`error: ${error.stack ?? error.message}`))
  page.on('console', (message) => {
    const address = message.location().url
    if (message.type() === 'error' && !isRefusal(message.text(), address))
      faults.push(`console: ${message.text()} (${address})`)
  })
  page.on('request', (request) => {
    const { protocol, origin: to, pathname } = new URL(request.url())
    if (protocol !== 'blob:' && protocol !== 'data:' && !origins.includes(to))
      faults.push(`request to ${request.url()}`)
    // The live stream has no end.
    if (pathname !== '/v1/events') state.pending.add(request)
    state.changedAtMs = performance.now()
  })
  const forget = (request: Request) => {
    state.pending.delete(request)
    state.changedAtMs = performance.now()
  }
  page.on('requestfinished', forget)
  page.on('requestfailed', forget)
  return state
}

/** Waits until the window has all answers and asks nothing new for a moment; live streams do not count. */
export async function settle(page: Page): Promise<void> {
  const state = watched.get(page)
  const end = performance.now() + patienceMs
  while (state && (state.pending.size > 0 || performance.now() - state.changedAtMs < calmMs)) {
    if (performance.now() > end)
      throw new Error(
        `${page.url()} still waits for ${[...state.pending].map((one) => one.url()).join(', ')}`,
      )
    await page.waitForTimeout(pollMs)
  }
}

// The browser reports every answer of 400 and above; that Baton refuses something is no fault, that it breaks is one.
function isRefusal(text: string, address: string): boolean {
  return (
    /^Failed to load resource: the server responded with a status of 4\d\d/.test(text) &&
    new URL(address).pathname.startsWith('/v1/')
  )
}

/** What went wrong in a window so far. */
export function faultsOf(page: Page): readonly string[] {
  return watched.get(page)?.faults ?? []
}
