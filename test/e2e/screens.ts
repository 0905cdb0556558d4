import type { Page } from 'playwright-core'
import { paths } from '../../console/paths.ts'

/** Loads the sample company; the window is signed in as its Owner afterwards. */
export async function loadSample(page: Page, language: 'en' | 'zh'): Promise<{ slug: string }> {
  return page.evaluate(
    async (body) => {
      const answer = await fetch('/v1/setup/sample', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      if (!answer.ok) throw new Error(await answer.text())
      return answer.json() as Promise<{ slug: string }>
    },
    { language },
  )
}

/** The addresses of all screens inside a company and of the own account, with the first of each list where one thing is shown. */
export async function screensOf(page: Page, slug: string): Promise<string[]> {
  const [numberId, memberId, operationId, handoverId, importId, taskId, workAccountId] = await Promise.all([
    firstOf(page, { slug, list: '/v1/numbers', id: 'numberId' }),
    firstOf(page, { slug, list: '/v1/members', id: 'memberId' }),
    firstOf(page, { slug, list: '/v1/operations', id: 'operationId' }),
    firstOf(page, { slug, list: '/v1/handovers', id: 'handoverId' }),
    firstOf(page, { slug, list: '/v1/imports', id: 'importId' }),
    firstOf(page, { slug, list: '/v1/tasks', id: 'taskId' }),
    firstOf(page, { slug, list: '/v1/work-accounts', id: 'workAccountId' }),
  ])
  return [
    paths.home(slug),
    paths.numbers(slug),
    ...(numberId ? [paths.number(slug, numberId)] : []),
    paths.people(slug),
    ...(memberId ? [paths.person(slug, memberId)] : []),
    paths.departments(slug),
    paths.imports(slug),
    paths.newImport(slug),
    ...(importId ? [paths.import(slug, importId)] : []),
    paths.batches(slug),
    paths.newBatch(slug),
    ...(operationId ? [paths.batch(slug, operationId)] : []),
    paths.moves(slug),
    paths.handovers(slug),
    paths.newHandover(slug),
    paths.manyLeavers(slug),
    paths.leavers(slug),
    ...(handoverId ? [paths.handover(slug, handoverId)] : []),
    paths.tasks(slug),
    ...(taskId ? [paths.task(slug, taskId)] : []),
    paths.systems(slug),
    `${paths.systems(slug)}?view=systems`,
    ...(workAccountId ? [paths.workAccount(slug, workAccountId)] : []),
    paths.requests(slug),
    paths.holds(slug),
    paths.audit(slug),
    paths.subscription(slug),
    paths.tokens(slug),
    paths.settings(slug),
    paths.mine(slug),
    paths.me(slug),
    paths.account(),
    paths.changeMobile(),
    paths.deleteAccount(),
    paths.securityLog(),
    paths.accountChanges(),
    paths.deletionWaits('2030-01-01T00:00:00.000Z'),
  ]
}

interface Wanted {
  readonly slug: string
  readonly list: string
  readonly id: string
}

async function firstOf(page: Page, wanted: Wanted): Promise<string | null> {
  return page.evaluate(async ({ slug, list, id }) => {
    const answer = await fetch(`${list}?limit=1`, { headers: { 'baton-company': slug } })
    const { items = [] } = (await answer.json()) as { items?: Record<string, string>[] }
    return items[0]?.[id] ?? null
  }, wanted)
}
