import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { z } from 'zod'
import { readSmtpAddress } from '../messages/smtp-address.ts'
import { isPrivateOnTheWay } from '../net/ask-outside.ts'
import { isLoopback } from '../net/loopback.ts'
import { nearest } from './nearest.ts'

/** One setting as data: what the reference page, `baton doctor` and the check at the start all read. */
export interface Setting<
  Schema extends z.ZodType = z.ZodType,
  Default extends string | undefined = string | undefined,
> {
  /** The environment variable. */
  readonly name: string
  /** Reads the variable's text. */
  readonly schema: Schema
  /** The text that counts when the variable is missing or empty; undefined: nothing is set. */
  readonly default: Default
  readonly what: string
  readonly example: string
}

function setting<Schema extends z.ZodType, const Default extends string | undefined>(
  one: Setting<Schema, Default>,
): Setting<Schema, Default> {
  return one
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
const path = z.string().transform((text) => resolve(text))

function wholeNumber(from: number, to: number) {
  const message = `must be a whole number from ${from} to ${to}`
  return z
    .string()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .refine((value) => value >= from && value <= to, message)
}

function url(protocols: readonly string[], example: string) {
  const allowed = protocols.map((protocol) => `${protocol}:`)
  return z
    .string()
    .refine(
      (text) => allowed.includes(URL.parse(text)?.protocol ?? ''),
      `must be an address such as ${example}`,
    )
}

const addresses = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  )
  .refine(
    (parts) => parts.every(isAddressOrSubnet),
    'must be IP addresses or subnets, parted by commas, such as 10.0.0.0/8',
  )

const smtpExample = 'smtps://user:password@mail.example.com:465'
const smtpAddress = z
  .string()
  .transform(readSmtpAddress)
  .refine(
    (address) => address !== null,
    `must be an address such as ${smtpExample}, or smtp://… for STARTTLS, percent-encoded where a password needs it`,
  )
const secretUrl = z
  .string()
  .refine(
    (text) => URL.canParse(text) && isPrivateOnTheWay(text),
    'must be an address that begins with https://',
  )

