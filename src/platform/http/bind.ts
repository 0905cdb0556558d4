import type { Readable } from 'node:stream'
import type { Caller } from '../../kernel/caller.ts'
import type { RouteContract, RouteInput, RouteOutput } from '../../kernel/route.ts'
import type { Tx } from '../db/tx.ts'

/** An answer with a status or cookies of its own; services return plain values where neither is needed. */
export class Reply<Body> {
  readonly body: Body
  readonly status: 200 | 201 | 202 | 204 | undefined
  readonly setSession: SessionCookie | undefined
  /** Marks the browser as one that this person uses. */
  readonly setDevice: SessionCookie | undefined

  constructor(
    body: Body,
    extra: { status?: 202; setSession?: SessionCookie; setDevice?: SessionCookie | undefined },
  ) {
    this.body = body
    this.status = extra.status
    this.setSession = extra.setSession
    this.setDevice = extra.setDevice
  }
}

/** An answer of bytes: a download. A body that fails after its first byte breaks the connection, so that nobody takes it for whole. */
export class StreamReply {
  readonly status: 200 | 206
  readonly contentType: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Readable

  constructor(parts: {
    readonly contentType: string
    readonly body: Readable
    readonly status?: 200 | 206
    readonly headers?: Readonly<Record<string, string>>
  }) {
    this.status = parts.status ?? 200
    this.contentType = parts.contentType
    this.headers = parts.headers ?? {}
    this.body = parts.body
  }
}

/** `value: null` takes the cookie away. */
export interface SessionCookie {
  readonly value: string | null
  readonly maxAgeSeconds: number
}

export type Answer<Route extends RouteContract> = RouteOutput<Route> | Reply<RouteOutput<Route>>

/** Opens the request's transaction: identity, permission and idempotency are settled inside, before `work` runs. */
export type Open = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>

/** A body that is read piece by piece, for routes with `streams` or `takesFile`. */
export interface Upload {
  /** As the caller declares it, in lower case and without parameters; null when it does not. */
  readonly mediaType: string | null
  /** The name that a file of a form came with; null where there is none. */
  readonly fileName: string | null
  /** Ends with the body; throws Refusal `request.cut_off` when the connection ends before. */
  readonly bytes: AsyncIterable<Buffer>
}

/** What a service with a transaction of its own gets beside its input. */
export interface OwnContext {
  readonly open: Open
  /** A transaction beside the keyed one: to read before the slow part, or to record what was refused. */
  readonly openAside: Open
  /** The body, where it came as a stream; then `body` is undefined. */
  readonly upload: Upload | null
  readonly device: string | null
  /** Where the request came from: an IPv4 address, or the first 64 bits of an IPv6 one. */
  readonly network: string
  /** At which address the request says that it reached Baton, e.g. `http://localhost:4400`; nothing to believe. */
  readonly origin: string
  /** SHA-256 of what the browser shows to be known by; null for one that signed nobody in. */
  readonly deviceHash: Buffer | null
}

export interface ServerSentEvent {
  readonly id?: string
  readonly event: string
  readonly data: unknown
}

/** A live stream: who is calling is known; `signal` aborts when the client leaves or the server drains. */
export interface StreamContext {
  readonly caller: Caller
  readonly open: Open
  readonly signal: AbortSignal
  readonly lastEventId: string | null
}

/** What a download gets beside its input. */
export interface FileContext {
  /** Each call is a transaction of its own, with identity and permission settled anew. */
  readonly open: Open
  /** The range of bytes that is asked for, as its header says; null for all of them. */
  readonly range: string | null
}

export type BoundRoute = {
  readonly contract: RouteContract
  readonly handler:
    | { readonly kind: 'tx'; readonly run: (tx: Tx, input: RouteInput<RouteContract>) => Promise<unknown> }
    | {
        readonly kind: 'own'
        readonly run: (context: OwnContext, input: RouteInput<RouteContract>) => Promise<unknown>
      }
    | {
        readonly kind: 'stream'
        readonly run: (
          context: StreamContext,
          input: RouteInput<RouteContract>,
        ) => AsyncIterable<ServerSentEvent>
      }
    | {
        readonly kind: 'file'
        readonly run: (context: FileContext, input: RouteInput<RouteContract>) => Promise<StreamReply>
      }
}

/** Joins a route to the use case that serves it, inside one transaction with its idempotency row. */
export function bind<Route extends RouteContract>(
  contract: Route,
  run: (tx: Tx, input: RouteInput<Route>) => Promise<Answer<Route>>,
): BoundRoute {
  return { contract, handler: { kind: 'tx', run: run as never } }
}

/** For `transaction: 'own'`: the service opens its transaction after the slow part (hashing of passwords). */
export function bindOwn<Route extends RouteContract>(
  contract: Route,
  run: (context: OwnContext, input: RouteInput<Route>) => Promise<Answer<Route>>,
): BoundRoute {
  return { contract, handler: { kind: 'own', run: run as never } }
}

/** Joins a route to a live stream of server-sent events. */
export function bindStream<Route extends RouteContract>(
  contract: Route,
  run: (context: StreamContext, input: RouteInput<Route>) => AsyncIterable<ServerSentEvent>,
): BoundRoute {
  return { contract, handler: { kind: 'stream', run: run as never } }
}

/** Joins a route with `produces` to a download: what is refused before the first byte is still a problem with its status. */
export function bindFile<Route extends RouteContract>(
  contract: Route,
  run: (context: FileContext, input: RouteInput<Route>) => Promise<StreamReply>,
): BoundRoute {
  return { contract, handler: { kind: 'file', run: run as never } }
}
