import { type BoundRoute, bind, bindOwn } from '../../platform/http/bind.ts'
import { takeoversContract as contract } from './contract.ts'
import { listBindings } from './service/bindings.ts'
import { confirmMobileChange } from './service/confirm.ts'
import { objectToTakeover, vetoClaim } from './service/objections.ts'
import type { TakeoverParts } from './service/parts.ts'
import { chooseRebinding, readRebinding } from './service/rebinding.ts'
import { startAccountRecovery, verifyAccountRecovery } from './service/recovery.ts'
import { cancelMobileChange, listMobileChanges, startMobileChange } from './service/start.ts'
import { verifyMobileChange } from './service/verify.ts'

export function takeoverRoutes(parts: TakeoverParts): readonly BoundRoute[] {
  return [
    bind(contract.listMobileChanges, listMobileChanges),
    bindOwn(contract.startMobileChange, (context, input) => startMobileChange(context, parts, input)),
    bindOwn(contract.verifyMobileChange, (context, input) => verifyMobileChange(context, parts, input)),
    bind(contract.confirmMobileChange, (tx, input) => confirmMobileChange(tx, parts, input)),
    bind(contract.cancelMobileChange, cancelMobileChange),
    bind(contract.vetoClaim, (tx, input) => vetoClaim(tx, parts, input)),
    bind(contract.objectToTakeover, (tx, input) => objectToTakeover(tx, parts, input)),
    bindOwn(contract.startAccountRecovery, (context, input) => startAccountRecovery(context, parts, input)),
    bindOwn(contract.verifyAccountRecovery, (context, input) => verifyAccountRecovery(context, parts, input)),
    bind(contract.listBindings, listBindings),
    bind(contract.readRebinding, readRebinding),
    bind(contract.chooseRebinding, chooseRebinding),
  ]
}
