import { type BoundRoute, bind } from '../../platform/http/bind.ts'
import { routingContract as contract } from './contract.ts'
import { readRoute } from './service.ts'

export const routingRoutes: readonly BoundRoute[] = [
  bind(contract.readRoute, (tx, { params }) => readRoute(tx, params.e164)),
]
