import type { FastifyInstance, FastifyRequest } from 'fastify'

/** One finished request; the route is its pattern, so that neither ids nor search texts are in it. */
export interface FinishedRequest {
  readonly method: string
  readonly route: string
  readonly status: number
  readonly ms: number
}

type Listener = (finished: FinishedRequest) => void

const forOperators = new Set(['/healthz', '/readyz', '/metrics'])

/** Writes one line per request and tells `listener` the same: pattern, status and duration, never a query string. */
export function logRequests(app: FastifyInstance, listener: Listener): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = routeOf(request)
    const finished = {
      method: request.method,
      route,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
    }
    request.log[levelOf(finished)](finished, 'request')
    listener(finished)
  })
  app.addHook('onRequestAbort', async (request) => {
    request.log.debug({ method: request.method, route: routeOf(request) }, 'the caller left')
  })
}

function routeOf(request: FastifyRequest): string {
  return request.routeOptions.url ?? 'none'
}

function levelOf({ status, route }: FinishedRequest): 'debug' | 'info' | 'warn' {
  if (forOperators.has(route)) return 'debug'
  return status >= 500 ? 'warn' : 'info'
}
