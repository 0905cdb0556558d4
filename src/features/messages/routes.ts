import { type BoundRoute, bind } from '../../platform/http/bind.ts'
import { messagesContract as contract } from './contract.ts'
import { listOutbox, type OutboxParts } from './service/outbox.ts'

export function messageRoutes(parts: OutboxParts): readonly BoundRoute[] {
  return [bind(contract.listOutbox, (tx, input) => listOutbox(tx, parts, input))]
}
