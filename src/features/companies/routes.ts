import { type BoundRoute, bind } from '../../platform/http/bind.ts'
import { companiesContract as contract } from './contract.ts'
import * as service from './service.ts'

export const companiesRoutes: readonly BoundRoute[] = [
  bind(contract.readCompany, (tx) => service.readCompany(tx)),
  bind(contract.changeCompany, (tx, input) => service.changeCompany(tx, input)),
  bind(contract.readSubscription, (tx) => service.readSubscription(tx)),
  bind(contract.changeSubscription, (tx, input) => service.changeSubscription(tx, input)),
  bind(contract.readLicences, (tx) => service.readLicences(tx)),
  bind(contract.changeLicences, (tx, input) => service.changeLicences(tx, input)),
]
