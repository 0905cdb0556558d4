import type { Tx } from '../../../platform/db/tx.ts'
import {
  type BoundAccount,
  countCodeNearby,
  findByIdentifier,
  type IssuedCode,
  isFromKnownBrowser,
  issueCode,
} from '../../accounts/index.ts'
import { EmailAddress } from '../../accounts/model.ts'
import type { SignInParts, Visit } from './visit.ts'
import { normalisePhone, refuseWithoutChannel } from './ways.ts'

/** A phone or e-mail address in its stored form. */
export interface Address {
  readonly kind: 'phone' | 'email'
  readonly value: string
}

/** Reads an address as it was given. @throws Refusal `phone.unknown_form`, `sign_in.way_missing` */
export function addressOf(parts: SignInParts, kind: 'phone' | 'email', given: string): Address {
  const value = kind === 'phone' ? normalisePhone(given) : EmailAddress.parse(given)
  refuseWithoutChannel(parts, kind)
  return { kind, value }
}

/**
 * Makes a code for an address, with the same work whether or not an account has it. Others can use up the codes that new
 * browsers get for an address or from a network, never those of a browser that its person used before.
 * @throws Refusal `code.too_many`, `code.too_many_nearby`
 */
export async function askCode(
  tx: Tx,
  { context, parts }: Visit,
  { purpose, address }: { readonly purpose: 'sign_in' | 'reset_password'; readonly address: Address },
): Promise<IssuedCode & { readonly bound: BoundAccount | null }> {
  const { network, deviceHash } = context
  const bound = await findByIdentifier(tx, address.kind, address.value)
  const isFromKnown = await isFromKnownBrowser(tx, { accountId: bound?.accountId ?? null, deviceHash })
  if (!isFromKnown) await countCodeNearby(tx, parts.vault, network)
  const plan = { purpose, ...address, accountId: null, sessionId: null, isFromKnown }
  return { bound, ...(await issueCode(tx, parts.vault, plan)) }
}
