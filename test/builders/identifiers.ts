import { bodyOf } from '../builders.ts'
import { codeTo } from '../messages.ts'
import type { Answer, Client, World } from '../world.ts'

export interface Address {
  readonly kind: 'phone' | 'email'
  readonly value: string
}

/** Begins to bind an address to the account of a signed-in person, and gives the right code. */
export async function proveAddress(world: World, client: Client, address: Address): Promise<Answer> {
  const { challengeId } = bodyOf(await client.post('/v1/account/identifiers', address), 201)
  const code = await codeTo(world, address.value)
  return client.post(`/v1/account/identifiers/${challengeId}/verify`, { code })
}

/** Binds an address; answers with its id. */
export async function bindAddress(world: World, client: Client, address: Address): Promise<string> {
  return bodyOf(await proveAddress(world, client, address), 201).identifierId
}

/** The id of one of the person's own identifiers. */
export async function identifierIdOf(client: Client, value: string): Promise<string> {
  const { items } = bodyOf(await client.get('/v1/account/identifiers'), 200)
  return items.find((one: { value: string }) => one.value === value).identifierId
}

/** Signs in with a code to an address; the answer of the last step. */
export async function trySignIn(world: World, { kind, value }: Address): Promise<Answer> {
  await newestLike(world, value, /^/)
  const { signInId } = bodyOf(await world.anonymous.post('/v1/sign-in', { by: kind, value }), 201)
  const code = await codeTo(world, value)
  return world.anonymous.post(`/v1/sign-in/${signInId}/verify`, { code })
}

/** A person signed in with a code to an address. */
export async function signInBy(world: World, address: Address): Promise<Client> {
  const answer = await trySignIn(world, address)
  bodyOf(answer, 200)
  const cookies = [answer.headers['set-cookie']].flat()
  return world.client({ cookie: cookies.map((one) => String(one).split(';')[0]).join('; ') })
}

/** The token of the newest link to object that an address was sent. */
export async function objectionTo(world: World, to: string): Promise<string> {
  const token = /\/objection#(\S+)/.exec(await newestLike(world, to, /\/objection#/))?.[1]
  if (token === undefined) throw new Error(`${to} was sent no link to object`)
  return token
}

/** Messages of one moment leave in any order, so that the newest of its sort is meant. */
async function newestLike(world: World, to: string, sort: RegExp): Promise<string> {
  for (const task of world.app.dueTasks) if (task.name.startsWith('messages.')) await task.run()
  return world.sent.findLast((message) => message.to === to && sort.test(message.text))?.text ?? ''
}
