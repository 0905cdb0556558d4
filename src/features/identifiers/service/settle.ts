import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import {
  type AccountChange,
  findChange,
  identifierDigest,
  identifierInWords,
  listUnsettled,
  lockIdentifiers,
  noteSecurity,
  restorePassword,
  settleChanges,
  signal,
  tellPerson,
  unbindIdentifier,
} from '../../accounts/index.ts'
import type { Identifier } from '../../accounts/model.ts'
import { keepFactor, undoFactor } from '../../factors/index.ts'
import type { identifiersContract } from '../contract.ts'
import { identifierTemplates } from '../message-templates.ts'
import { coursesOf, objectedWith, type Settlement, settlementOf } from '../objection-rules.ts'
import { identifierRefusal } from '../refusals.ts'
import { listUsablePasskeys } from '../views.ts'
import { shownChange } from './changes.ts'
import { mayThisSession, settlersIn } from './may-settle.ts'
import { applyAll } from './object.ts'
import { boundOf, type IdentifierParts, personIn } from './person.ts'

type Route = (typeof identifiersContract)['settleChange']
type Decision = RouteInput<Route>['body']['decision']

/**
 * ACC-9: decides a change that was objected to, with all that waits with it. Only for who came in by something older
 * than the change; nobody objects to a decision, so that two who have a link each do not go on for ever.
 * @throws Refusal `thing.not_found`, `change.not_objected`, `change.needs_older_proof`, `identifier.last_login`
 */
export async function settleChange(
  parts: IdentifierParts,
  tx: Tx,
  { params, body, language }: RouteInput<Route>,
): Promise<RouteOutput<Route>> {
  const identifiers = await lockIdentifiers(tx)
  const asked = await findChange(tx, params.changeId)
  if (asked === null) throw new Refusal(httpRefusal.notFound, { thing: 'change' })
  if (asked.objectionId === null || asked.settledAt !== null) {
    throw new Refusal(identifierRefusal.nothingToSettle)
  }
  const changeId = asked.objectionId
  const unsettled = await listUnsettled(tx)
  const settlers = await settlersIn(parts, tx, { identifiers, unsettled, changeId })
  if (!(await mayThisSession(tx, settlers))) {
    const ways = identifiers
      .filter(({ identifierId }) => settlers.identifierIds.includes(identifierId))
      .map((one) => identifierInWords(one, language))
    throw new Refusal(identifierRefusal.settlerTooNew, { ways: ways.join(', ') || 'passkey' })
  }
  return decide(parts, tx, { changeId, identifiers, unsettled, decision: body.decision })
}

interface Case {
  readonly changeId: string
  readonly identifiers: readonly Identifier[]
  readonly unsettled: readonly AccountChange[]
  readonly decision: Decision
}

async function decide(parts: IdentifierParts, tx: Tx, one: Case): Promise<RouteOutput<Route>> {
  const { changeId, unsettled, decision } = one
  const waiting = objectedWith(unsettled, changeId)
  const settlement = await settlementIn(parts, tx, one)
  await carryOut(parts, tx, settlement)
  await settleFactors(tx, waiting, decision)
  const parked = waiting.find(({ parkedPassword }) => parkedPassword !== null)?.parkedPassword ?? null
  if (decision === 'keep' && parked !== null) await restorePassword(tx, parked)
  const outcome = decision === 'keep' ? 'kept' : 'undone'
  const ids = waiting.map((change) => change.changeId)
  settleChanges(tx, ids, outcome)
  settleChanges(tx, mootWith(unsettled, settlement), 'undone')
  await tell(parts, tx, { waiting, settlement, outcome })
  const settled = await Promise.all(ids.map((id) => findChange(tx, id)))
  return { items: settled.flatMap((change) => (change ? [shownChange(change, tx.now, false)] : [])) }
}

async function settlementIn(
  parts: IdentifierParts,
  tx: Tx,
  { changeId, identifiers, unsettled, decision }: Case,
): Promise<Settlement> {
  const added = new Set(objectedWith(unsettled, changeId).map(({ subjectId }) => subjectId))
  const passkeys = await listUsablePasskeys(tx)
  const settlement = settlementOf(
    {
      bound: await boundOf(tx, parts, identifiers),
      passkeys: passkeys.filter(({ passkeyId }) => decision === 'keep' || !added.has(passkeyId)).length,
      unsettled,
      changeId,
    },
    decision,
  )
  if (settlement === null) throw new Refusal(identifierRefusal.lastLogin)
  return settlement
}

async function carryOut({ vault }: IdentifierParts, tx: Tx, { gone, stands }: Settlement): Promise<void> {
  for (const { identifierId, kind, value } of gone) {
    await unbindIdentifier(tx, identifierId, {
      how: 'objected',
      digest: identifierDigest(vault, kind, value),
    })
  }
  applyAll(tx, stands)
}

async function settleFactors(tx: Tx, waiting: readonly AccountChange[], decision: Decision): Promise<void> {
  for (const change of waiting) {
    if (change.identifier !== null) continue
    if (decision === 'keep') keepFactor(tx, change)
    else await undoFactor(tx, change)
  }
}

/** Earlier changes of what is gone now: there is nothing left of them to object to. */
function mootWith(unsettled: readonly AccountChange[], { gone }: Settlement): string[] {
  const isGone = ({ identifier }: AccountChange) =>
    gone.some(({ kind, value }) => kind === identifier?.kind && value === identifier.value)
  return unsettled.filter(isGone).map(({ changeId }) => changeId)
}

interface Settled {
  readonly waiting: readonly AccountChange[]
  readonly settlement: Settlement
  readonly outcome: 'kept' | 'undone'
}

async function tell(
  { vault }: IdentifierParts,
  tx: Tx,
  { waiting, settlement, outcome }: Settled,
): Promise<void> {
  const { accountId } = personIn(tx)
  for (const { changeId, kind } of waiting) {
    noteSecurity(tx, { kind: 'change_settled', facts: { changeId, changed: kind, outcome } })
  }
  await tellPerson(tx, vault, { template: identifierTemplates[outcome], values: {} })
  for (const { identifierId, kind } of settlement.gone) {
    await signal(tx, accountId, {
      action: 'account.identifier_unbound',
      effect: { identifierId, identifierKind: kind, because: 'settled' },
    })
  }
  for (const { identifier } of coursesOf(waiting)) {
    await signal(tx, accountId, {
      action: 'account.identifier_changed',
      effect: { identifierKind: identifier.kind, because: 'settled', outcome },
    })
  }
}
