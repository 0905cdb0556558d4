import type { FastifyRequest } from 'fastify'
import { hashSecret } from '../crypto/secret.ts'

/** What a request brings to prove who is calling; nothing here is believed yet. */
export type Credentials =
  | { readonly kind: 'none' }
  | { readonly kind: 'token'; readonly companyId: string; readonly hash: Buffer }
  | { readonly kind: 'session'; readonly hash: Buffer; readonly company: string | null }
  | { readonly kind: 'operator'; readonly user: string; readonly company: string | null }

export const sessionCookie = '__Host-baton'
export const deviceCookie = '__Host-baton-device'
const tokenPattern = /^baton_([0-9a-f]{32})_([A-Za-z0-9_-]{43})$/

/** Reads the credentials; `isLocalSocket` says that the caller reached the socket in the data folder. */
export function readCredentials(request: FastifyRequest, isLocalSocket: boolean): Credentials {
  const company = single(request.headers['baton-company'])
  const bearer = /^Bearer (\S{1,200})$/i.exec(request.headers.authorization ?? '')?.[1]
  if (bearer !== undefined) return readToken(bearer)
  if (isLocalSocket) {
    const user = single(request.headers['baton-operator']) ?? 'unknown'
    return { kind: 'operator', user: user.slice(0, 64), company }
  }
  const cookie = request.cookies[sessionCookie]
  return cookie ? { kind: 'session', hash: hashSecret(cookie), company } : { kind: 'none' }
}

function readToken(bearer: string): Credentials {
  const parts = tokenPattern.exec(bearer)
  if (!parts?.[1]) return { kind: 'none' }
  const hex = parts[1]
  const companyId = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
  return { kind: 'token', companyId, hash: hashSecret(bearer) }
}

function single(header: string | string[] | undefined): string | null {
  return typeof header === 'string' && header.length > 0 ? header : null
}
