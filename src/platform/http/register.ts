import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Caller } from '../../kernel/caller.ts'
import type { Access } from '../../kernel/permission.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { RouteContract, RouteInput } from '../../kernel/route.ts'
import { hashSecret } from '../crypto/secret.ts'
import { type Database, type Identify, installationRealm } from '../db/database.ts'
import type { Tx } from '../db/tx.ts'
import { authorise, requireFresh } from './authorise.ts'
import { type BoundRoute, type Open, type OwnContext, Reply, type SessionCookie } from './bind.ts'
import { type Credentials, deviceCookie, readCredentials, sessionCookie } from './credentials.ts'
import { sendFile } from './file.ts'
import { fileOf, takeFileForms, validateUnlessForm } from './file-form.ts'
import { claimKey, findAnswer, type IdempotentCall, keepAnswer, type StoredAnswer } from './idempotency.ts'
import { languageOf } from './language.ts'
import { networkOf } from './network.ts'
import { httpRefusal } from './refusals.ts'
import { streamEvents } from './stream.ts'
import { endUpload, takeStreams, uploadOf, validateUnlessStream } from './upload.ts'

/** Finds out which realm a request belongs to and, inside it, who is calling. Filled by the accounts feature. */
export interface Doorkeeper {
  /** The company the credentials point to; null for none. May look a short name up. */
  companyOf(credentials: Credentials): Promise<string | null>
  identify(credentials: Credentials, companyId: string | null): Identify
}

export interface RouteParts {
  readonly database: Database
  readonly doorkeeper: Doorkeeper
  readonly isLocalSocket: boolean
  readonly draining: AbortSignal
  /** Requests that one network may send in a minute; a twentieth of them may sign in or set up. */
  readonly requestsPerMinute: number
}

/** Adds one bound route to the server; a route of streams or files lives in a scope of its own, since others take JSON only. */
export async function registerRoute(
  app: FastifyInstance,
  route: BoundRoute,
  parts: RouteParts,
): Promise<void> {
  const { streams, takesFile } = route.contract
  if (streams === undefined && takesFile === undefined) return addRoute(app, route, parts)
  await app.register((scope, _options, done) => {
    if (takesFile) takeFileForms(scope)
    else takeStreams(scope, route.contract)
    addRoute(scope, route, parts)
    done()
  })
}

function addRoute(app: FastifyInstance, route: BoundRoute, parts: RouteParts): void {
  const { contract } = route
  app.route({
    method: contract.method,
    url: contract.path.replace(/\{(\w+)\}/g, ':$1'),
    schema: schemaOf(contract),
    config: contract.access === 'public' ? { rateLimit: limitForStrangers(parts) } : {},
    ...(contract.bodyLimitBytes === undefined ? {} : { bodyLimit: contract.bodyLimitBytes }),
    ...(contract.streams === undefined ? {} : { validatorCompiler: validateUnlessStream }),
    ...(contract.takesFile ? { validatorCompiler: validateUnlessForm } : {}),
    handler: (request, reply) => handle({ route, parts, request, reply }),
  })
}

// What strangers may ask for hashes a password, which costs as much as a hundred other requests.
function limitForStrangers({ requestsPerMinute }: RouteParts) {
  return { max: Math.ceil(requestsPerMinute / 20), timeWindow: 60_000 }
}

function schemaOf(contract: RouteContract): object {
  const tag = contract.path.split('/')[2] ?? 'api'
  return {
    operationId: contract.operationId,
    summary: contract.summary,
    description: describe(contract),
    tags: [tag],
    ...(contract.params ? { params: contract.params } : {}),
    ...(contract.query ? { querystring: contract.query } : {}),
    ...(contract.body ? { body: contract.body } : {}),
    ...(contract.body && contract.streams ? { consumes: ['application/json', ...contract.streams] } : {}),
    ...(contract.takesFile ? { body: fileForm, consumes: ['multipart/form-data'] } : {}),
    ...(contract.response
      ? {
          response: {
            [contract.status]: contract.response,
            ...(contract.waits ? { 202: contract.response } : {}),
          },
        }
      : {}),
    ...(contract.produces ? { produces: [...contract.produces] } : {}),
    ...(contract.access === 'public' ? { security: [] } : {}),
  }
}

