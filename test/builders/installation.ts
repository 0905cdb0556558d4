import { bodyOf, withToken } from '../builders.ts'
import type { Client, World } from '../world.ts'

/** A machine with a token of the installation, such as a SIP proxy. */
export async function sipProxy(world: World, wish: object = {}): Promise<Client & { tokenId: string }> {
  const made = await world.operator.post('/v1/installation/tokens', { name: 'SIP proxy', ...wish })
  const { token, tokenId } = bodyOf(made, 201)
  return Object.assign(withToken(world, token), { tokenId })
}
