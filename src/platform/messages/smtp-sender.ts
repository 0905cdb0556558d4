import { createTransport, type NodemailerError } from 'nodemailer'
import { type OutgoingMessage, SendError, type Sender } from './senders.ts'
import type { SmtpAddress } from './smtp-address.ts'

export interface SmtpParts {
  readonly address: SmtpAddress
  /** Whom messages come from: `Baton <baton@example.com>`, or the address alone. */
  readonly from: string
  /** Certificates (PEM) that count beside those of Node.js. */
  readonly ca?: string
  /** Time for one message, all steps of it. */
  readonly mostMs?: number
}

const usualMs = 20_000
const connectMs = 10_000
const connections = 4
const idleMs = 30_000

/** Hands messages to a mail server, over a few connections that stay open for a while. */
export function createSmtpSender({ address, from, ca, mostMs = usualMs }: SmtpParts): Sender {
  const { host, port, tls, user, password } = address
  const transport = createTransport(
    {
      pool: true,
      host,
      port,
      secure: tls === 'implicit',
      requireTLS: tls === 'starttls',
      ignoreTLS: tls === 'none',
      ...(user === null ? {} : { auth: { user, pass: password ?? '' } }),
      tls: { minVersion: 'TLSv1.2', ...(ca === undefined ? {} : { ca }) },
      connectionTimeout: connectMs,
      greetingTimeout: connectMs,
      dnsTimeout: connectMs,
      socketTimeout: mostMs,
      maxConnections: connections,
      // A server may close a connection that stayed open: then the message goes over a new one.
      maxRequeues: 1,
      idleTimeout: idleMs,
      maxResponseSize: 64 * 1024,
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from },
  )
  const domain = /@([^\s>@]+)>?\s*$/.exec(from)?.[1] ?? 'baton.invalid'
  return {
    async send(message) {
      try {
        await transport.sendMail({ ...mailOf(message, domain), signal: AbortSignal.timeout(mostMs) })
      } catch (error) {
        throw failureOf(error)
      }
    },
    async check() {
      try {
        await transport.verify()
      } catch (error) {
        throw failureOf(error)
      }
    },
    close: () => transport.close(),
  }
}

// The same id when it is sent again, so that a mailbox can tell the two are one.
function mailOf({ messageId, to, subject, text, language }: OutgoingMessage, domain: string) {
  return {
    // As an object, so that a comma in it cannot make two recipients of one.
    to: { name: '', address: to },
    subject,
    text,
    messageId: `<${messageId}@${domain}>`,
    headers: {
      'Auto-Submitted': 'auto-generated',
      'Content-Language': language === 'zh' ? 'zh-CN' : 'en',
    },
  }
}

/** Steps at which a mail server judges the message itself; before them it judges us. */
const aboutTheMessage = new Set(['EENVELOPE', 'EMESSAGE'])

// The server's own words may repeat the address, so that only its numbers are kept.
function failureOf(error: unknown): SendError {
  const { code = 'ESOCKET', responseCode, response = '', permanent } = error as NodemailerError
  const extended = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(String(response))?.[1]
  const answer = [responseCode, extended].filter(Boolean).join(' ')
  const isLasting = aboutTheMessage.has(code) && (permanent === true || !responseCode)
  const says =
    answer === '' ? `the mail server failed (${code})` : `the mail server answered ${answer} (${code})`
  return new SendError(says, { isLasting })
}
