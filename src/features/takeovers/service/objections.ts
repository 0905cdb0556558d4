import { systemCaller } from '../../../kernel/caller.ts'
import { addHours } from '../../../kernel/instant.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import { hashSecret } from '../../../platform/crypto/secret.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { maskIdentifier, noteSecurity, tellPerson } from '../../accounts/index.ts'
import { record } from '../../audit/index.ts'
import { addNotices } from '../../people/index.ts'
import type { takeoversContract } from '../contract.ts'
import { phoneStays } from '../message-templates.ts'
import { takeoverRefusal } from '../model.ts'
import { disputeDays } from '../rules/takeover.ts'
import {
  disputeTakeover,
  endTakeover,
  findByToken,
  listClaims,
  lockTakeover,
  type TakeoverRow,
} from '../store.ts'
import { activeAdmins } from '../views.ts'
import type { TakeoverParts } from './parts.ts'
import { objectToRecovery } from './recovery-wait.ts'

type Routes = typeof takeoversContract

interface Objection {
  /** Whose account the phone was to go to. */
  readonly accountId: string
  readonly takeoverId: string
  readonly formerAccountId: string
}

/**
 * Objects by the link of a message: what waits is stopped (ACC-6); what is done stands, and the company's Admins look
 * into it (ACC-5). A sealed account that was to come back to another address stays sealed.
 * @throws Refusal `takeover.link_invalid`
 */
export async function objectToTakeover(
  tx: Tx,
  parts: TakeoverParts,
  { body }: RouteInput<Routes['objectToTakeover']>,
): Promise<RouteOutput<Routes['objectToTakeover']>> {
  const hash = hashSecret(body.token)
  if (await objectToRecovery(tx, parts, hash)) return { outcome: 'recovery_stopped' }
  const found = await findByToken(tx, hash)
  if (!found) throw new Refusal(takeoverRefusal.linkInvalid)
  if (await veto(tx, parts, found)) return { outcome: 'vetoed' }
  if (await dispute(tx, found)) return { outcome: 'disputed' }
  throw new Refusal(takeoverRefusal.linkInvalid)
}

/**
 * The same for somebody who is signed in, of a phone of theirs.
 * @throws Refusal `thing.not_found`
 */
export async function vetoClaim(
  tx: Tx,
  parts: TakeoverParts,
  { params }: RouteInput<Routes['vetoClaim']>,
): Promise<void> {
  const claim = (await listClaims(tx)).find(({ takeoverId }) => takeoverId === params.claimId)
  const formerAccountId = tx.accountId
  const isVetoed =
    claim !== undefined && formerAccountId !== null && (await veto(tx, parts, { ...claim, formerAccountId }))
  if (!isVetoed) throw new Refusal(httpRefusal.notFound, { thing: 'claim' })
}

async function veto(
  tx: Tx,
  { vault }: TakeoverParts,
  { accountId, takeoverId, formerAccountId }: Objection,
): Promise<boolean> {
  const row = await tx.inAccount(accountId, async (inside) => {
    const open = await lockTakeover(inside, takeoverId)
    if (open?.state !== 'waiting' || open.phone === null) return null
    endTakeover(inside, takeoverId, { state: 'vetoed' })
    noteSecurity(inside, { kind: 'takeover_vetoed', facts: { isOwn: true } })
    const values = { phone: maskIdentifier({ kind: 'phone', value: open.phone }) }
    await tellPerson(inside, vault, { template: phoneStays, values })
    return open
  })
  if (row === null) return false
  await tx.inAccount(formerAccountId, async (inside) => {
    const { formerIdentifierId: identifierId } = row
    noteSecurity(inside, { kind: 'takeover_vetoed', facts: { isOwn: false, identifierId } })
  })
  await inOwnerCompany(tx, row, async (inside) => noteObjection(inside, row, 'takeover.vetoed'))
  return true
}

async function dispute(tx: Tx, { accountId, takeoverId }: Objection): Promise<boolean> {
  const row = await tx.inAccount(accountId, (inside) =>
    disputeTakeover(inside, takeoverId, addHours(inside.now, -disputeDays * 24)),
  )
  if (!row) return false
  await inOwnerCompany(tx, row, async (inside) => {
    noteObjection(inside, row, 'takeover.disputed')
    const admins = await activeAdmins(inside)
    addNotices(
      inside,
      admins.map(({ memberId }) => ({
        noticeId: inside.newId(),
        memberId,
        kind: 'takeover.disputed',
        particulars: { numberId: row.numberId, memberId: row.formerMemberId },
        at: inside.now,
      })),
    )
  })
  return true
}

async function inOwnerCompany(
  tx: Tx,
  { ownerCompanyId }: TakeoverRow,
  work: (inside: Tx) => Promise<void>,
): Promise<void> {
  if (ownerCompanyId !== null) await tx.inCompany(systemCaller(ownerCompanyId, 'takeovers'), work)
}

function noteObjection(
  tx: Tx,
  { numberId, memberId, formerMemberId }: TakeoverRow,
  action: 'takeover.vetoed' | 'takeover.disputed',
): void {
  if (numberId === null) return
  record(tx, { action, subjectKind: 'number', subjectId: numberId, effect: { memberId, formerMemberId } })
}
