import { readLanguage } from '../ui/preferences.ts'
import { adviceFor } from './advice.ts'

/** A refusal as Baton words it, or a fault on the way to it. */
export class ApiProblem extends Error {
  readonly code: string
  readonly status: number
  /** What to do next, in the reader's language; empty where the console knows better words. */
  readonly next: string
  readonly requestId: string | null
  /** Faults of single fields: `body/name`, in words. */
  readonly errors: readonly { readonly path: string; readonly message: string }[]
  /** Everything else that the refusal carries, e.g. `availableAt` or the list of what is held. */
  readonly data: Readonly<Record<string, unknown>>

  constructor(body: Record<string, unknown>, status: number) {
    super(String(body['title'] ?? `HTTP ${status}`))
    this.name = 'ApiProblem'
    this.code = String(body['code'] ?? `http.${status}`)
    this.status = status
    this.next = adviceFor(this.code, readLanguage(), body) ?? String(body['next'] ?? '')
    this.requestId = typeof body['requestId'] === 'string' ? body['requestId'] : null
    this.errors = Array.isArray(body['errors']) ? body['errors'] : []
    this.data = body
  }
}

/** Reads the problem of an answer that is none of the good ones. */
export async function problemFrom(response: Response): Promise<ApiProblem> {
  const body = await response.json().catch(() => ({}))
  return new ApiProblem(typeof body === 'object' && body !== null ? body : {}, response.status)
}

/** The code of a problem that never reached Baton. */
export const unreachableCode = 'network.unreachable'

export function unreachable(cause: unknown): ApiProblem {
  const problem = new ApiProblem({ code: unreachableCode }, 0)
  problem.cause = cause
  return problem
}
