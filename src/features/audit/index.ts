export { rotateSigningKey } from './keys.ts'
export type { JsonValue } from './leaf.ts'
export { type Decision, record } from './store.ts'
