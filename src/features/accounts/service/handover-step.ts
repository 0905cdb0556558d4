import { Refusal } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { type JsonValue, record, stepsRecorded } from '../../audit/index.ts'
import {
  attempted,
  type DoneItem,
  eachItem,
  failed,
  forecast,
  type HandoverFacts,
  type HandoverStep,
  type Remark,
  type StepForecast,
  type StepItem,
  type StepResult,
  stepRefusal,
} from '../../custody-ports/index.ts'
import { tokenRemark } from '../refusals.ts'
import { revokeToken } from '../store.ts'
import { tokensById, type WorkingToken } from '../views.ts'

/** The leaver's API tokens are revoked: a token belongs to its member and is never passed on. */
export const apiTokenStep: HandoverStep = {
  holding: 'api_token',
  phase: 'access',
  ways: { leave: ['end', 'leave'], move: ['leave', 'end'], loan: ['leave'] },
  refusals: [stepRefusal.notHeld, ...Object.values(tokenRemark)],
  plan,
  carryOut,
  observe,
  undo,
}

const working = { works: true }
const revoked = { works: false }

async function plan(tx: Tx, _facts: HandoverFacts, items: readonly StepItem[]): Promise<StepForecast[]> {
  const tokens = await loadTokens(tx, items)
  return items.map((item) => {
    if (item.way === 'leave') return forecast(item, { before: working, after: working })
    const token = tokens.get(item.holdingId)
    return forecast(
      item,
      { before: working, after: revoked },
      {
        isReversible: false,
        warnings: token ? [lastUseOf(token)] : [],
        lostForEver: [
          { rule: tokenRemark.lost, values: { name: item.label }, data: { tokenId: item.holdingId } },
        ],
      },
    )
  })
}

function lastUseOf({ tokenId, name, lastUsedAt }: WorkingToken): Remark {
  const data = { tokenId }
  if (lastUsedAt === null) return { rule: tokenRemark.neverUsed, values: { name }, data }
  return { rule: tokenRemark.inUse, values: { name, lastUsedAt }, data: { ...data, lastUsedAt } }
}

async function loadTokens(tx: Tx, items: readonly StepItem[]): Promise<ReadonlyMap<string, WorkingToken>> {
  const tokens = await tokensById(
    tx,
    items.map(({ holdingId }) => holdingId),
  )
  return new Map(tokens.map((token) => [token.tokenId, token]))
}

async function carryOut(tx: Tx, facts: HandoverFacts, items: readonly StepItem[]): Promise<StepResult[]> {
  const tokens = await loadTokens(tx, items)
  return eachItem(items, async (item) => {
    if (item.way === 'leave') return attempted(item, working, working)
    if (tokens.get(item.holdingId)?.memberId !== facts.leaverId)
      throw new Refusal(stepRefusal.notHeld, { label: item.label })
    const token = await revokeToken(tx, item.holdingId)
    if (!token?.isNew) return repeated(tx, facts, item)
    const effect: Record<string, JsonValue> = {
      memberId: facts.leaverId,
      handoverId: facts.handoverId,
      itemId: item.itemId,
      before: working,
      after: revoked,
    }
    record(tx, {
      action: 'token.revoked',
      subjectKind: 'token',
      subjectId: item.holdingId,
      effect,
      reason: facts.reason,
    })
    tx.announce({ kind: 'access-ended', companyId: tx.companyId, memberId: facts.leaverId })
    return attempted(item, working, revoked)
  })
}

async function repeated(tx: Tx, facts: HandoverFacts, item: StepItem): Promise<StepResult> {
  const done = (await stepsRecorded(tx, facts.handoverId, [item.holdingId])).get(item.itemId)
  if (done) return attempted(item, done.before, done.after)
  throw new Refusal(stepRefusal.notHeld, { label: item.label })
}

async function observe(tx: Tx, _facts: HandoverFacts, items: readonly DoneItem[]) {
  const tokens = await loadTokens(tx, items)
  return items.map(({ itemId, holdingId, way }) => {
    const token = tokens.get(holdingId)
    const works = token !== undefined && token.revokedAt === null
    return { itemId, isThere: way === 'leave' || !works, seen: { works } }
  })
}

async function undo(_tx: Tx, _facts: HandoverFacts, items: readonly DoneItem[]): Promise<StepResult[]> {
  return items.map((item) =>
    item.way === 'leave'
      ? attempted(item, working, working)
      : failed(item, new Refusal(tokenRemark.lost, { name: item.label })),
  )
}
