export type { JsonValue } from './leaf.ts'
export { record } from './store.ts'
