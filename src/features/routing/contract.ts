import { z } from 'zod'
import { defineRoute } from '../../kernel/route.ts'
import { Line, NumberRoute, routeRefusal } from './model.ts'

const readRoute = defineRoute({
  operationId: 'readRoute',
  method: 'GET',
  path: '/v1/routes/{e164}',
  summary: 'Who holds a number now and where it rings; with a token of the installation, in any company',
  access: 'routes:read',
  params: z.object({ e164: Line }),
  status: 200,
  response: NumberRoute,
  refusals: [routeRefusal.unknown],
  audit: [],
})

export const routingContract = { readRoute }
