import { z } from 'zod'
import { askOutside, type OutsideAnswer, OutsideError } from '../net/ask-outside.ts'
import { type AuthorizeInput, type ExchangeInput, OauthError, type OauthPerson } from './providers.ts'

/** One provider, configured. */
export interface Provider {
  authorizeUrl(input: AuthorizeInput): string
  exchange(input: ExchangeInput): Promise<OauthPerson>
}

/** An id as a provider gives it out: no control characters, no spaces, of a length that can be stored. */
export const Subject = z.string().regex(/^[\x21-\x7e]{1,200}$/)
/** A name that is only shown; null for one that cannot be. */
export const DisplayName = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u)
  .nullable()
  .catch(null)

/** An address with parameters in its query; what it has already stays. */
export function withQuery(address: string, query: Readonly<Record<string, string>>): string {
  const url = new URL(address)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url.href
}

/**
 * Asks a provider, all of whose questions are GETs with the secrets in the query.
 * @throws {OauthError} `unavailable` when it does not answer
 */
export async function askProvider(
  address: string,
  query: Readonly<Record<string, string>>,
): Promise<OutsideAnswer> {
  const url = withQuery(address, query)
  try {
    const answer = await askOutside({ url, method: 'GET' })
    if (answer.status >= 500 || answer.status === 429)
      throw new OauthError(`the provider answered ${answer.status}`, { reason: 'unavailable' })
    return answer
  } catch (error) {
    if (!(error instanceof OutsideError)) throw error
    throw new OauthError(`the provider: ${error.message}`, { reason: 'unavailable', cause: error })
  }
}

/**
 * Reads what a provider answered as what it promises.
 * @throws {OauthError} `unavailable` for anything else
 */
export function readAs<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new OauthError('the provider answered in a form of its own', { reason: 'unavailable' })
}

/** JSON, or undefined. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A code that no provider can have given out is not sent to one. */
export function requireCode(code: string): void {
  if (!/^[\x21-\x7e]{1,1024}$/.test(code))
    throw new OauthError('no code that a provider gives out', { reason: 'denied' })
}
