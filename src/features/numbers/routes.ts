import { type BoundRoute, bind } from '../../platform/http/bind.ts'
import { numbersContract as contract } from './contract.ts'
import { moveNumbers } from './service/batch.ts'
import { getCustody, listMemberCustody } from './service/custody.ts'
import { parkNumber, releaseNumber, undoMove } from './service/end.ts'
import { moveNumber } from './service/move.ts'
import { countNumbers, listMoves, listNumbers, readMove, readNumber, selectNumbers } from './service/read.ts'
import { listRecipients } from './service/recipients.ts'
import { addNumber, updateNumber } from './service/register.ts'
import { cancelScheduledMove } from './service/waiting.ts'

export const numberRoutes: readonly BoundRoute[] = [
  bind(contract.listNumbers, (tx, { query }) => listNumbers(tx, query)),
  bind(contract.countNumbers, (tx, { query }) => countNumbers(tx, query)),
  bind(contract.selectNumbers, (tx, { query }) => selectNumbers(tx, query)),
  bind(contract.addNumber, (tx, { body }) => addNumber(tx, body)),
  bind(contract.getNumber, (tx, { params }) => readNumber(tx, params.numberId)),
  bind(contract.updateNumber, (tx, { params, body, expectedVersion }) =>
    updateNumber(tx, { ...params, asked: body, expectedVersion }),
  ),
  bind(contract.assignNumber, (tx, { params, body, expectedVersion }) =>
    moveNumber(tx, { ...params, kind: 'assign', order: body, expectedVersion }),
  ),
  bind(contract.reassignNumber, (tx, { params, body, expectedVersion }) =>
    moveNumber(tx, { ...params, kind: 'reassign', order: body, expectedVersion }),
  ),
  bind(contract.parkNumber, (tx, { params, body, expectedVersion }) =>
    parkNumber(tx, { ...params, ...body, expectedVersion }),
  ),
  bind(contract.releaseNumber, (tx, { params, body, expectedVersion }) =>
    releaseNumber(tx, { ...params, ...body, expectedVersion }),
  ),
  bind(contract.undoMove, (tx, { params, body, expectedVersion }) =>
    undoMove(tx, { ...params, ...body, expectedVersion }),
  ),
  bind(contract.getCustody, (tx, { params, query }) => getCustody(tx, params.numberId, query.at)),
  bind(contract.listMemberCustody, (tx, { params, query }) => listMemberCustody(tx, params.memberId, query)),
  bind(contract.listRecipients, listRecipients),
  bind(contract.listScheduledMoves, (tx, { query }) => listMoves(tx, query)),
  bind(contract.getScheduledMove, (tx, { params }) => readMove(tx, params.moveId)),
  bind(contract.cancelScheduledMove, (tx, { params }) => cancelScheduledMove(tx, params.moveId)),
  bind(contract.moveNumbers, moveNumbers),
]
