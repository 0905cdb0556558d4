export { activeHoldsOn } from './service/legal-holds.ts'
export { openRequest, openRequests, withdrawRequest } from './service/requests.ts'
