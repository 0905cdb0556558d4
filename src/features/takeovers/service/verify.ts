import type { Instant } from '../../../kernel/fields.ts'
import { addHours } from '../../../kernel/instant.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput } from '../../../kernel/route.ts'
import { hashSecret, newSecret } from '../../../platform/crypto/secret.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import type { OwnContext } from '../../../platform/http/bind.ts'
import {
  actorIn,
  type Challenge,
  countCode,
  lockPhone,
  maskIdentifier,
  noteSecurity,
  refuseFrozen,
  takeCode,
  tellPerson,
} from '../../accounts/index.ts'
import { record } from '../../audit/index.ts'
import { addNotices } from '../../people/index.ts'
import type { takeoversContract } from '../contract.ts'
import { phoneClaimed } from '../message-templates.ts'
import { type MobileChangeOutcome, takeoverRefusal } from '../model.ts'
import { confirmUntil, recycledUntil, usedLatelyDays, vetoDays } from '../rules/takeover.ts'
import { endTakeover, insertTakeover, listOpen } from '../store.ts'
import { wasAskedLately, wasVetoedSince } from '../views.ts'
import { carryOver } from './carry-over.ts'
import { type Look, lookAt, type NumberPlace, requireAccount, sessionOf } from './look.ts'
import type { TakeoverParts } from './parts.ts'
import { lossesOfRow } from './start.ts'
import { isUsedUnheard } from './unheard.ts'
import { inUtc } from './words.ts'

type Route = (typeof takeoversContract)['verifyMobileChange']
const purpose = 'change_mobile'

/** How often the Admins hear of the same wish. */
const askAgainHours = 24

/**
 * Takes the code and decides what becomes of the phone (ACC-5, ACC-6). Where the company's number is not assigned to
 * the person, its Admins are told of the wish.
 * @throws Refusal `code.wrong`, `account.frozen`, `takeover.still_used`, `takeover.vetoed_lately` and as `decidePassage` and `carryOver` do
 */
export async function verifyMobileChange(
  context: OwnContext,
  parts: TakeoverParts,
  { params, body, language }: RouteInput<Route>,
): Promise<MobileChangeOutcome> {
  const given = { challengeId: params.changeId, purpose, code: body.code } as const
  await countCode(context.openAside, { ...given, sessionId: null })
  let wish: NumberPlace | null = null
  try {
    return await context.open(async (tx) => {
      const challenge = await takeCode(tx, parts.vault, { ...given, sessionId: sessionOf(tx) })
      const phone = challenge.value
      if (phone === null) throw new Error('a change of mobile without a phone')
      await lockPhone(tx, phone)
      await refuseFrozen(tx)
      const look = await lookAt(tx, phone)
      wish = look.place
      return goOn(tx, parts, { look, challenge, language })
    })
  } catch (error) {
    const place = wish
    if (error instanceof Refusal && error.code === takeoverRefusal.notAssigned.code && place !== null) {
      await context.openAside((tx) => askAdmins(tx, place))
    }
    throw error
  }
}

interface Proved {
  readonly look: Look
  readonly challenge: Challenge
  readonly language: 'en' | 'zh'
}

async function goOn(tx: Tx, parts: TakeoverParts, proved: Proved): Promise<MobileChangeOutcome> {
  const { look, challenge } = proved
  const passage = look.decide()
  const replaces = replacedBy(challenge)
  const open = await listOpen(tx, look.phone)
  if (passage === 'bind') {
    for (const { takeoverId } of open) endTakeover(tx, takeoverId, { state: 'void' })
    const identifierId = await carryOver(tx, parts, { look, replaces, how: 'recycled', secret: null })
    return { outcome: 'bound', identifierId }
  }
  const waiting = open.find(({ state }) => state === 'waiting')
  if (passage === 'wait' && waiting && waiting.formerIdentifierId === look.bound?.identifierId) {
    return { outcome: 'waiting', changeId: waiting.takeoverId, dueAt: waiting.dueAt }
  }
  for (const { takeoverId } of open) endTakeover(tx, takeoverId, { state: 'void' })
  return passage === 'confirm' ? askToConfirm(tx, proved) : waitForVeto(tx, parts, proved)
}

function replacedBy({ given }: Challenge): string | null {
  const { replaces } = given
  return typeof replaces === 'string' ? replaces : null
}

