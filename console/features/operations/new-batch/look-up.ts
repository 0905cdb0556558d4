import type { Api } from '../../../api/client.ts'
import { indexPeople, matchPerson, type PersonFacts, type PersonMatch } from './person-match.ts'

const singleLookUps = 40
const pageSize = 200

/** Finds whom each written staff code or name means: one by one for a few, else by reading all members once. */
export async function lookUpPeople(
  api: Api,
  texts: readonly string[],
): Promise<ReadonlyMap<string, PersonMatch>> {
  if (texts.length === 0) return new Map()
  const people = texts.length <= singleLookUps ? await searchEach(api, texts) : await readAll(api)
  const index = indexPeople(people)
  return new Map(texts.map((text) => [text, matchPerson(index, text)]))
}

async function searchEach(api: Api, texts: readonly string[]): Promise<PersonFacts[]> {
  const found = new Map<string, PersonFacts>()
  for (const text of texts) {
    const search = text.slice(0, 100)
    const { items } = await api.call('listMembers', { query: { search, limit: pageSize } })
    for (const person of items) found.set(person.memberId, person)
  }
  return [...found.values()]
}

async function readAll(api: Api): Promise<PersonFacts[]> {
  const people: PersonFacts[] = []
  let cursor: string | undefined
  do {
    const page = await api.call('listMembers', { query: { limit: pageSize, cursor } })
    people.push(...page.items)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return people
}
