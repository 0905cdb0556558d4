import { type BoundRoute, bind, bindOwn } from '../../platform/http/bind.ts'
import { factorsContract as contract } from './contract.ts'
import {
  beginAuthenticator,
  confirmAuthenticator,
  makeRecoveryCodes,
  removeAuthenticator,
} from './service/authenticator.ts'
import { listFactors } from './service/list.ts'
import type { RemovalParts } from './service/parts.ts'
import { addPasskey, beginPasskey, removePasskey } from './service/passkeys.ts'

export function factorRoutes(parts: RemovalParts): readonly BoundRoute[] {
  return [
    bind(contract.listFactors, (tx) => listFactors(tx)),
    bindOwn(contract.beginPasskey, (context) => beginPasskey(parts, context)),
    bindOwn(contract.addPasskey, (context, input) => addPasskey(parts, context, input)),
    bind(contract.removePasskey, (tx, input) => removePasskey(parts, tx, input)),
    bind(contract.beginAuthenticator, (tx) => beginAuthenticator(parts, tx)),
    bind(contract.confirmAuthenticator, (tx, input) => confirmAuthenticator(parts, tx, input)),
    bind(contract.removeAuthenticator, (tx) => removeAuthenticator(parts, tx)),
    bind(contract.makeRecoveryCodes, (tx) => makeRecoveryCodes(parts, tx)),
  ]
}
