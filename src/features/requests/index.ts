export { activeHoldsOn } from './service/legal-holds.ts'
export { openRequest, withdrawRequest } from './service/requests.ts'
