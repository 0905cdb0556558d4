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
      await watchLongTasks(page)
      await page.getByRole('table', { name: 'Numbers of the company' }).hover()
      await takeLongTasks(page)

      const loading: number[] = []
      const last = page.getByRole('link', { name: '+49 30 10000001' })
      for (let isAtEnd = false; !isAtEnd; isAtEnd = (await last.count()) > 0) {
        // What looking for the last row costs the browser is not counted.
        await takeLongTasks(page)
        for (let step = 0; step < stepsAtOnce; step++) await scroll(page, stepPixels)
        loading.push(...(await takeLongTasks(page)))
      }
      const looking: number[] = []
      for (let step = 0; step < stepsAtOnce; step++) await scroll(page, -5 * stepPixels)
      looking.push(...(await takeLongTasks(page)))
      expect({ loading: say(loading), looking: say(looking) }).toEqual({ loading: 'none', looking: 'none' })
    },
    journeyMs,
  )
})

function say(tasks: readonly number[]): string {
  return tasks.length === 0 ? 'none' : `${tasks.length} (longest ${Math.max(...tasks)} ms)`
}

declare global {
  interface Window {
    longTasks?: number[]
  }
}

async function watchLongTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const tasks: number[] = []
    window.longTasks = tasks
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) tasks.push(Math.round(entry.duration))
    })
    observer.observe({ type: 'longtask' })
  })
}

async function takeLongTasks(page: Page): Promise<number[]> {
  await page.waitForTimeout(200)
  return page.evaluate(() => window.longTasks?.splice(0) ?? [])
}

const stepPixels = 1_500
const stepsAtOnce = 40
const frameMs = 30

// As a hand on a wheel does it: some rows further, then a look.
async function scroll(page: Page, pixels: number): Promise<void> {
  await page.mouse.wheel(0, pixels)
  await page.waitForTimeout(frameMs)
}