function isAddressOrSubnet(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/')
  const version = isIP(address)
  if (version === 0 || rest.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
}

const byKey = {
  port: setting({
    name: 'PORT',
    schema: wholeNumber(0, 65_535),
    default: '4400',
    what: 'TCP port that Baton listens on; 0 takes any free port.',
    example: '8080',
  }),
  host: setting({
    name: 'BATON_HOST',
    schema: z
      .string()
      .regex(/^[\w.:-]{1,253}$/, 'must be an address or host name of this machine, such as 0.0.0.0'),
    default: '127.0.0.1',
    what: 'Address that Baton listens on. By default only this machine reaches it; 0.0.0.0 opens it to the network.',
    example: '0.0.0.0',
  }),
  dataDirectory: setting({
    name: 'BATON_DATA',
    schema: path,
    default: './data',
    what: 'Data folder: the embedded database, the socket for commands on this machine, signing keys. One Baton at a time.',
    example: '/var/lib/baton',
  }),
  databaseUrl: setting({
    name: 'DATABASE_URL',
    // No URL where the server is a socket: postgres://baton@/baton?host=/run/postgresql
    schema: z
      .string()
      .regex(
        /^postgres(ql)?:\/\/\S+$/,
        'must be an address such as postgres://baton:secret@db.example.com:5432/baton',
      ),
    default: undefined,
    what: 'Your own PostgreSQL, 15 or later, to use instead of the embedded one.',
    example: 'postgres://baton:secret@db.example.com:5432/baton',
  }),
  databaseConnections: setting({
    name: 'BATON_DATABASE_CONNECTIONS',
    schema: wholeNumber(2, 200),
    default: '16',
    what: 'Connections to the database for requests; a few more serve background work. The embedded database allows 40.',
    example: '30',
  }),
  publicUrl: setting({
    name: 'BATON_URL',
    schema: url(['http', 'https'], 'https://baton.example.com'),
    default: undefined,
    what: 'Address at which people reach Baton. Commands with a token go there; without one they use the data folder.',
    example: 'https://baton.example.com',
  }),
  tlsCert: setting({
    name: 'BATON_TLS_CERT',
    schema: path,
    default: undefined,
    what: 'File with the certificate chain (PEM), so that Baton speaks HTTPS itself. Needs BATON_TLS_KEY.',
    example: '/etc/baton/fullchain.pem',
  }),
  tlsKey: setting({
    name: 'BATON_TLS_KEY',
    schema: path,
    default: undefined,
    what: 'File with the private key (PEM) of BATON_TLS_CERT.',
    example: '/etc/baton/privkey.pem',
  }),
  trustProxy: setting({
    name: 'BATON_TRUST_PROXY',
    schema: addresses,
    default: undefined,
    what: 'Addresses or subnets of reverse proxies whose X-Forwarded-* headers are believed. By default none is.',
    example: '127.0.0.1,10.0.0.0/8',
  }),
  requestsPerMinute: setting({
    name: 'BATON_REQUESTS_PER_MINUTE',
    schema: wholeNumber(1, 10_000_000),
    default: '6000',
    what: 'Requests that one address may send in a minute; more are answered 429. Commands on this machine are exempt.',
    example: '600',
  }),
  smtpUrl: setting({
    name: 'BATON_SMTP_URL',
    schema: smtpAddress,
    default: undefined,
    what: 'Mail server for codes and notices: smtps:// speaks TLS at once, smtp:// asks for STARTTLS; ?tls=none sends in the clear. Needs BATON_MAIL_FROM.',
    example: smtpExample,
  }),
  mailFrom: setting({
    name: 'BATON_MAIL_FROM',
    schema: z
      .string()
      .max(300)
      .regex(
        /^(?:[^<>@",;:\\]+<[^\s<>@,;]+@[^\s<>@,;]+>|[^\s<>@,;]+@[^\s<>@,;]+)$/,
        'must be an address such as Baton <baton@example.com>',
      ),
    default: undefined,
    what: 'Whom mail comes from.',
    example: 'Baton <baton@example.com>',
  }),
  smsConfig: setting({
    name: 'BATON_SMS_CONFIG',
    schema: path,
    default: undefined,
    what: 'JSON file that says how your SMS gateway is spoken to; docs/running.md describes it.',
    example: '/etc/baton/sms.json',
  }),
  robotUrl: setting({
    name: 'BATON_ROBOT_URL',
    schema: secretUrl,
    default: undefined,
    what: 'Webhook of a WeCom group robot that posts notices.',
    example: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…',
  }),
  oauthConfig: setting({
    name: 'BATON_OAUTH_CONFIG',
    schema: path,
    default: undefined,
    what: 'JSON file with the WeChat, WeCom and QQ apps that people sign in with; docs/running.md describes it.',
    example: '/etc/baton/oauth.json',
  }),
  outbox: setting({
    name: 'BATON_OUTBOX',
    schema: z.enum(['on', 'off'], { error: 'must be on or off' }),
    default: 'off',
    what: 'On a development machine: keeps messages that no sender takes, codes included, and shows them to Owners. Only where nobody else reaches Baton.',
    example: 'on',
  }),
  mediaMaxMb: setting({
    name: 'BATON_MEDIA_MAX_MB',
    schema: wholeNumber(1, 10_000),
    default: '25',
    what: 'Largest file of a record, in MB of 1,048,576 bytes.',
    example: '100',
  }),
  console: setting({
    name: 'BATON_CONSOLE',
    schema: z.enum(['on', 'off'], { error: 'must be on or off' }),
    default: 'on',
    what: 'Whether Baton builds its console when its sources changed and serves it; off leaves the API alone.',
    example: 'off',
  }),
  metricsFrom: setting({
    name: 'BATON_METRICS_FROM',
    schema: addresses,
    default: '127.0.0.1,::1',
    what: 'Addresses or subnets that may read /metrics.',
    example: '127.0.0.1,10.1.0.0/16',
  }),
  logLevel: setting({
    name: 'BATON_LOG_LEVEL',
    schema: z.enum(logLevels, { error: `must be one of ${logLevels.join(', ')}` }),
    default: 'info',
    what: `Least important log line that is written: ${logLevels.join(', ')}.`,
    example: 'debug',
  }),
  tracesUrl: setting({
    name: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    schema: url(['http', 'https'], 'http://localhost:4318'),
    default: undefined,
    what: 'OpenTelemetry collector that gets a trace of each request. Other OTEL_* variables work as OpenTelemetry defines them.',
    example: 'http://localhost:4318',
  }),
  company: setting({
    name: 'BATON_COMPANY',
    schema: z.string().max(100),
    default: undefined,
    what: 'Company that commands act in, by short name or id, where --company is not given.',
    example: 'acme',
  }),
  tokenFile: setting({
    name: 'BATON_TOKEN_FILE',
    schema: path,
    default: undefined,
    what: 'File with the API token that commands use; --token-file wins.',
    example: '/run/secrets/baton-token',
  }),
}

/** Every setting, in the order of the reference page. */
export const settings: readonly Setting[] = Object.values(byKey)

/** The settings as read; paths are absolute, lists are arrays, what is not set is undefined. */
export type Settings = { readonly [Key in keyof typeof byKey]: ValueOf<(typeof byKey)[Key]> }

type ValueOf<One> =
  One extends Setting<infer Schema, infer Default>
    ? Default extends string
      ? z.output<Schema>
      : z.output<Schema> | undefined
    : never

/** The environment holds what Baton cannot work with; `problems` names all of it at once. */
export class SettingsError extends Error {
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.name = 'SettingsError'
    this.problems = problems
  }
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads the settings from the environment only; an empty variable counts as missing.
 * @throws SettingsError with every unknown name and every value that does not fit
 */
export function readSettings(environment: Environment): Settings {
  const problems = unknownNames(environment)
  const values: Record<string, unknown> = {}
  for (const [key, one] of Object.entries(byKey) as [keyof typeof byKey, Setting][]) {
    const text = environment[one.name]?.trim() || one.default
    if (text === undefined) continue
    const parsed = one.schema.safeParse(text)
    if (parsed.success) values[key] = parsed.data
    else {
      values[key] = wrong
      problems.push(`${one.name} ${parsed.error.issues[0]?.message ?? 'is not valid'}${shown(one, text)}.`)
    }
  }
  problems.push(...contradictions(values))
  if (problems.length > 0) throw new SettingsError(problems)
  return values as Settings
}

// The value may hold a password, so that an address is not repeated.
const secret: readonly Setting[] = [byKey.databaseUrl, byKey.smtpUrl, byKey.robotUrl]

function shown(one: Setting, text: string): string {
  return secret.includes(one) ? '' : `, not "${text.slice(0, 100)}"`
}

function unknownNames(environment: Environment): string[] {
  const known = settings.map((one) => one.name)
  return Object.keys(environment)
    .filter((name) => name.startsWith('BATON_') && !name.startsWith('BATON_TEST_') && !known.includes(name))
    .sort()
    .map((name) => {
      const meant = nearestSetting(name, known)
      return `${name} is not a setting.${meant ? ` Did you mean ${meant}?` : ' See docs/reference/settings.md for all of them.'}`
    })
}

// Compared without the prefix, so that BATON_PORT finds PORT.
function nearestSetting(name: string, known: readonly string[]): string | undefined {
  const bare = known.map((one) => one.replace(/^BATON_/, ''))
  const found = nearest(name.replace(/^BATON_/, ''), bare)
  return found === undefined ? undefined : known[bare.indexOf(found)]
}

// Set, but not to anything that could contradict another.
const wrong = Symbol('wrong')

function contradictions(values: Readonly<Record<string, unknown>>): string[] {
  const isSet = (key: keyof typeof byKey) => values[key] !== undefined
  const found: string[] = []
  if (isSet('tlsCert') && !isSet('tlsKey'))
    found.push('BATON_TLS_CERT needs BATON_TLS_KEY, the file with its private key.')
  if (isSet('tlsKey') && !isSet('tlsCert'))
    found.push('BATON_TLS_KEY needs BATON_TLS_CERT, the file with its certificate chain.')
  if (isSet('smtpUrl') && !isSet('mailFrom'))
    found.push('BATON_SMTP_URL needs BATON_MAIL_FROM, the address that mail comes from.')
  if (isSet('mailFrom') && !isSet('smtpUrl'))
    found.push('BATON_MAIL_FROM needs BATON_SMTP_URL, the mail server.')
  if (values['outbox'] === 'on' && isOpenToOthers(values))
    found.push(
      'BATON_OUTBOX shows codes that open accounts, so it works only where nobody else reaches Baton: with BATON_HOST=127.0.0.1, without BATON_TRUST_PROXY, and with a BATON_URL of this machine or none.',
    )
  return found
}

function isOpenToOthers({ host, trustProxy, publicUrl }: Readonly<Record<string, unknown>>): boolean {
  if (trustProxy !== undefined || (typeof host === 'string' && !isLoopback(host))) return true
  return typeof publicUrl === 'string' && !isLoopback(URL.parse(publicUrl)?.hostname ?? '')
}
