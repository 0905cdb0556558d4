import { PageQuery, pageOf } from '../../kernel/fields.ts'
import { defineRoute } from '../../kernel/route.ts'
import { httpRefusal } from '../../platform/http/refusals.ts'
import { OutboxMessage } from './model.ts'
import { messageRefusal } from './refusals.ts'

const listOutbox = defineRoute({
  operationId: 'listOutbox',
  method: 'GET',
  path: '/v1/outbox',
  summary:
    'On a development machine: the messages that no sender takes, the newest first; for an Owner in a browser',
  access: 'company:write',
  query: PageQuery,
  status: 200,
  response: pageOf(OutboxMessage),
  refusals: [messageRefusal.outboxOff, messageRefusal.outboxOwnerOnly, httpRefusal.cursorInvalid],
  audit: [],
})

export const messagesContract = { listOutbox }
