import { generate } from 'otplib'
import { bodyOf, createCompany, type TestCompany } from '../builders.ts'
import { createDevice, type Device } from '../passkeys.ts'
import type { Answer, Client, World } from '../world.ts'

/** Somebody with an account of their own, signed in by password just now. */
export interface SignedInPerson {
  readonly company: TestCompany
  readonly email: string
  readonly accountId: string
  readonly client: Client
  /** Another session; only while the account has no second factor. */
  signIn(): Promise<Client>
}

export const personPassword = 'seven green lamps 41'

let people = 0

export async function signedInPerson(world: World): Promise<SignedInPerson> {
  people += 1
  const email = `person${people}@factors.example`
  const company = await createCompany(world, { ownerEmail: email, password: personPassword })
  let accountId = ''
  async function signIn(): Promise<Client> {
    const answer = await world.anonymous.post('/v1/sessions', { email, password: personPassword })
    accountId = bodyOf(answer, 201).accountId
    const cookies = [answer.headers['set-cookie']].flat()
    const cookie = cookies.map((one) => String(one).split(';')[0]).join('; ')
    return world.client({ cookie })
  }
  const client = await signIn()
  return { company, email, accountId, client, signIn }
}

/** Adds a passkey of a device; `device` is a new one unless given. */
export async function addPasskey(
  client: Client,
  { name = 'Phone', device = createDevice() }: { readonly name?: string; readonly device?: Device } = {},
): Promise<{ device: Device; passkeyId: string; recoveryCodes: string[] | undefined }> {
  const { challengeId, options } = bodyOf(await client.post('/v1/account/passkeys'), 201)
  const added = await client.post(`/v1/account/passkeys/${challengeId}/verify`, {
    name,
    response: device.make(options),
  })
  const { passkeyId, recoveryCodes } = bodyOf(added, 201)
  return { device, passkeyId, recoveryCodes }
}

/** What an authenticator app shows at this moment of the world's clock, or `steps` of 30 s later. */
export function appCode(world: World, secret: string, steps = 0): Promise<string> {
  return generate({ secret, epoch: Math.floor(world.clock.now().getTime() / 1000) + steps * 30 })
}

/** Turns an authenticator app on; the code used for it counts no more, so that the clock moves on by a minute. */
export async function addAuthenticator(
  world: World,
  client: Client,
): Promise<{ secret: string; recoveryCodes: string[] }> {
  const { secret } = bodyOf(await client.post('/v1/account/authenticator'), 201)
  const code = await appCode(world, secret)
  const { recoveryCodes } = bodyOf(await client.post('/v1/account/authenticator/verify', { code }), 200)
  world.clock.advance({ minutes: 1 })
  return { secret, recoveryCodes }
}

/** The own factors as a person sees them. */
export async function factorsIn(client: Client): Promise<Answer['body']> {
  return bodyOf(await client.get('/v1/account/factors'), 200)
}
