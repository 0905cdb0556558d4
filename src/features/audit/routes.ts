import { type BoundRoute, bind, bindFile, bindStream } from '../../platform/http/bind.ts'
import { auditContract as contract } from './contract.ts'
import { type StreamParts, streamEvents } from './service/events.ts'
import { exportAudit } from './service/export.ts'
import { type KeyParts, rotateSigningKey } from './service/keys.ts'
import { listAudit, listCheckpoints, type VerifyParts, verifyAudit } from './service/ledger.ts'

export function auditRoutes(parts: VerifyParts & StreamParts & KeyParts): readonly BoundRoute[] {
  return [
    bind(contract.listAudit, listAudit),
    bindFile(contract.exportAudit, ({ open }, input) => exportAudit(open, input)),
    bind(contract.verifyAudit, (tx) => verifyAudit(tx, parts)),
    bind(contract.listCheckpoints, listCheckpoints),
    bind(contract.rotateSigningKey, (tx) => rotateSigningKey(tx, parts)),
    bindStream(contract.streamEvents, (context, input) => streamEvents(context, input, parts)),
  ]
}
