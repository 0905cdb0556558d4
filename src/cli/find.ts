import { numbersContract } from '../features/numbers/contract.ts'
import { peopleContract } from '../features/people/contract.ts'
import { Failure, misuse } from './failure.ts'
import type { ResponseOf, Session } from './session.ts'

export type FoundNumber = ResponseOf<typeof numbersContract.getNumber>
type FoundMember = ResponseOf<typeof peopleContract.listMembers>['items'][number]

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/**
 * Finds a number by its id or as people write it, released ones too.
 * @throws Failure when there is none or the digits fit several
 */
export async function findNumber(session: Session, written: string): Promise<FoundNumber> {
  if (uuid.test(written)) {
    return (await session.ask(numbersContract.getNumber, { params: { numberId: written } })).body
  }
  const digits = written.normalize('NFKC').replace(/\D/g, '').replace(/^00/, '')
  if (digits.length < 3) throw misuse(`"${written}" is neither a phone number nor an id.`)
  for (const state of [undefined, 'released']) {
    const query = { search: digits, limit: 20, state }
    const { items } = (await session.ask(numbersContract.listNumbers, { query })).body
    const exact = items.filter((item) => item.e164 === `+${digits}`)
    const ending = items.filter((item) => item.e164.endsWith(digits.replace(/^0/, '')))
    const [found, ...others] = exact.length > 0 ? exact : ending
    if (found && others.length > 0) {
      throw misuse(
        `Several numbers end with ${digits}.`,
        `Write one of them whole: ${[found, ...others].map((item) => item.e164).join(', ')}`,
      )
    }
    if (found) return found
  }
  throw new Failure({
    title: `The company has no number ${written}.`,
    next: 'See all with: npx baton numbers list. Add it with: npx baton numbers add NUMBER',
    problem: { code: 'thing.not_found', thing: 'number' },
  })
}

/**
 * Finds a member by id, staff code, e-mail address or name.
 * @throws Failure when there is none or the words fit several
 */
export async function findMember(session: Session, written: string): Promise<FoundMember> {
  if (uuid.test(written)) {
    return (await session.ask(peopleContract.readMember, { params: { memberId: written } })).body
  }
  const { items } = (await session.ask(peopleContract.listMembers, { query: { search: written, limit: 20 } }))
    .body
  const same = (text: string | null) => text?.toLowerCase() === written.toLowerCase()
  const exact = items.filter((item) => same(item.staffCode) || same(item.email) || same(item.name))
  const [found, ...others] = exact.length > 0 ? exact : items
  if (!found) {
    throw new Failure({
      title: `The company has no member "${written}".`,
      next: 'See all with: npx baton members list',
      problem: { code: 'thing.not_found', thing: 'member' },
    })
  }
  if (others.length === 0) return found
  const choices = [found, ...others].slice(0, 10).map((item) => `${item.staffCode} (${item.name})`)
  throw misuse(`"${written}" fits several members.`, `Name one by staff code: ${choices.join(', ')}`)
}

type FoundDepartment = ResponseOf<typeof peopleContract.listDepartments>['items'][number]

/**
 * Finds a department by its id, by its path from the top (`Sales/North`), or by a name that only one has.
 * @throws Failure when there is none or the words fit several
 */
export async function findDepartment(session: Session, written: string): Promise<{ departmentId: string }> {
  if (uuid.test(written)) return { departmentId: written }
  const all = await allDepartments(session)
  const paths = new Map(all.map((department) => [department, pathOf(department, all)]))
  const wanted = folded(written.split('/'))
  const exact = all.filter((department) => folded(paths.get(department) ?? []) === wanted)
  const named = all.filter(({ name }) => folded([name]) === wanted)
  const [found, ...others] = exact.length > 0 ? exact : named
  if (!found) {
    throw new Failure({
      title: `The company has no department "${written}".`,
      next: 'Write its path from the top, such as Sales/North, or its id.',
      problem: { code: 'thing.not_found', thing: 'department' },
    })
  }
  if (others.length === 0) return found
  const choices = [found, ...others].slice(0, 10).map((department) => paths.get(department)?.join('/'))
  throw misuse(`Several departments are called "${written}".`, `Write the path of one: ${choices.join(', ')}`)
}

async function allDepartments(session: Session): Promise<FoundDepartment[]> {
  const all: FoundDepartment[] = []
  let cursor: string | undefined
  do {
    const { body } = await session.ask(peopleContract.listDepartments, { query: { limit: 200, cursor } })
    all.push(...body.items)
    cursor = body.nextCursor ?? undefined
  } while (cursor !== undefined)
  return all
}

function pathOf(department: FoundDepartment, all: readonly FoundDepartment[]): string[] {
  const above = all.find(({ departmentId }) => departmentId === department.parentId)
  return above ? [...pathOf(above, all), department.name] : [department.name]
}

function folded(names: readonly string[]): string {
  return names.map((name) => name.normalize('NFKC').trim().toLowerCase()).join('/')
}