async function askToConfirm(tx: Tx, { look, challenge, language }: Proved): Promise<MobileChangeOutcome> {
  const row = await begin(tx, {
    look,
    challenge,
    state: 'confirm',
    dueAt: confirmUntil(tx.now),
    tokenHash: null,
  })
  const losses = await lossesOfRow(tx, row, language)
  if (losses === null || row.numberId === null) throw new Error('a takeover without its number')
  return {
    outcome: 'confirm',
    changeId: row.takeoverId,
    numberId: row.numberId,
    ...losses,
    expiresAt: row.dueAt,
  }
}

async function waitForVeto(
  tx: Tx,
  parts: TakeoverParts,
  { look, challenge }: Proved,
): Promise<MobileChangeOutcome> {
  const { bound, phone } = look
  if (bound === null) throw new Error('a free phone waits for nobody')
  if (await tx.inAccount(bound.accountId, (inside) => isUsedUnheard(inside, bound.identifierId))) {
    throw new Refusal(takeoverRefusal.stillUsed, { days: usedLatelyDays })
  }
  // Else whoever asks often enough gets it when its person is away once.
  if (await wasVetoedSince(tx, bound.identifierId, addHours(tx.now, -vetoDays * 24))) {
    throw new Refusal(takeoverRefusal.vetoedLately, { days: vetoDays })
  }
  const secret = newSecret()
  const dueAt = recycledUntil(tx.now)
  const row = await begin(tx, { look, challenge, state: 'waiting', dueAt, tokenHash: hashSecret(secret) })
  noteSecurity(tx, { kind: 'takeover_waiting', facts: { isOwn: true, dueAt } })
  await tx.inAccount(bound.accountId, async (inside) => {
    const { identifierId } = bound
    noteSecurity(inside, { kind: 'takeover_waiting', facts: { isOwn: false, identifierId, dueAt } })
    await tellPerson(inside, parts.vault, {
      template: phoneClaimed,
      values: {
        phone: maskIdentifier({ kind: 'phone', value: phone }),
        until: inUtc(dueAt),
        link: `${parts.publicUrl}/takeover#${secret}`,
      },
    })
  })
  await noteWaiting(tx, look)
  return { outcome: 'waiting', changeId: row.takeoverId, dueAt }
}

interface Beginning {
  readonly look: Look
  readonly challenge: Challenge
  readonly state: 'confirm' | 'waiting'
  readonly dueAt: Instant
  readonly tokenHash: Buffer | null
}

async function begin(tx: Tx, { look, challenge, state, dueAt, tokenHash }: Beginning) {
  const { bound, place, phone } = look
  if (bound === null) throw new Error('a free phone is bound at once')
  const row = {
    takeoverId: challenge.challengeId,
    state,
    basis: state === 'confirm' ? ('company' as const) : ('recycled' as const),
    phone,
    replaces: replacedBy(challenge),
    ownerCompanyId: place?.membership.companyId ?? null,
    numberId: place?.numberId ?? null,
    memberId: place?.membership.memberId ?? null,
    formerMemberId: place?.former?.memberId ?? null,
    formerAccountId: bound.accountId,
    formerIdentifierId: bound.identifierId,
    dueAt,
  }
  await insertTakeover(tx, { ...row, tokenHash })
  return { ...row, startedAt: tx.now }
}

// The ledger of the company that owns the number says that it is on its way; no other does.
async function noteWaiting(tx: Tx, { place }: Look): Promise<void> {
  if (place === null) return
  const { membership, numberId, former } = place
  await tx.inCompany(actorIn(tx, membership, requireAccount(tx)), async (inside) => {
    record(inside, {
      action: 'takeover.waited',
      subjectKind: 'number',
      subjectId: numberId,
      effect: { memberId: membership.memberId, formerMemberId: former?.memberId ?? null },
    })
  })
}

// What was refused is written nowhere else, so that this has a transaction of its own.
async function askAdmins(tx: Tx, { membership, numberId, adminIds }: NumberPlace): Promise<void> {
  const { memberId } = membership
  await tx.inCompany(actorIn(tx, membership, requireAccount(tx)), async (inside) => {
    const since = addHours(inside.now, -askAgainHours)
    if (await wasAskedLately(inside, { numberId, memberId, since })) return
    record(inside, {
      action: 'takeover.asked',
      subjectKind: 'number',
      subjectId: numberId,
      effect: { memberId },
    })
    addNotices(
      inside,
      adminIds.map((adminId) => ({
        noticeId: inside.newId(),
        memberId: adminId,
        kind: 'takeover.asked',
        particulars: { numberId, memberId },
        at: inside.now,
      })),
    )
  })
}
