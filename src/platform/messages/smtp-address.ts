import { isLoopback } from '../net/loopback.ts'

/** A mail server to hand messages to. */
export interface SmtpAddress {
  readonly host: string
  readonly port: number
  /** `implicit` from the first byte, `starttls` before anything is said, `none` in the clear. */
  readonly tls: 'implicit' | 'starttls' | 'none'
  readonly user: string | null
  readonly password: string | null
}

const ports = { implicit: 465, starttls: 587, none: 25 } as const

/**
 * Reads `smtps://user:password@host:465` or `smtp://…`, which asks for STARTTLS; in the clear goes what stays on this
 * machine, and elsewhere only what says so by `?tls=none`. Null for anything else.
 */
export function readSmtpAddress(text: string): SmtpAddress | null {
  const url = URL.parse(text)
  if (url === null || !['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '') return null
  if (!['', '/'].includes(url.pathname) || url.hash !== '') return null
  const tls = tlsOf(url)
  const [user, password] = [plain(url.username), plain(url.password)]
  if (tls === null || user === undefined || password === undefined) return null
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? ports[tls] : Number(url.port),
    tls,
    user,
    password,
  }
}

function plain(part: string): string | null | undefined {
  try {
    return part === '' ? null : decodeURIComponent(part)
  } catch {
    return undefined
  }
}

function tlsOf({ protocol, hostname, search }: URL): SmtpAddress['tls'] | null {
  if (protocol === 'smtps:') return search === '' ? 'implicit' : null
  if (search === '?tls=none') return 'none'
  if (search === '?tls=starttls') return 'starttls'
  if (search !== '') return null
  return isLoopback(hostname) ? 'none' : 'starttls'
}
