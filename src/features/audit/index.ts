export type { SignedCheckpoint, TrustedKey } from './checkpoint.ts'
export { CheckpointError, keyIdOf, ledgerOrigin, parseCheckpoint } from './checkpoint.ts'
export { detailsOfMember, eraseDetails } from './erase-store.ts'
export { SigningKeyFinder } from './keys.ts'
export type { JsonValue, LedgerEntry } from './leaf.ts'
export {
  CanonicalFormError,
  canonicalJson,
  digestDetails,
  inMicroseconds,
  leafHashOf,
  saltBytes,
} from './leaf.ts'
export { verifyInclusion } from './merkle.ts'
export type { DecisionRow } from './service/proof.ts'
export { decisionsAbout, ledgerOf, proveEntries } from './service/proof.ts'
export type { Decision } from './store.ts'
export { record, recordMany } from './store.ts'
export { stepsRecorded } from './views/steps.ts'
