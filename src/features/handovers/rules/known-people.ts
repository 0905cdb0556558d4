import type { Person } from '../model.ts'

/** Somebody of the company, as far as a list of leavers may name them. */
export interface KnownPerson extends Person {
  readonly alias: string | null
  readonly email: string | null
  readonly role: string
  readonly managerId: string | null
  readonly numbersHeld: number
}

/** How a list names somebody; what it does not say is empty. */
export interface Written {
  readonly staffCode: string
  readonly name: string
  readonly email: string
}

/** Whom a list means. `differs`: by the code or address it is this person, but the name is another. */
export type Meant =
  | { readonly kind: 'one'; readonly person: KnownPerson }
  | { readonly kind: 'none'; readonly value: string; readonly candidates: readonly KnownPerson[] }
  | { readonly kind: 'several'; readonly value: string; readonly candidates: readonly KnownPerson[] }
  | { readonly kind: 'differs'; readonly value: string; readonly person: KnownPerson }

/** The people of a company by each word that may mean them. */
export interface PeopleIndex {
  readonly byId: ReadonlyMap<string, KnownPerson>
  readonly byCode: ReadonlyMap<string, readonly KnownPerson[]>
  readonly byEmail: ReadonlyMap<string, readonly KnownPerson[]>
  readonly byName: ReadonlyMap<string, readonly KnownPerson[]>
  /** By staff codes of digits, without the zeros that spreadsheets take away. */
  readonly byDigits: ReadonlyMap<string, readonly KnownPerson[]>
}

/** A word as it is compared: without regard to case, width, and spaces at its ends. */
export function foldWord(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase()
}

export function indexPeople(people: readonly KnownPerson[]): PeopleIndex {
  const byCode = new Map<string, KnownPerson[]>()
  const byEmail = new Map<string, KnownPerson[]>()
  const byName = new Map<string, KnownPerson[]>()
  const byDigits = new Map<string, KnownPerson[]>()
  for (const person of people) {
    add(byCode, person.staffCode, person)
    add(byEmail, person.email, person)
    add(byName, person.name, person)
    if (person.alias !== null && foldWord(person.alias) !== foldWord(person.name))
      add(byName, person.alias, person)
    if (/^0\d+$/.test(person.staffCode)) add(byDigits, person.staffCode.replace(/^0+/, ''), person)
  }
  return {
    byId: new Map(people.map((person) => [person.memberId, person])),
    byCode,
    byEmail,
    byName,
    byDigits,
  }
}

function add(index: Map<string, KnownPerson[]>, word: string | null, person: KnownPerson): void {
  if (word === null) return
  const key = foldWord(word)
  const there = index.get(key)
  if (there) there.push(person)
  else index.set(key, [person])
}

/**
 * Whom a list means: by staff code or address before the name, which then has to agree; whoever works here before those
 * who have left. Null where the list says nothing.
 */
export function whoIs(index: PeopleIndex, written: Written): Meant | null {
  const { staffCode, email, name } = written
  const value = staffCode || email || name
  if (value === '') return null
  const exact = (index.byCode.get(foldWord(staffCode)) ?? []).filter(
    ({ staffCode: code }) => code === staffCode,
  )
  const ways = [
    exact,
    index.byCode.get(foldWord(staffCode)),
    index.byEmail.get(foldWord(staffCode)),
    index.byEmail.get(foldWord(email)),
  ]
  const known = ways.find((found) => found !== undefined && found.length > 0)
  if (known) return agreed(only(known, value), name)
  const named = index.byName.get(foldWord(staffCode)) ?? index.byName.get(foldWord(name))
  // A code that nobody has may be a slip: of a name beside it, only somebody can say that it is this one.
  if (staffCode !== '' && name !== '' && !index.byName.has(foldWord(staffCode)))
    return {
      kind: 'none',
      value,
      candidates: [...(index.byDigits.get(foldWord(staffCode)) ?? []), ...(named ?? [])],
    }
  if (named) return only(named, value)
  return { kind: 'none', value, candidates: index.byDigits.get(foldWord(staffCode)) ?? [] }
}

function only(found: readonly KnownPerson[], value: string): Meant {
  const here = found.filter(({ status }) => status !== 'left')
  const [first, ...others] = here.length > 0 ? here : found
  if (!first) return { kind: 'none', value, candidates: [] }
  return others.length > 0
    ? { kind: 'several', value, candidates: [first, ...others] }
    : { kind: 'one', person: first }
}

function agreed(meant: Meant, name: string): Meant {
  const said = foldWord(name)
  if (meant.kind === 'several' && said !== '') {
    const fitting = meant.candidates.filter((person) => isCalled(person, said))
    return fitting.length === 0 ? meant : only(fitting, meant.value)
  }
  if (meant.kind !== 'one' || said === '' || isCalled(meant.person, said)) return meant
  return { kind: 'differs', value: meant.person.staffCode, person: meant.person }
}

function isCalled({ name, alias }: KnownPerson, said: string): boolean {
  return foldWord(name) === said || (alias !== null && foldWord(alias) === said)
}
