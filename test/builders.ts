import { permissionNames } from '../src/kernel/permission.ts'
import type { Answer, Client, World } from './world.ts'

/** A company of its own for one test, and who acts in it. */
export interface TestCompany {
  readonly companyId: string
  readonly slug: string
  readonly ownerMemberId: string
  /** The Owner's API token, with all permissions. */
  readonly token: string
  /** The Owner, by that token. */
  readonly owner: Client
  /** The operator of the machine, acting in this company. */
  readonly operator: Client
}

export interface CompanyOptions {
  readonly name?: string
  readonly tier?: 'connect' | 'advanced' | 'max'
  readonly licences?: number
  readonly policies?: object
  readonly ownerEmail?: string
  /** Gives the Owner an account to sign in with; without it the Owner has a token only. */
  readonly password?: string
}

let companies = 0

/** Makes a company through the API: Connect, 100 licences, UTC, unless told otherwise. */
export async function createCompany(world: World, options: CompanyOptions = {}): Promise<TestCompany> {
  companies += 1
  const { name = `Company ${companies}`, tier = 'connect', licences = 100, policies, password } = options
  const made = await world.operator.post('/v1/companies', {
    companyName: name,
    timeZone: 'UTC',
    language: 'en',
    ownerName: 'Olivia Owner',
    ownerEmail: options.ownerEmail ?? `owner${companies}@example.com`,
    subscription: tier,
    licences,
    ...(password === undefined ? {} : { password }),
  })
  const { companyId, slug, memberId: ownerMemberId, token } = bodyOf(made, 201)
  const owner = withToken(world, token)
  if (policies) bodyOf(await owner.patch('/v1/company', { policies }), 200)
  const operator = world.operator.with({ 'baton-company': companyId })
  return { companyId, slug, ownerMemberId, token, owner, operator }
}

/** A caller with an API token. */
export function withToken(world: World, token: string): Client {
  return world.client({ authorization: `Bearer ${token}` })
}

/** A member of the company acting by a token of theirs: with `scopes`, or everything that the member's role allows. */
// biome-ignore lint/complexity/useMaxParams: where, in which company, who, and how narrow, said in one line of a test
export async function tokenFor(
  world: World,
  company: TestCompany,
  memberId: string,
  scopes?: readonly string[],
): Promise<Client> {
  const wanted = scopes ?? (await scopesOf(company, memberId))
  const made = await company.operator.post('/v1/api-tokens', { name: 'Test', scopes: wanted, memberId })
  return withToken(world, bodyOf(made, 201).token)
}

async function scopesOf(company: TestCompany, memberId: string): Promise<readonly string[]> {
  const refused = await company.operator.post('/v1/api-tokens', {
    name: 'Test',
    scopes: permissionNames,
    memberId,
  })
  if (refused.status === 201) return permissionNames
  const beyond = new Set(String(refused.body.scopes).split(', '))
  return permissionNames.filter((permission) => !beyond.has(permission))
}

/** The body of an answer that must have this status. */
export function bodyOf(answer: Answer, status: number): Answer['body'] {
  if (answer.status !== status) throw new Error(`status ${answer.status}: ${JSON.stringify(answer.body)}`)
  return answer.body
}
