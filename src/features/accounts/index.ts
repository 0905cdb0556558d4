export type { Challenge, ChallengePurpose, NewChallenge } from './challenge-store.ts'
export { findChallenge, insertChallenge, useChallenge } from './challenge-store.ts'
export { createDoorkeeper } from './doorkeeper.ts'
export type { BoundAccount, EndOfBinding, NewIdentifier } from './identifier-store.ts'
export {
  bindIdentifier,
  findByIdentifier,
  listIdentifiers,
  lockIdentifiers,
  setUses,
  touchIdentifier,
  unbindIdentifier,
} from './identifier-store.ts'
export type { NewSecurityEvent, Place } from './security-store.ts'
export { isKnownDevice, noteDevice, noteSecurity } from './security-store.ts'
export type { CodePlan, GivenCode, IssuedCode } from './service/codes.ts'
export { countCode, identifierDigest, issueCode, takeCode } from './service/codes.ts'
export { actingMemberships } from './service/memberships.ts'
export type { Arrival } from './service/sessions.ts'
export { callerIn, openSessionOf, signedOut } from './service/sessions.ts'
export { createAccount, hasCompany, joinCompany, lockSetup, setPassword } from './store.ts'
export type { OwnMembership } from './views.ts'
export { readMemberships } from './views.ts'
