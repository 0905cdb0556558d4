import type { BrowserBaton, Company } from './browser.ts'
import type { Colleague } from './staffed-company.ts'

const atOnce = 8
const lookMs = 100

/**
 * Gives somebody many numbers of Berlin, `+4930<first>` and those after it, in a company that sets no limits to how
 * many one person holds or moves.
 */
export async function addManyNumbers(
  baton: BrowserBaton,
  { token }: Company,
  wish: { readonly first: number; readonly count: number; readonly holder: Colleague },
): Promise<void> {
  const policies = { cooldownMinutes: 0, moveLimitPerDay: null }
  await baton.api(token, { method: 'PATCH', path: '/v1/company', body: { policies } })
  await baton.api(token, { method: 'PATCH', path: '/v1/company/subscription', body: { capOverride: 1000 } })
  await baton.api(token, { method: 'POST', path: '/v1/company/licences', body: { change: wish.count } })
  const left = Array.from({ length: wish.count }, (_, index) => `+4930${wish.first + index}`)
  const moves = left.map((number) => ({ number, toMemberId: wish.holder.memberId }))
  const add = async () => {
    for (let number = left.shift(); number !== undefined; number = left.shift())
      await baton.api(token, { method: 'POST', path: '/v1/numbers', body: { number } })
  }
  await Promise.all(Array.from({ length: atOnce }, add))
  const path = '/v1/number-moves'
  const { operation } = await baton.api(token, { method: 'POST', path, body: { moves } })
  await untilDone(baton, token, operation.operationId)
}

async function untilDone(baton: BrowserBaton, token: string, operationId: string): Promise<void> {
  const path = `/v1/operations/${operationId}?limit=0`
  for (;;) {
    const { state, failed } = await baton.api(token, { method: 'GET', path })
    if (failed > 0) throw new Error(`${failed} moves failed`)
    if (state === 'done') return
    await new Promise((resolve) => setTimeout(resolve, lookMs))
  }
}
