import { BlockList, isIP } from 'node:net'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** What the addresses for operators answer from. */
export interface HealthParts {
  /** Resolves when the database answers. */
  readonly askDatabase: () => Promise<void>
  readonly draining: AbortSignal
  /** The figures in Prometheus' text format. */
  readonly metrics: () => Promise<{ readonly contentType: string; readonly text: string }>
  /** Addresses and subnets that may read the figures. */
  readonly metricsFrom: readonly string[]
  readonly trustsProxy: boolean
  readonly isLocalSocket: boolean
}

const answerWithinMs = 2_000
const quiet = { schema: { hide: true }, config: { rateLimit: false } }

/**
 * Adds `/healthz` (the process lives), `/readyz` (the database answers and Baton takes work) and `/metrics`. They are
 * open to everyone but for the figures, and tell nothing of any company.
 */
export function addHealth(app: FastifyInstance, parts: HealthParts): void {
  const mayReadMetrics = allowance(parts)
  const ask = onceAtATime(parts.askDatabase)
  app.get('/healthz', quiet, async () => ({ status: 'alive' }))
  app.get('/readyz', quiet, async (_request, reply) => {
    const database = await within(answerWithinMs, ask())
    const isReady = database && !parts.draining.aborted
    return reply.status(isReady ? 200 : 503).send({
      status: isReady ? 'ready' : 'not ready',
      database: database ? 'answers' : 'does not answer',
      draining: parts.draining.aborted,
    })
  })
  app.get('/metrics', quiet, async (request, reply) => {
    if (!mayReadMetrics(request)) return refuse(reply)
    const { contentType, text } = await parts.metrics()
    return reply.type(contentType).send(text)
  })
}

function refuse(reply: FastifyReply): FastifyReply {
  return reply
    .status(403)
    .type('text/plain; charset=utf-8')
    .send('This address may not read the figures. Add it to BATON_METRICS_FROM.\n')
}

function allowance({
  metricsFrom,
  trustsProxy,
  isLocalSocket,
}: HealthParts): (request: FastifyRequest) => boolean {
  const allowed = new BlockList()
  for (const entry of metricsFrom) {
    const [address = '', bits] = entry.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (bits === undefined) allowed.addAddress(address, family)
    else allowed.addSubnet(address, Number(bits), family)
  }
  return (request) => {
    if (isLocalSocket) return true
    // Through a proxy that nobody named, every caller seems to be the proxy.
    if (!trustsProxy && (request.headers['x-forwarded-for'] ?? request.headers['forwarded']) !== undefined)
      return false
    const address = request.ip.replace(/^::ffff:/, '')
    return allowed.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
  }
}

// Many askers share one question, so that they do not use up the pool when the database is slow.
function onceAtATime(ask: () => Promise<void>): () => Promise<void> {
  let asking: Promise<void> | undefined
  return () => {
    asking ??= ask().finally(() => {
      asking = undefined
    })
    return asking
  }
}

async function within(milliseconds: number, asked: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((settle) => {
    timer = setTimeout(() => settle(false), milliseconds)
  })
  const answered = asked.then(
    () => true,
    () => false,
  )
  return Promise.race([answered, late]).finally(() => clearTimeout(timer))
}
