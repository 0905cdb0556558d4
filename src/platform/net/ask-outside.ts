import { isLoopback } from './loopback.ts'

export interface OutsideRequest {
  readonly url: string
  readonly method: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Time for the whole answer; ten seconds where nothing is said. */
  readonly mostMs?: number
}

export interface OutsideAnswer {
  readonly status: number
  readonly text: string
}

/** An outside service that did not answer as one does; its message names neither address nor secret. */
export class OutsideError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'OutsideError'
  }
}

const usualMs = 10_000
const mostBytes = 64 * 1024

/**
 * Asks an outside service over HTTP. Redirects are not followed: the request carries secrets that are meant for one
 * address.
 * @throws {OutsideError} when nothing comes in time, more than 64 KiB, or a redirect
 */
export async function askOutside({
  url,
  mostMs = usualMs,
  ...request
}: OutsideRequest): Promise<OutsideAnswer> {
  try {
    const answer = await fetch(url, { ...request, redirect: 'manual', signal: AbortSignal.timeout(mostMs) })
    if (answer.status >= 300 && answer.status < 400) {
      await answer.body?.cancel()
      throw new OutsideError(`it answered with a redirect (${answer.status})`)
    }
    return { status: answer.status, text: await readLimited(answer) }
  } catch (error) {
    if (error instanceof OutsideError) throw error
    throw new OutsideError(reasonOf(error), { cause: error })
  }
}

async function readLimited(answer: Response): Promise<string> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of answer.body ?? []) {
    size += part.byteLength
    if (size > mostBytes) throw new OutsideError('its answer is too long')
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

function reasonOf(error: unknown): string {
  if (error instanceof DOMException && error.name === 'TimeoutError') return 'it did not answer in time'
  const cause = error instanceof Error ? error.cause : undefined
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'no answer'
  return `it cannot be reached (${code})`
}

/** Whether an address keeps what is sent to it from others on the way: HTTPS, or a service on this machine. */
export function isPrivateOnTheWay(url: string): boolean {
  const { protocol, hostname } = new URL(url)
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))
}
