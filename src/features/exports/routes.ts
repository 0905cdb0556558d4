import { bindFile } from '../../platform/http/bind.ts'
import { exportsContract as contract } from './contract.ts'
import { exportCustody } from './service/custody.ts'
import { exportMembers } from './service/members.ts'
import { exportNumbers } from './service/numbers.ts'

export const exportRoutes = [
  bindFile(contract.exportMembers, ({ open }, input) => exportMembers(open, input)),
  bindFile(contract.exportNumbers, ({ open }, input) => exportNumbers(open, input)),
  bindFile(contract.exportCustody, ({ open }, input) => exportCustody(open, input)),
]
