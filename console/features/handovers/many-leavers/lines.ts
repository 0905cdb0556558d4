import type { Api, Item } from '../../../api/client.ts'

type Member = Item<'listMembers'>

/** As many leavers as one list may name. */
export const mostLeavers = 200

/** A line of the list and whom it means; `why` says why it means nobody that could leave. */
export interface FoundLine {
  readonly text: string
  readonly member: Member | null
  readonly why: 'unknown' | 'several' | 'twice' | 'hasLeft' | null
  /** Who is chosen instead of the manager; empty for the manager. */
  readonly successorId: string
}

/** The names in a list: the first cell of each line, without empty ones. */
export function linesOf(text: string): string[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line) => (line.split(/[,;\t]/)[0] ?? '').trim().replace(/^"(.*)"$/, '$1'))
    .filter((line) => line !== '')
}

function plain(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase()
}

/** Whom a written staff code, address or name means among those who were found for it. */
export function matchLine(text: string, people: readonly Member[]): Pick<FoundLine, 'member' | 'why'> {
  const wanted = plain(text)
  const is = (part: string | null) => part !== null && plain(part) === wanted
  const byCode = people.filter(({ staffCode, email }) => is(staffCode) || is(email))
  const byName = people.filter(({ name, alias }) => is(name) || is(alias))
  const found = byCode.length > 0 ? byCode : byName
  const present = found.filter(({ status }) => status !== 'left')
  const [only] = present
  if (found.length === 0) return { member: null, why: 'unknown' }
  if (!only) return { member: null, why: 'hasLeft' }
  return present.length > 1 ? { member: null, why: 'several' } : { member: only, why: null }
}

/** Marks whoever stands in the list a second time. */
export function withoutTwice(lines: readonly FoundLine[]): FoundLine[] {
  const seen = new Set<string>()
  return lines.map((line) => {
    if (line.member === null) return line
    if (seen.has(line.member.memberId)) return { ...line, member: null, why: 'twice' }
    seen.add(line.member.memberId)
    return line
  })
}

/** Looks each line up. @throws ApiProblem */
export async function findLeavers(api: Api, lines: readonly string[]): Promise<FoundLine[]> {
  const found: FoundLine[] = []
  for (const text of lines) {
    const { items } = await api.call('listMembers', { query: { search: text.slice(0, 100), limit: 50 } })
    found.push({ text, ...matchLine(text, items), successorId: '' })
  }
  return withoutTwice(found)
}
