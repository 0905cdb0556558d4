import { capOfTier, defaultPolicies } from './model/defaults.ts'
import { Policies, type Tier } from './model.ts'

/** The largest number of licences a company may have. */
export const mostLicences = 10_000_000

/** NUM-3: how many numbers one member may hold. */
export function capOf(tier: Tier, capOverride: number | null): number {
  return capOverride ?? capOfTier[tier]
}

/** The policies in force: the defaults under what the company has stored. */
export function policiesFrom(stored: unknown): Policies {
  return Policies.parse({ ...defaultPolicies, ...(typeof stored === 'object' ? stored : null) })
}

/** A policy as it is stored. */
export type PolicyValue = Policies[keyof Policies]

/** What is worth storing: the policies that differ from the defaults. */
export function differencesOf(policies: Policies): Record<string, PolicyValue> {
  const usual: Readonly<Record<string, PolicyValue>> = defaultPolicies
  return Object.fromEntries(
    Object.entries(policies).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(usual[name])),
  )
}

/** A short name made of the company's name; of the id's end where the name has no letters for it. */
export function slugFrom(name: string, companyId: string): string {
  const letters = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{Mn}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 32)
    .replace(/^-+|-+$/g, '')
  return letters.length >= 2 ? letters : `company-${companyId.slice(-6)}`
}
