import type { z } from 'zod'
import type { Access } from './permission.ts'
import type { RefusalRule } from './refusal.ts'

type Shape = z.ZodType

/** One route as data: everything that the server, the OpenAPI page, the clients and the house tests need to know. */
export interface RouteContract<
  Params extends Shape = Shape,
  Query extends Shape = Shape,
  Body extends Shape = Shape,
  Response extends Shape = Shape,
> {
  /** Verb + noun, the same word as the service's function. */
  readonly operationId: string
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** `/v1/numbers/{numberId}`: parameters in braces. */
  readonly path: `/v1/${string}`
  readonly summary: string
  readonly access: Access
  /** Asks a person (`access: 'person'`) to have proved who they are within the last minutes. */
  readonly fresh?: true
  readonly params?: Params
  readonly query?: Query
  readonly body?: Body
  /** Largest body, where it is not the usual one of 1 MiB. */
  readonly bodyLimitBytes?: number
  /** Media types of a body that the service reads as a stream of bytes; beside `body`, or alone. */
  readonly streams?: readonly string[]
  /** Takes one file as multipart/form-data, which the service reads as a stream of bytes. */
  readonly takesFile?: true
  /** Status of the answer when the work is done; the service may answer 202 where `waits` is set. */
  readonly status: 200 | 201 | 204
  readonly waits?: true
  readonly response?: Response
  /** Media types of an answer that is a stream of bytes; such a route has no `response`. */
  readonly produces?: readonly string[]
  readonly refusals: readonly RefusalRule[]
  /** `own`: the service opens its transaction itself (password hashing, streams). Default: bind opens one around it. */
  readonly transaction?: 'own'
  /** Members of the answer that are shown once and left out when an idempotent answer is repeated. */
  readonly secrets?: readonly string[]
  /** Members of the body that no trace of a repeated request may be made from, e.g. a password. */
  readonly secretInputs?: readonly string[]
  /** The audit actions that a successful call leaves; every route that writes names at least one. */
  readonly audit: readonly string[]
}

/** Declares a route; the identity function keeps the literal types for server and client. */
export function defineRoute<
  const Params extends Shape,
  const Query extends Shape,
  const Body extends Shape,
  const Response extends Shape,
>(route: RouteContract<Params, Query, Body, Response>): RouteContract<Params, Query, Body, Response> {
  return route
}

/** What a service receives from a route: parsed parameters, query and body, and the version the caller has seen. */
export interface RouteInput<Route extends RouteContract> {
  readonly params: z.output<NonNullable<Route['params']>>
  readonly query: z.output<NonNullable<Route['query']>>
  readonly body: z.output<NonNullable<Route['body']>>
  /** From `If-Match`; null when the caller did not send one. */
  readonly expectedVersion: number | null
  /** The language that the caller reads, for words inside an answer. */
  readonly language: 'en' | 'zh'
}

export type RouteOutput<Route extends RouteContract> = z.input<NonNullable<Route['response']>>
