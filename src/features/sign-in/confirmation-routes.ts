import { type BoundRoute, bind, bindOwn } from '../../platform/http/bind.ts'
import { confirmationContract as contract } from './confirmation-contract.ts'
import { beginConfirmation, confirmAccount, listConfirmationWays } from './service/confirm.ts'
import type { SignInParts } from './service/visit.ts'

export function confirmationRoutes(parts: SignInParts): readonly BoundRoute[] {
  return [
    bind(contract.listConfirmationWays, (tx) => listConfirmationWays(parts, tx)),
    bindOwn(contract.beginConfirmation, (context, input) => beginConfirmation(parts, context, input)),
    bindOwn(contract.confirmAccount, (context, input) => confirmAccount(parts, context, input)),
  ]
}
