import { bodyOf, type TestCompany } from '../builders.ts'
import { codeTo, newestTo } from '../messages.ts'
import type { Answer, Client, World } from '../world.ts'

/** Invites somebody as a member, as the Owner; answers with the invitation and its link. */
export async function invite(
  company: TestCompany,
  memberId: string,
  wish: object = {},
): Promise<Answer['body']> {
  return bodyOf(await company.owner.post('/v1/invitations', { memberId, ...wish }), 201)
}

/** The token of the invitation that was sent to an address last. */
export async function invitedAt(world: World, to: string): Promise<string> {
  const token = /\/invitation#token=([\w-]+)/.exec(await newestTo(world, to))?.[1]
  if (token === undefined) throw new Error(`the newest message to ${to} has no invitation`)
  return token
}

export interface Address {
  readonly by: 'email' | 'phone'
  readonly value: string
}

/** Proves an address by a code; answers with what the sign-in became. */
export async function proveAddress(world: World, address: Address): Promise<Answer> {
  const { signInId } = bodyOf(await world.anonymous.post('/v1/sign-in', address), 201)
  const code = await codeTo(world, address.value)
  return world.anonymous.post(`/v1/sign-in/${signInId}/verify`, { code })
}

/** Proves an address that nobody has an account with; answers with the sign-in that an invitation is accepted with. */
export async function provedAnew(world: World, address: Address): Promise<string> {
  const proof = bodyOf(await proveAddress(world, address), 200)
  if (proof.outcome !== 'no_account') throw new Error(`the sign-in became ${proof.outcome}`)
  return proof.signInId
}

/** Accepts an invitation with a new account; answers with what Baton said. */
export async function acceptAnew(
  world: World,
  token: string,
  { address, ...person }: { readonly address: Address; readonly name?: string; readonly password?: string },
): Promise<Answer> {
  const signInId = await provedAnew(world, address)
  return world.anonymous.post(`/v1/invitations/${token}/accept`, { signInId, name: 'Mara Lind', ...person })
}

/** The browser that a session was given to. */
export function browserOf(world: World, answer: Answer): Client {
  const cookies = [answer.headers['set-cookie'] ?? []].flat()
  return world.client({ cookie: cookies.map((cookie) => String(cookie).split(';')[0]).join('; ') })
}
