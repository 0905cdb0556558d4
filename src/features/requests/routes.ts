import { type BoundRoute, bind } from '../../platform/http/bind.ts'
import { requestsContract as contract } from './contract.ts'
import { liftLegalHold, listLegalHolds, placeLegalHold } from './service/legal-holds.ts'
import { approveRequest, createRequest, listRequests, rejectRequest } from './service/requests.ts'

export const requestsRoutes: readonly BoundRoute[] = [
  bind(contract.listRequests, listRequests),
  bind(contract.createRequest, createRequest),
  bind(contract.approveRequest, approveRequest),
  bind(contract.rejectRequest, rejectRequest),
  bind(contract.listLegalHolds, listLegalHolds),
  bind(contract.placeLegalHold, placeLegalHold),
  bind(contract.liftLegalHold, liftLegalHold),
]
