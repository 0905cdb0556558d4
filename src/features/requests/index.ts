export { activeHoldsOn, placeLegalHold } from './service/legal-holds.ts'
export {
  approveRequest,
  createRequest,
  findRequest,
  openRequest,
  openRequests,
  withdrawRequest,
} from './service/requests.ts'
