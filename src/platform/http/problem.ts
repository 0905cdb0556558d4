import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../../kernel/refusal.ts'
import { isCollision, UnknownOutcome } from '../db/database.ts'
import { languageOf } from './language.ts'
import { problemsPath } from './problems-page.ts'
import { httpRefusal } from './refusals.ts'

/** RFC 9457 problem details as Baton sends them. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: string
  readonly next: string
  readonly requestId: string
  readonly [extension: string]: unknown
}

const unreachableCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  '57P01',
  '57P02',
  '57P03',
  '08000',
  '08003',
  '08006',
  '53300',
])
const fullDiskCodes = new Set(['53100', 'ENOSPC'])

/** Turns anything thrown into a refusal where it is one; null for a bug. */
export function refusalOf(error: unknown, bodyLimitBytes = 1_048_576): Refusal | null {
  if (error instanceof Refusal) return error
  if (error instanceof UnknownOutcome) return new Refusal(httpRefusal.outcomeUnknown)
  if (typeof error !== 'object' || error === null) return null
  const { code, statusCode, validation, message } = error as {
    code?: string
    statusCode?: number
    validation?: unknown
    message?: string
  }
  if (validation !== undefined)
    return new Refusal(httpRefusal.malformed, {}, { errors: validationErrors(error) })
  if (isCollision(error)) return new Refusal(httpRefusal.collided)
  if (code !== undefined && fullDiskCodes.has(code)) return new Refusal(httpRefusal.diskFull)
  if ((code !== undefined && unreachableCodes.has(code)) || isLostConnection(message))
    return new Refusal(httpRefusal.databaseAway)
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return new Refusal(httpRefusal.tooLarge, { limitBytes: bodyLimitBytes })
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new Refusal(httpRefusal.wrongMediaType)
  if (statusCode === 400)
    return new Refusal(
      httpRefusal.malformed,
      {},
      { errors: [{ path: 'body', message: 'is not valid JSON' }] },
    )
  return null
}

function isLostConnection(message: string | undefined): boolean {
  return (
    message !== undefined &&
    /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after calling end/.test(
      message,
    )
  )
}

interface ValidationFault {
  readonly instancePath?: string
  readonly message?: string
}

function validationErrors(error: object): { path: string; message: string }[] {
  const { validation, validationContext } = error as {
    validation: ValidationFault[]
    validationContext?: string
  }
  return validation.slice(0, 50).map((fault) => ({
    path: `${validationContext ?? 'request'}${fault.instancePath ?? ''}`,
    message: fault.message ?? 'is not valid',
  }))
}

/** Answers with the problem; a bug is logged whole and shown as "our side" with the request's id. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = refusalOf(error, request.routeOptions.bodyLimit)
  if (refusal === null) request.log.error({ err: error }, 'a bug on our side')
  const problem = refusal ? problemOf(refusal, request) : bugOf(request)
  if (problem.status === 429 || problem.status === 503)
    reply.header('retry-after', String(refusal?.values['seconds'] ?? 2))
  return reply
    .status(problem.status)
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send(problem)
}

// The members of RFC 9457 come last: no value of a refusal may take their names.
function problemOf(refusal: Refusal, request: FastifyRequest): Problem {
  const words = refusal.inWords(languageOf(request))
  return {
    ...refusal.values,
    ...refusal.data,
    type: `${problemsPath}#${refusal.code}`,
    title: words.title,
    status: refusal.rule.status,
    code: refusal.code,
    next: words.next,
    requestId: request.id,
  }
}

function bugOf(request: FastifyRequest): Problem {
  const chinese = languageOf(request) === 'zh'
  return {
    type: 'about:blank',
    title: chinese
      ? '我们这边出错了，未做任何更改。'
      : 'Something went wrong on our side; nothing was changed.',
    status: 500,
    code: 'server.bug',
    next: chinese
      ? '请重试；若仍失败，请把 requestId 告知管理员。'
      : 'Try again; if it fails again, give the requestId to your administrator.',
    requestId: request.id,
  }
}
