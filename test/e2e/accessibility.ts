import axe from 'axe-core'
import type { Page } from 'playwright-core'

const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** Judges what the window shows now by WCAG 2.2 AA, as far as a machine can; each violation with its places. */
export async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter((one) => one.effect?.getTiming().iterations !== Number.POSITIVE_INFINITY)
        .map((one) => one.finished.catch(() => undefined)),
    ),
  )
  await page.evaluate(axe.source)
  const found = await page.evaluate(
    (values) => window.axe.run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] }),
    levels,
  )
  return found.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      ({ html, failureSummary = '' }) =>
        `${id}: ${help}\n    ${html.slice(0, 300)}\n    ${failureSummary.replaceAll('\n', ' ')}`,
    ),
  )
}

declare global {
  interface Window {
    readonly axe: typeof axe
  }
}
