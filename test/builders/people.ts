import { bodyOf, type TestCompany } from '../builders.ts'
import type { Answer } from '../world.ts'

let members = 0
let departments = 0

/** Adds a member through the API, as the Owner: a staff code and a name are made up unless given. */
export async function addMember(company: TestCompany, wish: object = {}): Promise<Answer['body']> {
  members += 1
  const made = { staffCode: `M${String(members).padStart(5, '0')}`, name: `Member ${members}`, ...wish }
  return bodyOf(await company.owner.post('/v1/members', made), 201)
}

/** Adds a department through the API, as the Owner. */
export async function addDepartment(company: TestCompany, wish: object = {}): Promise<Answer['body']> {
  departments += 1
  return bodyOf(
    await company.owner.post('/v1/departments', { name: `Department ${departments}`, ...wish }),
    201,
  )
}

/** The actions that the ledger has about a subject, oldest first. */
export async function ledgerOf(company: TestCompany, subjectId: string): Promise<string[]> {
  const answer = await company.owner.get(`/v1/audit?subjectId=${subjectId}&limit=200`)
  return bodyOf(answer, 200).items.map((entry: { action: string }) => entry.action)
}
