import type { Item } from '../../../api/client.ts'

export type SecurityEvent = Item<'listSecurityLog'>
type Kind = SecurityEvent['kind']

export const groups = ['all', 'sign_ins', 'ways', 'account'] as const
export type Group = (typeof groups)[number]

const signIns: readonly Kind[] = [
  'signed_in',
  'signed_out',
  'sessions_ended',
  'sign_in_refused',
  'confirmed',
  'recovery_code_used',
]
const ways: readonly Kind[] = [
  'password_set',
  'password_reset',
  'identifier_bound',
  'identifier_unbound',
  'identifier_uses_changed',
  'identifier_taken_over',
  'identifier_recycled',
  'takeover_waiting',
  'takeover_vetoed',
  'change_objected',
  'change_settled',
  'passkey_added',
  'passkey_removed',
  'authenticator_added',
  'authenticator_removed',
  'recovery_codes_made',
]
const account: readonly Kind[] = [
  'joined_company',
  'deletion_asked',
  'deletion_requested',
  'deletion_cancelled',
  'sealed',
  'recovered',
]

const kinds: Readonly<Record<Exclude<Group, 'all'>, readonly Kind[]>> = { sign_ins: signIns, ways, account }

/** Whether an event belongs to what the reader wants to see. */
export function isIn(group: Group, { kind }: Pick<SecurityEvent, 'kind'>): boolean {
  return group === 'all' || kinds[group].includes(kind)
}
