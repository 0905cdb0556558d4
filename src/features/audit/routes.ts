import { type BoundRoute, bind, bindStream } from '../../platform/http/bind.ts'
import { auditContract as contract } from './contract.ts'
import { type StreamParts, streamEvents } from './service/events.ts'
import { listAudit, listCheckpoints, type VerifyParts, verifyAudit } from './service/ledger.ts'

export function auditRoutes(parts: VerifyParts & StreamParts): readonly BoundRoute[] {
  return [
    bind(contract.listAudit, listAudit),
    bind(contract.verifyAudit, (tx) => verifyAudit(tx, parts)),
    bind(contract.listCheckpoints, listCheckpoints),
    bindStream(contract.streamEvents, (context, input) => streamEvents(context, input, parts)),
  ]
}
