export type { Challenge, ChallengePurpose } from './challenge-store.ts'
export {
  countTry,
  findChallenge,
  insertChallenge,
  useChallenge,
} from './challenge-store.ts'
export type { AccountChange } from './change-store.ts'
export {
  findByLink,
  findChange,
  isFrozen,
  listChanges,
  listUnsettled,
  objectTo,
  parkPassword,
  restorePassword,
  settleChanges,
} from './change-store.ts'
export type { AccountDeletion, EndOfDeletion } from './deletion-store.ts'
export {
  beginErasing,
  endDeletion,
  eraseAccountRow,
  findDeletion,
  findUntold,
  insertDeletion,
  lockAccountRow,
  noteTold,
  putOffDeletion,
} from './deletion-store.ts'
export { createDoorkeeper } from './doorkeeper.ts'
export type { BoundAccount } from './identifier-store.ts'
export {
  bindIdentifier,
  findByIdentifier,
  listIdentifiers,
  lockIdentifiers,
  markProven,
  setFrozen,
  setUses,
  touchIdentifier,
  unbindIdentifier,
  unproven,
} from './identifier-store.ts'
export { findLine, holdLine, lockPhone } from './line-views.ts'
export { codeMinutes, deviceDays, objectionDays, sealedDays, sealedUntil, standOfLine } from './rules.ts'
export { carrySession, countSessionsThrough, sealAccount, unsealAccount } from './seal-store.ts'
export type { Place } from './security-store.ts'
export { forgetDevices, noteDevice, noteSecurity } from './security-store.ts'
export type { Attempt } from './service/attempts.ts'
export {
  countAttempt,
  countCodeAsked,
  countCodeNearby,
  forgetAllAttempts,
  forgetAttempts,
  forgetInBrowser,
  isFirstPauseOfDay,
  isFromKnownBrowser,
  nobody,
} from './service/attempts.ts'
export type { ChangeParts } from './service/changes.ts'
export { announceChange, refuseFrozen } from './service/changes.ts'
export type { IssuedCode } from './service/codes.ts'
export { codeDigest, countCode, identifierDigest, issueCode, takeCode } from './service/codes.ts'
export { identifierInWords, maskIdentifier } from './service/identifier-words.ts'
export { isStillGood, refuseBeyondScopes } from './service/inviter.ts'
export { actingMemberships, shownMembership } from './service/memberships.ts'
export { cancelErasure, scheduleErasure } from './service/schedule-erasure.ts'
export { callerIn, endOtherSessions, endSession, openSessionOf, signedOut } from './service/sessions.ts'
export { refuseGuessable } from './service/set-up.ts'
export { doubtfulPhones, shutPhones } from './service/shut-phones.ts'
export { actorIn, presentMemberships, signal } from './service/signals.ts'
export { tellPerson } from './service/tell-person.ts'
export { revokeTokensMadeSince } from './service/tokens.ts'
export { isBare, isUnproven, releaseUnproven } from './service/unproven.ts'
export type { KnownAccount, LinkTarget } from './store.ts'
export {
  createAccount,
  createPerson,
  endAllSessions,
  findAccount,
  findLink,
  hasCompany,
  joinCompany,
  lockAccount,
  lockSetup,
  proveSession,
  revokeTokensOf,
  setPassword,
  setProfile,
  useLink,
} from './store.ts'
export type { MemberToJoin, OwnMembership } from './views.ts'
export { isMember, readAccount, readMember, readMemberships } from './views.ts'
