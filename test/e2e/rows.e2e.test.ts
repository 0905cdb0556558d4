import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { fillNumbers } from '../../bench/fill-numbers.ts'
import { paths } from '../../console/paths.ts'
import { type Company, serveBaton, signIn } from './browser.ts'
import { settle } from './chromium.ts'

const baton = serveBaton()
const rows = 10_000
const journeyMs = 300_000

let company: Company
beforeAll(async () => {
  company = await baton.setUp()
  const { companyId } = await baton.api(company.token, { method: 'GET', path: '/v1/company' })
  await baton.inDatabase((client) => fillNumbers(client, { companyId, members: 1_000, numbers: rows }))
}, 60_000)

describe(`a list of ${rows} numbers`, () => {
  it(
    'is scrolled to its end, and nothing takes the browser longer than 50 ms at once',
    async () => {
      const page = await baton.newPage()
      await signIn(page, company.owner)
      await page.goto(paths.numbers(company.slug))
      await page.getByText('10,000 numbers', { exact: true }).waitFor()
      await settle(page)
      await page.getByRole('table', { name: 'Numbers of the company' }).hover()
      const last = page.getByRole('link', { name: '+49 30 10000001' })
      const loading = await longTasksOf(page, async () => {
        for (let isAtEnd = false; !isAtEnd; isAtEnd = (await last.count()) > 0)
          await scrollOn(page, stepPixels)
      })
      const looking = await longTasksOf(page, () => scrollOn(page, -5 * stepPixels))
      expect({ loading: say(loading), looking: say(looking) }).toEqual({ loading: 'none', looking: 'none' })
    },
    journeyMs,
  )
})

function say(tasks: readonly number[]): string {
  return tasks.length === 0 ? 'none' : `${tasks.length} (longest ${Math.max(...tasks)} ms)`
}

interface TraceEvent {
  readonly name: string
  readonly pid: number
  readonly tid: number
  /** Microseconds of processor time: what other programs take from the machine does not count. */
  readonly tdur?: number
  readonly args: { readonly name?: string }
}

const longMs = 50

/** How long the tasks were that kept the page's thread for more than 50 ms while something was done. */
async function longTasksOf(page: Page, work: () => Promise<void>): Promise<number[]> {
  const session = await page.context().newCDPSession(page)
  const events: TraceEvent[] = []
  session.on('Tracing.dataCollected', ({ value }) => void events.push(...(value as unknown as TraceEvent[])))
  const isComplete = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()))
  await session.send('Tracing.start', {
    traceConfig: { includedCategories: ['toplevel', 'disabled-by-default-devtools.timeline'] },
    transferMode: 'ReportEvents',
  })
  await work()
  await session.send('Tracing.end')
  await isComplete
  await session.detach()
  const mains = new Set(
    events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(threadOf),
  )
  const tasks = events.filter((event) => event.name === 'RunTask' && mains.has(threadOf(event)))
  expect(tasks.some(({ tdur }) => tdur !== undefined && tdur > 0)).toBe(true)
  return tasks.map(({ tdur = 0 }) => Math.round(tdur / 1000)).filter((taskMs) => taskMs > longMs)
}

function threadOf({ pid, tid }: TraceEvent): string {
  return `${pid}:${tid}`
}

const stepPixels = 1_500
const stepsAtOnce = 40
const frameMs = 30

// As a hand on a wheel does it: some rows further, then a look.
async function scrollOn(page: Page, pixels: number): Promise<void> {
  for (let step = 0; step < stepsAtOnce; step++) {
    await page.mouse.wheel(0, pixels)
    await page.waitForTimeout(frameMs)
  }
}
