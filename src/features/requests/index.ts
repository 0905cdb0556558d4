export { activeHoldsOn } from './service/legal-holds.ts'
export { openRequest, type RequestPlan, withdrawRequest } from './service/requests.ts'
