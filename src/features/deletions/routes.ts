import { type BoundRoute, bind } from '../../platform/http/bind.ts'
import { deletionsContract as contract } from './contract.ts'
import { cancelDeletion } from './service/cancel.ts'
import { declineRequest, listOwnRequests } from './service/own-requests.ts'
import { readDeletion } from './service/read.ts'
import { askForDeletion, listDeletionRequests, withdrawDeletionRequest } from './service/requests.ts'
import { startDeletion } from './service/start.ts'

type Parts = { readonly vault: Parameters<typeof startDeletion>[1] }

/** `vault` seals what is written to the person. */
export function deletionRoutes({ vault }: Parts): readonly BoundRoute[] {
  return [
    bind(contract.readDeletion, readDeletion),
    bind(contract.startDeletion, (tx, input) => startDeletion(tx, vault, input)),
    bind(contract.cancelDeletion, (tx) => cancelDeletion(tx)),
    bind(contract.listOwnRequests, (tx) => listOwnRequests(tx)),
    bind(contract.declineRequest, declineRequest),
    bind(contract.askForDeletion, (tx, input) => askForDeletion(tx, vault, input)),
    bind(contract.listDeletionRequests, listDeletionRequests),
    bind(contract.withdrawDeletionRequest, withdrawDeletionRequest),
  ]
}
