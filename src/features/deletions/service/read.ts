import type { Instant } from '../../../kernel/fields.ts'
import { addHours } from '../../../kernel/instant.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import {
  actorIn,
  findDeletion,
  listIdentifiers,
  type OwnMembership,
  presentMemberships,
  readMemberships,
} from '../../accounts/index.ts'
import { loadPolicies } from '../../companies/index.ts'
import { lossesOf, type Remark } from '../../custody-ports/index.ts'
import { hasAccess, isLastOwner } from '../../people/index.ts'
import type { deletionsContract } from '../contract.ts'
import { type DeletionCondition, type DeletionLoss, type OwnDeletion, phrases } from '../model.ts'
import { deletionRefusal, lossRemark } from '../refusals.ts'
import { coolingDaysOf } from '../rules.ts'
import { inWords } from './in-words.ts'
import { openRequests } from './own-requests.ts'

type Route = (typeof deletionsContract)['readDeletion']
type Language = 'en' | 'zh'

/** ACC-2: what deleting the own account would mean: what stands in the way, what is lost, what stays, and when. */
export async function readDeletion(
  tx: Tx,
  { language }: Pick<RouteInput<Route>, 'language'>,
): Promise<RouteOutput<Route>> {
  const open = await findDeletion(tx)
  const { conditions, coolingDays } = await weigh(tx, language)
  const waiting = open && { deletionId: open.deletionId, askedAt: open.askedAt, endsAt: open.dueAt }
  return {
    waiting,
    conditions,
    ...(await losses(tx, language)),
    coolingDays,
    endsAt: waiting?.endsAt ?? endOf(tx.now, coolingDays),
    phrase: phrases,
    requests: await openRequests(tx),
  }
}

/** When the cooling-off that begins now is over. */
export function endOf(now: Instant, coolingDays: number): Instant {
  return addHours(now, coolingDays * 24)
}

/** What stands in the way of the deletion, and how long it takes. */
export async function weigh(
  tx: Tx,
  language: Language,
): Promise<{ conditions: DeletionCondition[]; coolingDays: number }> {
  const conditions: DeletionCondition[] = []
  const policies: number[] = []
  const accountId = requireAccount(tx)
  for (const membership of await presentMemberships(tx, accountId)) {
    const { memberId, name, status } = membership
    await tx.inCompany(actorIn(tx, membership, accountId), async (inside) => {
      // A company that keeps somebody out does not keep the account from ending, either.
      if (hasAccess(status)) policies.push((await loadPolicies(inside)).deletionCoolingDays)
      if (!(await isLastOwner(inside, memberId))) return
      const remark = { rule: deletionRefusal.lastOwner, values: { company: name }, data: {} }
      conditions.push({
        ...inWords(remark, language),
        company: companyAbout(membership),
        data: { companyId: membership.companyId, memberId },
      })
    })
  }
  return { conditions, coolingDays: coolingDaysOf(policies) }
}

async function losses(tx: Tx, language: Language): Promise<Pick<OwnDeletion, 'losses' | 'stays'>> {
  const accountId = requireAccount(tx)
  const count = (await listIdentifiers(tx)).length
  const lost: DeletionLoss[] = [
    ...identifiersLost(count).map((remark) => ({ ...inWords(remark, language), company: null })),
    { ...inWords({ rule: lossRemark.profile, values: {}, data: {} }, language), company: null },
  ]
  const stays: DeletionLoss[] = []
  for (const membership of await readMemberships(tx, accountId)) {
    const company = companyAbout(membership)
    const values = { company: membership.name }
    lost.push({ ...inWords({ rule: lossRemark.membership, values, data: {} }, language), company })
    stays.push({ ...inWords({ rule: lossRemark.companyKeeps, values, data: {} }, language), company })
    await tx.inCompany(actorIn(tx, membership, accountId), async (inside) => {
      for (const remark of await lossesOf(inside, membership.memberId))
        lost.push({ ...inWords(remark, language), company })
    })
  }
  return { losses: lost, stays }
}

// An account that opens by a passkey only has none.
function identifiersLost(count: number): Remark[] {
  if (count === 0) return []
  return [{ rule: count === 1 ? lossRemark.identifier : lossRemark.identifiers, values: { count }, data: {} }]
}

function companyAbout({ companyId, slug, name }: OwnMembership): NonNullable<DeletionLoss['company']> {
  return { companyId, slug, name }
}

/** The account of this realm. */
export function requireAccount(tx: Tx): string {
  if (tx.accountId === null) throw new Error('this needs the realm of an account')
  return tx.accountId
}
