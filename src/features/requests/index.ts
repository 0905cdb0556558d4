export { type NewRequest, openRequest, withdrawRequest } from './store.ts'
