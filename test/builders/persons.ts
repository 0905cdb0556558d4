import { bodyOf, type TestCompany } from '../builders.ts'
import type { Client, World } from '../world.ts'
import { hire } from './numbers.ts'

export const personsPassword = 'seven green lamps 41'

/** A person with an own account who is a member of a company. */
export interface Person {
  readonly memberId: string
  readonly email: string
  /** Signs in anew, by password, on a browser that is not known yet. */
  signIn(): Promise<Client>
}

let persons = 0

/** Hires a member and lets them join with an account of their own, by a sign-in link, a password and a proved address. */
export async function joinAsPerson(
  world: World,
  company: TestCompany,
  { name, ...wish }: { readonly name: string } & Readonly<Record<string, unknown>>,
): Promise<Person> {
  persons += 1
  const email = `own${persons}@example.com`
  const memberId = await hire(company, name, { email, ...wish })
  const { token } = bodyOf(await company.owner.post(`/v1/members/${memberId}/sign-in-link`), 201)
  bodyOf(await world.anonymous.post('/v1/sessions', { link: token, password: personsPassword }), 201)
  await haveProved(world, email)
  return { memberId, email, signIn: () => signIn(world, email) }
}

/** Lets a person have proved the address that they joined with, without the way there. */
export async function haveProved(world: World, email: string): Promise<void> {
  await world.tamper(
    `update identifiers set proven_how = 'created with the account', can_verify = true
     where kind = 'email' and value = $1`,
    [email],
  )
}

/** Signs a person in by e-mail address and password. */
export async function signIn(world: World, email: string, password = personsPassword): Promise<Client> {
  const answer = await world.anonymous.post('/v1/sessions', { email, password })
  bodyOf(answer, 201)
  return world.client({ cookie: cookieOf(answer.headers['set-cookie']) })
}

function cookieOf(header: unknown): string {
  const cookies = Array.isArray(header) ? header : [header]
  return cookies.map((cookie) => String(cookie).split(';')[0]).join('; ')
}

/** The account behind a member. */
export async function accountOf(world: World, memberId: string): Promise<string> {
  const { rows } = await world.tamper('select account_id from members where member_id = $1', [memberId])
  return rows[0].account_id
}

/** Binds a phone to an account without the way there. */
export async function bindPhone(world: World, accountId: string, line: string): Promise<void> {
  await world.tamper(
    `insert into identifiers (kind, value, account_id, can_login, can_verify, bound_at, proven_how)
     values ('phone', $2, $1, true, true, $3, 'code')`,
    [accountId, line, world.clock.now().toISOString()],
  )
}
