import cookie from '@fastify/cookie'
import rateLimit from '@fastify/rate-limit'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import fastJson from 'fast-json-stringify'
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyRequest,
  LogController,
} from 'fastify'
import { jsonSchemaTransform, validatorCompiler } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { Refusal } from '../../kernel/refusal.ts'
import type { Clock } from '../clock/clock.ts'
import type { Database } from '../db/database.ts'
import type { BoundRoute } from './bind.ts'
import { addConsole } from './console.ts'
import { sendProblem } from './problem.ts'
import { problemsPage, problemsPath, problemsPolicy } from './problems-page.ts'
import { httpRefusal } from './refusals.ts'
import { type Doorkeeper, registerRoute } from './register.ts'
import { spareUploads } from './upload.ts'

const docsPath = '/docs'
// The page of the API loads from Baton itself and from nowhere else.
const docsPolicy =
  "default-src 'self'; img-src 'self' data:; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; form-action 'none'"
const bodyLimitBytes = 1_048_576
const headerLimitBytes = 16_384
// A body that trickles in must not hold its connection for ever; a streamed body has limits of its own.
const requestTimeoutMs = 60_000

export interface ServerParts {
  readonly database: Database
  readonly clock: Clock
  readonly doorkeeper: Doorkeeper
  readonly routes: readonly BoundRoute[]
  readonly log: FastifyBaseLogger
  readonly version: string
  /** Addresses of proxies whose X-Forwarded-* is believed; false believes none. */
  readonly trustProxy: string | false
  /** True on the socket in the data folder, where the caller is the operator of the machine. */
  readonly isLocalSocket: boolean
  readonly requestsPerMinute: number
  /** Folder of the built console; without one `/` leads to the pages of the API. */
  readonly consoleFolder?: string
  readonly tls?: { readonly cert: Buffer; readonly key: Buffer }
  /** Aborts when the server drains, so that live streams end. */
  readonly draining: AbortSignal
}

/** Builds the HTTP server from contracts and services; it listens nowhere yet. */
export async function createServer(parts: ServerParts): Promise<FastifyInstance> {
  const app: FastifyInstance = Fastify({
    loggerInstance: parts.log,
    bodyLimit: bodyLimitBytes,
    trustProxy: parts.trustProxy,
    requestIdHeader: false,
    genReqId: () => parts.clock.newId(),
    routerOptions: { maxParamLength: 200 },
    requestTimeout: requestTimeoutMs,
    // An address that cannot be decoded is refused before any hook runs.
    frameworkErrors: (_error, request, reply) => {
      reply.headers(safetyHeaders(request))
      sendProblem(new Refusal(httpRefusal.noSuchRoute), request, reply)
    },
    forceCloseConnections: 'idle',
    logController: new LogController({ disableRequestLogging: true }),
    http: { maxHeaderSize: headerLimitBytes },
    ...(parts.tls ? { https: { ...parts.tls, maxHeaderSize: headerLimitBytes } } : {}),
  }) as unknown as FastifyInstance
  spareUploads(app)
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(({ schema }) => serializerOf(schema as z.ZodType))
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply))
  app.setNotFoundHandler((request, reply) =>
    sendProblem(new Refusal(httpRefusal.noSuchRoute), request, reply),
  )
  // JSON is the only form of a body where a contract names no other; Fastify would read plain text, too, which any site's form can send.
  app.removeContentTypeParser('text/plain')
  app.addHook('onRequest', async (request, reply) => void reply.headers(safetyHeaders(request)))
  refuseCrossSite(app)
  await app.register(cookie)
  if (!parts.isLocalSocket) await limitRequests(app, parts.requestsPerMinute)
  await app.register(swagger, { openapi: openapiHead(parts.version), transform: jsonSchemaTransform })
  await app.register(swaggerUi, {
    routePrefix: docsPath,
    staticCSP: docsPolicy,
    theme: { title: 'Baton API' },
    uiConfig: { layout: 'BaseLayout' },
  })
  if (parts.consoleFolder !== undefined && !parts.isLocalSocket) await addConsole(app, parts.consoleFolder)
  else app.get('/', { schema: { hide: true } }, (_request, reply) => reply.redirect(docsPath))
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger())
  addProblemsPage(app, parts.routes)
  for (const route of parts.routes) await registerRoute(app, route, parts)
  return app
}

function addProblemsPage(app: FastifyInstance, routes: readonly BoundRoute[]): void {
  const page = problemsPage([
    ...Object.values(httpRefusal),
    ...routes.flatMap((route) => route.contract.refusals),
  ])
  app.get(problemsPath, { schema: { hide: true } }, (_request, reply) =>
    reply.type('text/html; charset=utf-8').header('content-security-policy', problemsPolicy).send(page),
  )
}

function openapiHead(version: string) {
  return {
    openapi: '3.1.0' as const,
    info: {
      title: 'Baton',
      version,
      description:
        'Passes on everything a person holds: company numbers first. Problems are RFC 9457 with a stable `code`.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    components: {
      securitySchemes: {
        token: { type: 'http' as const, scheme: 'bearer' },
        session: { type: 'apiKey' as const, in: 'cookie' as const, name: '__Host-baton' },
      },
    },
    security: [{ token: [] }, { session: [] }],
  }
}

type Serializer = (data: unknown) => string

const serializers = new WeakMap<z.ZodType, Serializer>()

/**
 * Serialises answers by JSON Schema: fast, and a member that the contract does not name never leaves the server. Made at
 * the first answer and shared by both servers, since making all of them would hold up the start.
 */
function serializerOf(schema: z.ZodType): Serializer {
  return (data) => {
    let serialize = serializers.get(schema)
    if (serialize === undefined) {
      serialize = fastJson(
        z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', target: 'draft-7' }) as never,
      )
      serializers.set(schema, serialize)
    }
    return serialize(data)
  }
}

// Counts by address; of IPv6 the first 64 bits, since one connection has all that begin with them.
async function limitRequests(app: FastifyInstance, perMinute: number): Promise<void> {
  await app.register(rateLimit, {
    max: perMinute,
    timeWindow: 60_000,
    errorResponseBuilder: (_request, context) =>
      new Refusal(httpRefusal.tooMany, { seconds: Math.ceil(context.ttl / 1000) }),
  })
}

function safetyHeaders(request: FastifyRequest): Record<string, string> {
  return {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'x-frame-options': 'DENY',
    'cache-control': 'no-store',
    'x-request-id': request.id,
    ...(request.url.startsWith('/docs')
      ? {}
      : { 'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'" }),
  }
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

// A cookie is sent by the browser whoever made the request, so a writing request must prove that it came from our
// own pages: by Sec-Fetch-Site, else by Origin; what is no browser sends neither and carries no foreign cookie.
function refuseCrossSite(app: FastifyInstance): void {
  app.addHook('onRequest', async (request) => {
    if (safeMethods.has(request.method)) return
    const site = request.headers['sec-fetch-site']
    if (site !== undefined) {
      if (site !== 'same-origin' && site !== 'none') throw new Refusal(httpRefusal.crossSite)
      return
    }
    const origin = request.headers.origin
    if (origin !== undefined && URL.parse(origin)?.host !== request.host)
      throw new Refusal(httpRefusal.crossSite)
  })
}
