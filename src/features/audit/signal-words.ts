import type { SecuritySignal } from './model.ts'

const risc = 'https://schemas.openid.net/secevent/risc/event-type'
const caep = 'https://schemas.openid.net/secevent/caep/event-type'

type SignalWords = Omit<SecuritySignal, 'subject'>

/** What each decision is called there; what these have no word for is told as the nearest one. */
export const signalWords: Readonly<Record<string, SignalWords>> = {
  'account.identifier_bound': { type: `${caep}/credential-change`, changeType: 'create' },
  'account.identifier_unbound': { type: `${caep}/credential-change`, changeType: 'revoke' },
  'account.identifier_changed': { type: `${risc}/identifier-changed` },
  'account.identifier_recycled': { type: `${risc}/identifier-recycled` },
  'account.sessions_revoked': { type: `${caep}/session-revoked` },
  'member.sessions_ended': { type: `${caep}/session-revoked` },
  'account.disabled': { type: `${risc}/account-disabled` },
  'account.enabled': { type: `${risc}/account-enabled` },
  'account.deleted': { type: `${risc}/account-purged` },
}

/** The signal that a decision is; null for one that is none. */
export function signalOf(action: string, memberId: string): SecuritySignal | null {
  const words = Object.hasOwn(signalWords, action) ? signalWords[action] : undefined
  return words === undefined ? null : { ...words, subject: { format: 'opaque', id: memberId } }
}
