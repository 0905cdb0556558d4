import { bodyOf, type TestCompany } from '../builders.ts'
import type { Answer } from '../world.ts'

let systems = 0
let logins = 0

/** Adds an outside system through the API, as the Owner. */
export async function addSystem(company: TestCompany, wish: object = {}): Promise<Answer['body']> {
  systems += 1
  return bodyOf(await company.owner.post('/v1/systems', { name: `Bank portal ${systems}`, ...wish }), 201)
}

/** Adds an account in an outside system, in a new one unless told otherwise. */
export async function addWorkAccount(company: TestCompany, wish: object = {}): Promise<Answer['body']> {
  logins += 1
  const place =
    'systemId' in wish || 'systemKind' in wish ? {} : { systemId: (await addSystem(company)).systemId }
  const wished = { login: `login-${logins}`, ...place, ...wish }
  return bodyOf(await company.owner.post('/v1/work-accounts', wished), 201)
}

/** Opens a task by hand, about a member. */
export async function openTask(
  company: TestCompany,
  subjectId: string,
  wish: object = {},
): Promise<Answer['body']> {
  const made = { subjectKind: 'member', subjectId, title: 'Fetch the laptop', instructions: 'Ask\nFetch' }
  return bodyOf(await company.owner.post('/v1/tasks', { ...made, ...wish }), 201)
}
