export { freezeFactor, keepFactor, undoFactor } from './service/freeze.ts'
export type { PasskeyParts } from './service/parts.ts'
export { provePasskeyOptions, verifyPasskey } from './service/prove-passkey.ts'
export { factorsOf, secondFactorsOf, takeSecondFactor } from './service/second-factor.ts'