const fileForm = z.object({ file: z.string().meta({ format: 'binary' }).describe('The file') })

function describe(contract: RouteContract): string {
  const refusals = contract.refusals.map((rule) => `\`${rule.code}\` (${rule.status})`).join(', ')
  const streams = contract.streams?.map((type) => `\`${type}\``).join(', ')
  return `Permission: \`${contract.access}\`.${streams ? ` Takes a stream of ${streams}.` : ''}${refusals ? ` Refusals: ${refusals}.` : ''}`
}

interface Exchange {
  readonly route: BoundRoute
  readonly parts: RouteParts
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

async function handle(exchange: Exchange): Promise<unknown> {
  const { route, request, reply, parts } = exchange
  const { contract, handler } = route
  const input = inputOf(request)
  const open = await opener(exchange)
  if (handler.kind === 'stream') {
    return streamEvents({ run: handler.run, open, input, request, reply, draining: parts.draining })
  }
  if (handler.kind === 'file') {
    const range = request.headers.range ?? null
    return sendFile(request, reply, await handler.run({ open, range }, input))
  }
  const upload = contract.takesFile ? await fileOf(request) : uploadOf(request)
  const { openOnce, openAside } = onceOnly(open, callOf(contract, input, request), contract)
  try {
    const answer =
      handler.kind === 'tx'
        ? await openOnce((tx) => handler.run(tx, input))
        : await handler.run({ ...ownContext(openOnce, openAside, request), upload }, input)
    return send(reply, {
      ...storedForm(contract, answer),
      setSession: answer instanceof Reply ? answer.setSession : undefined,
      setDevice: answer instanceof Reply ? answer.setDevice : undefined,
    })
  } catch (error) {
    if (!(error instanceof DoneBefore)) throw error
    reply.header('idempotency-replayed', 'true')
    return send(reply, error.stored)
  } finally {
    if (upload) endUpload(request, reply)
  }
}

/** Leaves a transaction whose work had been done by an earlier request with the same key. */
class DoneBefore {
  readonly stored: StoredAnswer
  constructor(stored: StoredAnswer) {
    this.stored = stored
  }
}

interface Opens {
  readonly openOnce: Open
  readonly openAside: Open
}

// The first transaction of a request carries its key; what that transaction returns is the answer that is kept. What
// looks aside before it finds the work of a repeated request done, and refuses it: that one is answered as before. One
// that a secret is compared for first, such as a password, is answered only where it was the right one.
function onceOnly(open: Open, call: IdempotentCall | null, contract: RouteContract): Opens {
  if (!call) return { openOnce: open, openAside: open }
  let isOpened = false
  const openAside: Open = async (work) => {
    try {
      return await open(work)
    } catch (error) {
      if (isOpened || !(error instanceof Refusal)) throw error
      const stored = await open((tx) => findAnswer(tx, call))
      throw stored ? new DoneBefore(stored) : error
    }
  }
  const openOnce: Open = (work) => {
    const isKeyed = !isOpened
    isOpened = true
    return open(async (tx) => {
      if (!isKeyed) return work(tx)
      const answer = await workOnce(tx, call, work)
      keepAnswer(tx, call, storedForm(contract, answer))
      return answer
    })
  }
  return { openOnce, openAside }
}

// The claim leaves ahead of the work's statements and is answered with them, which saves a round trip. What a repeated
// request does meanwhile is never committed.
async function workOnce<T>(tx: Tx, call: IdempotentCall, work: (tx: Tx) => Promise<T>): Promise<T> {
  const [claim, done] = await Promise.allSettled([claimKey(tx, call), work(tx)])
  if (claim.status === 'fulfilled' && claim.value) throw new DoneBefore(claim.value)
  if (claim.status === 'rejected' && claim.reason instanceof Refusal) throw claim.reason
  if (done.status === 'rejected') throw done.reason
  if (claim.status === 'rejected') throw claim.reason
  return done.value
}

function storedForm(contract: RouteContract, answer: unknown): StoredAnswer {
  const reply = answer instanceof Reply ? answer : new Reply(answer, {})
  return { status: reply.status ?? contract.status, answer: reply.body ?? null, etag: etagOf(reply.body) }
}

function ownContext(open: Open, openAside: Open, request: FastifyRequest): Omit<OwnContext, 'upload'> {
  return {
    open,
    openAside,
    device: request.headers['user-agent']?.slice(0, 200) ?? null,
    // A Unix socket has no addresses.
    network: networkOf(request.ip ?? 'local'),
    origin: `${request.protocol}://${request.host}`,
    deviceHash: deviceOf(request),
  }
}

function deviceOf(request: FastifyRequest): Buffer | null {
  const secret = request.cookies[deviceCookie]
  return secret === undefined || secret.length > 100 ? null : hashSecret(secret)
}

async function opener({ route, parts, request }: Exchange): Promise<Open> {
  const credentials = readCredentials(request, parts.isLocalSocket)
  const { contract } = route
  const { access } = contract
  const companyId = isRealmless(access, credentials) ? null : await parts.doorkeeper.companyOf(credentials)
  const identify = parts.doorkeeper.identify(credentials, companyId)
  return (work) =>
    parts.database.inRealm(companyId ?? installationRealm, identifyAndAuthorise(identify, contract), work)
}

// The operator of the installation acts on all of it, and a person on the own account, whichever company the request
// also names.
function isRealmless(access: Access, { kind }: Credentials): boolean {
  if (access === 'public') return true
  return (access === 'operator' && kind === 'operator') || (access === 'person' && kind === 'session')
}

function identifyAndAuthorise(identify: Identify, { access, fresh }: RouteContract): Identify {
  return async (ask, now): Promise<Caller> => {
    const caller = await identify(ask, now)
    authorise(access, caller)
    if (fresh) requireFresh(caller, now)
    return caller
  }
}

function inputOf(request: FastifyRequest): RouteInput<RouteContract> {
  return {
    params: request.params,
    query: request.query,
    body: request.body instanceof Readable ? undefined : request.body,
    expectedVersion: expectedVersion(request.headers['if-match']),
    language: languageOf(request),
  }
}

// A condition that is not understood must not count as none: the change would overwrite what its sender never saw.
function expectedVersion(condition: string | undefined): number | null {
  if (condition === undefined || condition === '*') return null
  const version = /^(?:W\/)?"(\d{1,15})"$/.exec(condition)?.[1]
  if (version === undefined) throw malformedHeader('if-match', 'is not one version in quotes, such as "3"')
  return Number(version)
}

const longestKey = 255

// A key is taken whole or not at all: cut, two of them could become one.
function callOf(
  contract: RouteContract,
  input: RouteInput<RouteContract>,
  request: FastifyRequest,
): IdempotentCall | null {
  const key = request.headers['idempotency-key']
  if (contract.method === 'GET' || key === undefined) return null
  if (typeof key !== 'string' || key.length === 0 || key.length > longestKey) {
    throw malformedHeader('idempotency-key', `does not have 1 to ${longestKey} characters`)
  }
  return { key, contract, input }
}

function malformedHeader(name: string, message: string): Refusal {
  return new Refusal(httpRefusal.malformed, {}, { errors: [{ path: `headers/${name}`, message }] })
}

function etagOf(body: unknown): string | null {
  if (typeof body !== 'object' || body === null || !('version' in body)) return null
  return typeof body.version === 'number' ? `"${body.version}"` : null
}

function send(
  reply: FastifyReply,
  stored: StoredAnswer & {
    readonly setSession?: SessionCookie | undefined
    readonly setDevice?: SessionCookie | undefined
  },
): unknown {
  if (stored.etag) reply.header('etag', stored.etag)
  if (stored.setSession) setCookie(reply, sessionCookie, stored.setSession)
  if (stored.setDevice) setCookie(reply, deviceCookie, stored.setDevice)
  reply.status(stored.status)
  return stored.status === 204 ? reply.send() : reply.send(stored.answer)
}

function setCookie(reply: FastifyReply, name: string, { value, maxAgeSeconds }: SessionCookie): void {
  reply.setCookie(name, value ?? '', {
    path: '/',
    httpOnly: true,
    secure: true,
    sameSite: 'lax',
    maxAge: value === null ? 0 : maxAgeSeconds,
  })
}
