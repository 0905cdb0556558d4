import { type BoundRoute, bindFile } from '../../platform/http/bind.ts'
import { exportsContract as contract } from './contract.ts'
import { exportCustody } from './service/custody.ts'
import { exportList, listSources } from './service/list.ts'
import { exportMembers } from './service/members.ts'
import { exportNumbers } from './service/numbers.ts'

/** The files; those of lists ask the lists themselves, which are among `routes`. */
export function exportRoutes(routes: readonly BoundRoute[]): BoundRoute[] {
  return [
    bindFile(contract.exportMembers, ({ open }, input) => exportMembers(open, input)),
    bindFile(contract.exportNumbers, ({ open }, input) => exportNumbers(open, input)),
    bindFile(contract.exportCustody, ({ open }, input) => exportCustody(open, input)),
    ...listSources(routes).map(([name, source]) =>
      bindFile(contract[name], ({ open }, input) => exportList(open, source, input)),
    ),
  ]
}
