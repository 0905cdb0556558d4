/** What is needed of a member to tell whether a written text means them. */
export interface PersonFacts {
  readonly memberId: string
  readonly name: string
  readonly alias: string | null
  readonly staffCode: string
  readonly status: string
}

/** Whom a written staff code or name means. */
export type PersonMatch =
  | { readonly kind: 'one'; readonly memberId: string }
  | { readonly kind: 'many'; readonly staffCodes: readonly string[] }
  | { readonly kind: 'none' }

function plain(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase().replace(/\s+/g, ' ')
}

/** Members by staff code and by name, for many look-ups. */
export interface PersonIndex {
  readonly codes: ReadonlyMap<string, PersonFacts>
  readonly names: ReadonlyMap<string, readonly PersonFacts[]>
}

export function indexPeople(people: readonly PersonFacts[]): PersonIndex {
  const codes = new Map<string, PersonFacts>()
  const names = new Map<string, PersonFacts[]>()
  for (const person of people) {
    codes.set(plain(person.staffCode), person)
    for (const name of new Set([person.name, person.alias].flatMap((one) => (one ? [plain(one)] : []))))
      names.set(name, [...(names.get(name) ?? []), person])
  }
  return { codes, names }
}

/** A staff code goes before a name; of people of the same name, those who have left are passed over. */
export function matchPerson({ codes, names }: PersonIndex, text: string): PersonMatch {
  const wanted = plain(text)
  const byCode = codes.get(wanted)
  if (byCode) return { kind: 'one', memberId: byCode.memberId }
  const named = names.get(wanted) ?? []
  const present = named.filter(({ status }) => status !== 'left')
  const found = present.length > 0 ? present : named
  const [only] = found
  if (!only) return { kind: 'none' }
  if (found.length > 1) return { kind: 'many', staffCodes: found.map(({ staffCode }) => staffCode) }
  return { kind: 'one', memberId: only.memberId }
}
