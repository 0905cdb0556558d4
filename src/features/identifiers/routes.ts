import { type BoundRoute, bind, bindOwn } from '../../platform/http/bind.ts'
import { identifiersContract as contract } from './contract.ts'
import { type AddParts, addIdentifier, verifyIdentifier } from './service/add.ts'
import { planUnbinding, removeIdentifier, setIdentifierUses } from './service/change.ts'
import { listChanges } from './service/changes.ts'
import { objectToChange } from './service/object.ts'
import { setOwnPassword } from './service/password.ts'
import {
  listBoundBefore,
  listIdentifiers,
  listSecurityLog,
  readAccount,
  updateAccount,
} from './service/read.ts'
import { settleChange } from './service/settle.ts'

export function identifierRoutes(parts: AddParts): readonly BoundRoute[] {
  return [
    bind(contract.readAccount, (tx) => readAccount(parts, tx)),
    bind(contract.updateAccount, updateAccount),
    bind(contract.listIdentifiers, (tx) => listIdentifiers(tx)),
    bindOwn(contract.addIdentifier, (context, input) => addIdentifier(parts, context, input)),
    bindOwn(contract.verifyIdentifier, (context, input) => verifyIdentifier(parts, context, input)),
    bind(contract.setIdentifierUses, (tx, input) => setIdentifierUses(parts, tx, input)),
    bind(contract.removeIdentifier, (tx, input) => removeIdentifier(parts, tx, input)),
    bind(contract.planUnbinding, (tx, input) => planUnbinding(parts, tx, input)),
    bindOwn(contract.setOwnPassword, (context, input) => setOwnPassword(parts, context, input)),
    bind(contract.listSecurityLog, listSecurityLog),
    bind(contract.listBoundBefore, listBoundBefore),
    bind(contract.listChanges, (tx, input) => listChanges(parts, tx, input)),
    bind(contract.settleChange, (tx, input) => settleChange(parts, tx, input)),
    bind(contract.objectToChange, (tx, input) => objectToChange(parts, tx, input)),
  ]
}
