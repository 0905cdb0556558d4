export type { JsonValue } from './leaf.ts'
export type { Decision } from './store.ts'
export { record, recordMany } from './store.ts'
