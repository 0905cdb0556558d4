import { Refusal } from '../../kernel/refusal.ts'
import type { RouteInput } from '../../kernel/route.ts'
import type { Tx } from '../../platform/db/tx.ts'
import { httpRefusal } from '../../platform/http/refusals.ts'
import { record } from '../audit/index.ts'
import type { companiesContract } from './contract.ts'
import { type Company, companyRefusal, Language, type Licences, type Subscription, Tier } from './model.ts'
import { capOf, differencesOf, mostLicences, policiesFrom, slugFrom } from './rules.ts'
import {
  type CompanyRow,
  claimSlug,
  insertCompany,
  lockCompany,
  lockRecipients,
  lockSubscription,
  type NewCompany,
  type SubscriptionRow,
  updateCompany,
  updateLicencesTotal,
  updateSubscription,
} from './store.ts'
import {
  findMembersAbove,
  readCompany as readCompanyRow,
  readSubscription as readSubscriptionRow,
} from './views.ts'

type Routes = typeof companiesContract

/** What a new company needs; the slug is made from the name where none is wanted. */
export interface CompanyPlan extends Omit<NewCompany, 'slug'> {
  readonly slug: string | null
}

/**
 * Makes the company of this realm, with subscription and licences, and returns its short name.
 * @throws Refusal `company.slug_taken` when the wanted short name is another company's
 */
export async function createCompany(tx: Tx, plan: CompanyPlan): Promise<{ slug: string }> {
  const slug = await takeSlug(tx, plan)
  await insertCompany(tx, { ...plan, slug })
  record(tx, {
    action: 'company.created',
    subjectKind: 'company',
    subjectId: tx.companyId,
    effect: { tier: plan.tier, licences: plan.licences },
    details: { name: plan.name, slug },
  })
  return { slug }
}

async function takeSlug(tx: Tx, plan: CompanyPlan): Promise<string> {
  if (plan.slug !== null) {
    if (!(await claimSlug(tx, plan.slug))) throw new Refusal(companyRefusal.slugTaken, { slug: plan.slug })
    return plan.slug
  }
  const plain = slugFrom(plan.name, tx.companyId)
  if (await claimSlug(tx, plain)) return plain
  const longer = `${plain}-${tx.companyId.slice(-6)}`
  if (!(await claimSlug(tx, longer))) throw new Refusal(companyRefusal.slugTaken, { slug: longer })
  return longer
}

export async function readCompany(tx: Tx): Promise<Company> {
  return companyOf(await readCompanyRow(tx))
}

/** @throws Refusal `version.changed` */
export async function changeCompany(tx: Tx, input: RouteInput<Routes['changeCompany']>): Promise<Company> {
  const row = await lockCompany(tx)
  refuseOtherVersion(row.version, input.expectedVersion)
  const before = companyOf(row)
  const { policies: policyChanges = {}, ...changes } = input.body
  const after: Company = {
    ...before,
    ...definedOf(changes),
    policies: { ...before.policies, ...definedOf(policyChanges) },
    version: before.version + 1,
  }
  await updateCompany(tx, { ...after, policies: differencesOf(after.policies) })
  record(tx, {
    action: 'company.changed',
    subjectKind: 'company',
    subjectId: tx.companyId,
    effect: { version: after.version, policies: differencesOf(after.policies), timeZone: after.timeZone },
    details: { nameBefore: before.name, name: after.name },
  })
  return after
}

export async function readSubscription(tx: Tx): Promise<Subscription> {
  return subscriptionOf(await readSubscriptionRow(tx))
}

/**
 * NUM-3: only the Owner changes the subscription, and never to one that some member already exceeds.
 * @throws Refusal `subscription.below_held` with `members`, `version.changed`
 */
export async function changeSubscription(
  tx: Tx,
  input: RouteInput<Routes['changeSubscription']>,
): Promise<Subscription> {
  // Members before the subscription: the order in which a move locks them.
  await lockRecipients(tx)
  const row = await lockSubscription(tx)
  refuseOtherVersion(row.version, input.expectedVersion)
  const before = subscriptionOf(row)
  const tier = input.body.tier ?? before.tier
  const capOverride = input.body.capOverride === undefined ? before.capOverride : input.body.capOverride
  const after = { tier, capOverride, cap: capOf(tier, capOverride), version: before.version + 1 }
  if (after.cap < before.cap) await refuseBelowHeld(tx, after.cap)
  await updateSubscription(tx, after)
  record(tx, {
    action: 'subscription.changed',
    subjectKind: 'company',
    subjectId: tx.companyId,
    effect: { tierBefore: before.tier, capBefore: before.cap, tier, cap: after.cap },
  })
  return after
}

async function refuseBelowHeld(tx: Tx, cap: number): Promise<void> {
  const { members, count } = await findMembersAbove(tx, cap)
  if (count > 0) throw new Refusal(companyRefusal.belowHeld, { count, cap }, { members })
}

export async function readLicences(tx: Tx): Promise<Licences> {
  const row = await readSubscriptionRow(tx)
  return licencesOf(row.licences_total, row.licences_used)
}

/**
 * NUM-10: adds licences, or takes away those that are free.
 * @throws Refusal `licences.in_use`, `licences.too_many`
 */
export async function changeLicences(tx: Tx, input: RouteInput<Routes['changeLicences']>): Promise<Licences> {
  const { change, reason } = input.body
  const { licences_total: before, licences_used: used } = await lockSubscription(tx)
  const total = before + change
  if (total < used) {
    throw new Refusal(companyRefusal.licencesInUse, {
      used,
      total: before,
      free: before - used,
      wanted: -change,
    })
  }
  if (total > mostLicences) throw new Refusal(companyRefusal.tooManyLicences, { limit: mostLicences })
  await updateLicencesTotal(tx, total)
  record(tx, {
    action: 'licences.changed',
    subjectKind: 'company',
    subjectId: tx.companyId,
    effect: { before, total, used },
    reason,
  })
  return licencesOf(total, used)
}

function companyOf(row: CompanyRow): Company {
  return {
    companyId: row.company_id,
    slug: row.slug,
    name: row.name,
    timeZone: row.time_zone,
    language: Language.parse(row.language),
    hostCompanyId: row.host_company_id,
    isSample: row.is_sample,
    policies: policiesFrom(row.policies),
    version: row.version,
    createdAt: row.created_at,
  }
}

function subscriptionOf(row: SubscriptionRow): Subscription {
  const tier = Tier.parse(row.tier)
  return { tier, capOverride: row.cap_override, cap: capOf(tier, row.cap_override), version: row.version }
}

function licencesOf(total: number, used: number): Licences {
  return { total, used, free: total - used }
}

function refuseOtherVersion(version: number, expected: number | null): void {
  if (expected !== null && expected !== version) throw new Refusal(httpRefusal.versionChanged, { version })
}

type Defined<Shape> = { [Name in keyof Shape]?: Exclude<Shape[Name], undefined> }

function definedOf<Shape extends object>(changes: Shape): Defined<Shape> {
  return Object.fromEntries(
    Object.entries(changes).filter(([, value]) => value !== undefined),
  ) as Defined<Shape>
}
