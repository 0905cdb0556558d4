import { addHours } from '../../../kernel/instant.ts'
import { formatToken, hashSecret, newSecret } from '../../../platform/crypto/secret.ts'
import type { Vault } from '../../../platform/crypto/vault.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { channelsOf } from '../../../platform/messages/channels.ts'
import type { Senders } from '../../../platform/messages/senders.ts'
import { loadPolicies } from '../../companies/index.ts'
import { sendMessage } from '../../messages/index.ts'
import { invitationMessage } from '../message-templates.ts'
import type { Address } from './address.ts'

/** What the feature gets from the composition root. */
export interface InvitationParts {
  readonly vault: Vault
  readonly senders: Senders
  readonly outbox: boolean
  /** Address at which people reach Baton, without a slash at its end. */
  readonly publicUrl: string
}

/** A link that was just made; its token is in no table. */
export interface FreshLink {
  readonly token: string
  readonly path: string
  readonly hash: Buffer
  readonly expiresAt: string
  readonly hours: number
}

/** A new link to an invitation of this realm's company, for as long as its policy says. */
export async function makeLink(tx: Tx): Promise<FreshLink> {
  const { invitationHours: hours } = await loadPolicies(tx)
  const token = formatToken(tx.companyId, newSecret())
  return {
    token,
    path: `/invitation#token=${token}`,
    hash: hashSecret(token),
    expiresAt: addHours(tx.now, hours),
    hours,
  }
}

interface Sending {
  readonly to: Pick<Address, 'kind' | 'value'>
  readonly link: FreshLink
  readonly company: string
  readonly language: 'en' | 'zh'
}

/** Sends a link where Baton can; false where an admin has to hand it over. */
export function sendLink(tx: Tx, parts: InvitationParts, { to, link, company, language }: Sending): boolean {
  const { kind, value } = to
  if (value === null || (kind !== 'phone' && kind !== 'email')) return false
  const channels = channelsOf(parts)
  if (!(kind === 'phone' ? channels.sms : channels.email) && !channels.outbox) return false
  sendMessage(tx, parts.vault, {
    to: { kind, value },
    template: invitationMessage,
    values: { company, link: parts.publicUrl + link.path, hours: String(link.hours) },
    language,
  })
  return true
}
