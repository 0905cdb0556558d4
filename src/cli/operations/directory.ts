import { peopleContract } from '../../features/people/contract.ts'
import type { ResponseOf, Session } from '../session.ts'

type Member = ResponseOf<typeof peopleContract.listMembers>['items'][number]

/** A member, as far as a file of many names needs one. */
export type ListedMember = Pick<Member, 'memberId' | 'staffCode' | 'name' | 'alias' | 'email' | 'status'>

/** Who is meant, or why that cannot be told. */
export type Found =
  | { readonly memberId: string }
  | { readonly code: string; readonly title: string; readonly next: string }

/** All members of the company that the caller may see, for lists with many names. */
export interface Directory {
  /** By id, staff code, e-mail address, name or name in another script; who has left gives way to who has not. */
  find(written: string): Found
  staffCodeOf(memberId: string): string | null
}

const perPage = 200
const choicesShown = 5

/** Reads all members once. */
export async function loadDirectory(session: Session): Promise<Directory> {
  const members: ListedMember[] = []
  let cursor: string | undefined
  do {
    const query = { limit: perPage, cursor, sort: 'createdAt' }
    const { body } = await session.ask(peopleContract.listMembers, { query })
    members.push(...body.items)
    cursor = body.nextCursor ?? undefined
  } while (cursor !== undefined)
  return createDirectory(members)
}

export function createDirectory(members: readonly ListedMember[]): Directory {
  const byId = new Map(members.map((member) => [member.memberId, member]))
  // A staff code names one member only, so that it always says more than a name.
  const keys: readonly ((member: ListedMember) => (string | null)[])[] = [
    (member) => [member.memberId],
    (member) => [member.staffCode],
    (member) => [member.email],
    (member) => [member.name, member.alias],
  ]
  const indexes = keys.map((keysOf) => indexBy(members, keysOf))
  return {
    staffCodeOf: (memberId) => byId.get(memberId)?.staffCode ?? null,
    find(written) {
      const key = keyOf(written)
      for (const index of indexes) {
        const found = index.get(key)
        if (found) return choose(written, found)
      }
      return uuid.test(key) ? { memberId: key } : unknown(written)
    },
  }
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

function keyOf(text: string): string {
  return text.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase()
}

function indexBy(
  members: readonly ListedMember[],
  keysOf: (member: ListedMember) => (string | null)[],
): ReadonlyMap<string, readonly ListedMember[]> {
  const index = new Map<string, ListedMember[]>()
  for (const member of members) {
    for (const key of new Set(keysOf(member).map((one) => keyOf(one ?? '')))) {
      const there = index.get(key)
      if (key === '') continue
      if (there) there.push(member)
      else index.set(key, [member])
    }
  }
  return index
}

function choose(written: string, found: readonly ListedMember[]): Found {
  const here = found.filter((member) => member.status !== 'left')
  const [first, ...others] = here.length > 0 ? here : found
  if (first && others.length === 0) return first
  const choices = here.slice(0, choicesShown).map(({ staffCode }) => staffCode)
  return {
    code: 'member.ambiguous',
    title: `"${written}" fits ${here.length || found.length} members.`,
    next: `Write the staff code: ${choices.join(', ')}${here.length > choicesShown ? ' …' : ''}`,
  }
}

function unknown(written: string): Found {
  return {
    code: 'member.unknown',
    title: `The company has no member "${written}".`,
    next: 'Write a staff code, e-mail address, name or id; see all with: npx baton members list',
  }
}
