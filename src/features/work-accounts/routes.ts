import { type BoundRoute, bind } from '../../platform/http/bind.ts'
import { workAccountsContract as contract } from './contract.ts'
import {
  changeWorkAccount,
  createWorkAccount,
  listNumberDependents,
  listWorkAccounts,
  readWorkAccount,
  removeWorkAccount,
} from './service/accounts.ts'
import { attestWorkAccount, passOnWorkAccount, requestDeletion } from './service/pass-on.ts'
import { changeSystem, createSystem, listSystems, readSystem, removeSystem } from './service/systems.ts'

export const workAccountRoutes: readonly BoundRoute[] = [
  bind(contract.listSystems, listSystems),
  bind(contract.createSystem, createSystem),
  bind(contract.readSystem, (tx, { params }) => readSystem(tx, params.systemId)),
  bind(contract.changeSystem, changeSystem),
  bind(contract.removeSystem, (tx, { params }) => removeSystem(tx, params.systemId)),
  bind(contract.listWorkAccounts, listWorkAccounts),
  bind(contract.createWorkAccount, createWorkAccount),
  bind(contract.readWorkAccount, (tx, { params }) => readWorkAccount(tx, params.workAccountId)),
  bind(contract.changeWorkAccount, changeWorkAccount),
  bind(contract.removeWorkAccount, (tx, { params }) => removeWorkAccount(tx, params.workAccountId)),
  bind(contract.passOnWorkAccount, passOnWorkAccount),
  bind(contract.requestDeletion, requestDeletion),
  bind(contract.attestWorkAccount, attestWorkAccount),
  bind(contract.listNumberDependents, listNumberDependents),
]
