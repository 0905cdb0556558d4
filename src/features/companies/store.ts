import type { Tx } from '../../platform/db/tx.ts'
import type { Language, Tier } from './model.ts'

export interface NewCompany {
  readonly slug: string
  readonly name: string
  readonly timeZone: string
  readonly language: Language
  readonly tier: Tier
  readonly licences: number
  /** A company that is made up, and may be removed again. */
  readonly isSample?: boolean
}

/** Takes a short name for this realm's company; false when another company has it. */
export async function claimSlug(tx: Tx, slug: string): Promise<boolean> {
  const [row] = await tx.query<{ claimed: boolean }>({
    text: 'select baton_claim_slug($1, $2) as claimed',
    values: [slug, tx.companyId],
  })
  return row?.claimed === true
}

/** Writes the company of this realm and its subscription. */
export async function insertCompany(tx: Tx, company: NewCompany): Promise<void> {
  await tx.db
    .insertInto('companies')
    .values({
      company_id: tx.companyId,
      slug: company.slug,
      name: company.name,
      time_zone: company.timeZone,
      language: company.language,
      is_sample: company.isSample ?? false,
      created_at: tx.now,
    })
    .execute()
  await tx.db
    .insertInto('subscriptions')
    .values({ company_id: tx.companyId, tier: company.tier, licences_total: company.licences })
    .execute()
}

export interface CompanyRow {
  readonly company_id: string
  readonly slug: string
  readonly name: string
  readonly time_zone: string
  readonly language: string
  readonly host_company_id: string | null
  readonly is_sample: boolean
  readonly policies: unknown
  readonly version: number
  readonly created_at: string
}

/** Locks the company of this realm for a change, without holding up the foreign keys of moves under way. */
export function lockCompany(tx: Tx): Promise<CompanyRow> {
  return tx.db
    .selectFrom('companies')
    .selectAll()
    .where('company_id', '=', tx.companyId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow()
}

export interface CompanyChange {
  readonly name: string
  readonly timeZone: string
  readonly language: string
  readonly policies: object
  readonly version: number
}

export async function updateCompany(tx: Tx, change: CompanyChange): Promise<void> {
  await tx.db
    .updateTable('companies')
    .set({
      name: change.name,
      time_zone: change.timeZone,
      language: change.language,
      policies: JSON.stringify(change.policies),
      version: change.version,
    })
    .where('company_id', '=', tx.companyId)
    .execute()
}

export interface SubscriptionRow {
  readonly tier: string
  readonly cap_override: number | null
  readonly licences_total: number
  readonly licences_used: number
  readonly version: number
}

/** Keeps every member from receiving a number until the commit, so that a lower cap counts what is held for good. */
export async function lockRecipients(tx: Tx): Promise<void> {
  await tx.query({
    text: 'select 1 as locked from members where company_id = $1 order by member_id for no key update',
    values: [tx.companyId],
  })
}

/** Locks the subscription of this realm's company: a lower cap and a change of licences wait for moves under way. */
export function lockSubscription(tx: Tx): Promise<SubscriptionRow> {
  return tx.db
    .selectFrom('subscriptions')
    .select(['tier', 'cap_override', 'licences_total', 'licences_used', 'version'])
    .where('company_id', '=', tx.companyId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow()
}

export interface SubscriptionChange {
  readonly tier: Tier
  readonly capOverride: number | null
  readonly version: number
}

export async function updateSubscription(tx: Tx, change: SubscriptionChange): Promise<void> {
  await tx.db
    .updateTable('subscriptions')
    .set({ tier: change.tier, cap_override: change.capOverride, version: change.version })
    .where('company_id', '=', tx.companyId)
    .execute()
}

export async function updateLicencesTotal(tx: Tx, total: number): Promise<void> {
  await tx.db
    .updateTable('subscriptions')
    .set({ licences_total: total })
    .where('company_id', '=', tx.companyId)
    .execute()
}

/** Takes free licences (above 0) or gives some back, after `lockSubscription`; a check constraint is the backstop. */
export function countLicence(tx: Tx, change: number): void {
  tx.send({
    text: 'update subscriptions set licences_used = licences_used + $2 where company_id = $1',
    values: [tx.companyId, change],
  })
}
