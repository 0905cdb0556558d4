// `npm run screenshots`: every screen of the console with the sample company, light and dark, in both languages, on a desk
// and on a phone, into .cache/screenshots.
import { mkdirSync, rmSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { addressOf, run } from '../test/command-line.ts'
import { launchChromium, openPage, type Storage, settle, type Visit } from '../test/e2e/chromium.ts'
import { loadSample, screensOf } from '../test/e2e/screens.ts'
import { ensureConsole } from './console/ensure.ts'
import { root } from './run.ts'

const pictures = path.join(root, '.cache/screenshots')
const outside = [
  '/sign-in',
  '/forgot-password',
  '/recover-account',
  '/number-still-linked',
  '/objection#token=none',
  '/takeover#token=none',
  '/companies?choose=yes',
  '/set-up',
]

const visits: readonly Visit[] = (['en', 'zh-CN'] as const).flatMap((language) =>
  (['light', 'dark'] as const).flatMap((colorScheme) =>
    [1440, 360].map((width) => ({ language, colorScheme, width })),
  ),
)

async function main(word: string | undefined): Promise<void> {
  await ensureConsole((text) => process.stderr.write(text))
  const folder = await mkdtemp(path.join(tmpdir(), 'baton-screens-'))
  const browser = await launchChromium()
  const server = run(['start'], {
    BATON_DATA: path.join(folder, 'data'),
    BATON_CONSOLE: 'on',
    BATON_REQUESTS_PER_MINUTE: '1000000',
    PORT: '0',
  })
  try {
    await takeAll(browser, await addressOf(server), word)
  } finally {
    await browser.close()
    server.child.kill('SIGTERM')
    await server.ended
    await rm(folder, { recursive: true, force: true })
  }
}

async function takeAll(browser: Browser, address: string, word: string | undefined): Promise<void> {
  rmSync(pictures, { recursive: true, force: true })
  const first = await openPage(browser, address, {})
  await first.goto('/')
  await settle(first)
  await takeOne(first, path.join(pictures, 'first-visit.png'))
  const { slug } = await loadSample(first, 'en')
  const storage = await first.context().storageState()
  const screens = [...outside, ...(await screensOf(first, slug))].filter((one) => !word || one.includes(word))
  for (const visit of visits) await takeVisit(browser, { address, visit, screens, storage })
}

interface Round {
  readonly address: string
  readonly visit: Visit
  readonly screens: readonly string[]
  readonly storage: Storage
}

async function takeVisit(browser: Browser, { address, visit, screens, storage }: Round): Promise<void> {
  // What a browser remembers of an earlier visit must not choose the language of this one.
  const page = await openPage(browser, address, {
    ...visit,
    storage: { cookies: storage.cookies, origins: [] },
  })
  const folder = path.join(pictures, `${visit.language}-${visit.colorScheme}-${visit.width}`)
  for (const screen of screens) {
    await page.goto(screen)
    await settle(page)
    await takeOne(page, path.join(folder, `${nameOf(screen)}.png`))
  }
  await page.context().close()
  console.log(`${screens.length} screens in ${folder}`)
}

async function takeOne(page: Page, file: string): Promise<void> {
  mkdirSync(path.dirname(file), { recursive: true })
  await page.screenshot({ path: file, fullPage: true })
}

// Of an address with an id only the words are kept, so that a picture keeps its name from run to run.
function nameOf(screen: string): string {
  const parts = screen
    .replace(/[?].*$/, '')
    .split('/')
    .filter((part) => part !== '')
  const inside = parts[0] === 'c' ? parts.slice(2) : parts
  return inside.map((part) => (/^[0-9a-f]{8}-/.test(part) ? 'one' : part)).join('-') || 'home'
}

await main(process.argv[2])
