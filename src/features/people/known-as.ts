/** What a person was called here, and where they were reached. */
export interface KnownAs {
  readonly names: readonly string[]
  readonly addresses: readonly string[]
}

const nameFields = ['name', 'alias']
const addressFields = ['email', 'mobile', 'destination']

/**
 * Every name and address that somebody had here, today's and those before, by what the ledger keeps beside the entries
 * of what became of the member: a text from before a marriage names the person, too.
 */
export function knownAs(details: readonly unknown[]): KnownAs {
  const names = new Set<string>()
  const addresses = new Set<string>()
  for (const one of details) {
    for (const part of [one, partOf(one, 'before'), partOf(one, 'after')]) {
      for (const field of nameFields) note(names, partOf(part, field))
      for (const field of addressFields) note(addresses, partOf(part, field))
      // A changed destination stands by itself.
      if (part !== one) note(addresses, part)
    }
  }
  return { names: [...names], addresses: [...addresses] }
}

function partOf(value: unknown, field: string): unknown {
  return typeof value === 'object' && value !== null && field in value
    ? (value as Readonly<Record<string, unknown>>)[field]
    : undefined
}

function note(found: Set<string>, value: unknown): void {
  if (typeof value === 'string' && value !== '') found.add(value)
}
