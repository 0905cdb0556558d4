import type { Tx } from '../../../platform/db/tx.ts'
import {
  actingMemberships,
  actorIn,
  type BoundAccount,
  findByIdentifier,
  type OwnMembership,
} from '../../accounts/index.ts'
import { decidePassage, type Line, type Passage } from '../rules/takeover.ts'
import { ownerOfLine } from '../store.ts'
import { activeAdmins, type FormerMember, findCompany, holdFormer, holdNumber } from '../views.ts'

/** The company that owns a phone as its number, where the would-be owner works. */
export interface NumberPlace {
  readonly membership: OwnMembership
  readonly numberId: string
  readonly companyName: string
  readonly adminIds: readonly string[]
  /** Who the account that has the phone is here; null for nobody. */
  readonly former: FormerMember | null
}

/** What there is to know of a phone that was proved, for those who decide; nothing of it is shown. */
export interface Look {
  readonly phone: string
  /** The account that has the phone; null for a free one. */
  readonly bound: BoundAccount | null
  /** Null for a number that no company of the account owns. */
  readonly place: NumberPlace | null
  /** @throws Refusal as `decidePassage` does */
  decide(): Passage
}

/** In the account's realm, the phone being locked: who has it, whose number it is, and who the former person is there. */
export async function lookAt(tx: Tx, phone: string): Promise<Look> {
  const bound = await findByIdentifier(tx, 'phone', phone)
  const owner = await ownerOfLine(tx, phone)
  const found = owner ? await placeOf(tx, { ...owner, bound }) : null
  const line: Line | null = owner && found === null ? { kind: 'elsewhere' } : (found?.line ?? null)
  const former = found?.place.former ?? null
  const occupied =
    bound === null
      ? null
      : {
          isOwn: bound.accountId === tx.accountId,
          status: former?.status ?? null,
          heldHere: former?.heldHere ?? false,
        }
  return { phone, bound, place: found?.place ?? null, decide: () => decidePassage({ line, occupied }) }
}

interface Asked {
  readonly companyId: string
  readonly numberId: string
  readonly bound: BoundAccount | null
}

async function placeOf(
  tx: Tx,
  { companyId, numberId, bound }: Asked,
): Promise<{ place: NumberPlace; line: Line } | null> {
  const accountId = requireAccount(tx)
  const membership = await membershipIn(tx, companyId)
  if (!membership) return null
  return tx.inCompany(actorIn(tx, membership, accountId), async (inside) => {
    const number = await holdNumber(inside, numberId)
    const { name: companyName } = await findCompany(inside)
    const admins = await activeAdmins(inside)
    const former =
      bound === null
        ? null
        : await holdFormer(inside, { accountId: bound.accountId, numberId, boundAt: bound.boundAt })
    return {
      place: {
        membership,
        numberId,
        companyName,
        adminIds: admins.map(({ memberId }) => memberId),
        former,
      },
      line: {
        kind: 'own_company',
        company: companyName,
        admins: admins.map(({ name }) => name),
        isAssignedToTaker: number?.holderId === membership.memberId,
      },
    }
  })
}

/** The account of this realm. */
export function requireAccount(tx: Tx): string {
  if (tx.accountId === null) throw new Error('this needs the realm of an account')
  return tx.accountId
}

/** In the account's realm: who its person is in a company, while they may act there; undefined for nobody. */
export async function membershipIn(tx: Tx, companyId: string): Promise<OwnMembership | undefined> {
  const memberships = await actingMemberships(tx, requireAccount(tx))
  return memberships.find((one) => one.companyId === companyId)
}

/** The session that a person's request was made with; null where nobody is signed in. */
export function sessionOf({ caller }: Tx): string | null {
  return caller.kind === 'account' ? caller.sessionId : null
}
