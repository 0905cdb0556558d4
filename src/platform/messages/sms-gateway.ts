import { askOutside, OutsideError } from '../net/ask-outside.ts'
import { type OutgoingMessage, SendError, type Sender } from './senders.ts'
import type { Body, SmsConfig } from './sms-config.ts'

/** Hands messages to an SMS gateway over HTTP, in the form that its configuration describes. */
export function createSmsSender(config: SmsConfig): Sender {
  return {
    async send(message) {
      const answer = await post(config, filled(config.body, placeholdersOf(config, message)))
      judge(config, answer)
    },
  }
}

async function post({ url, headers, form }: SmsConfig, body: Body) {
  const isJson = form === 'json'
  try {
    return await askOutside({
      url,
      method: 'POST',
      headers: {
        'content-type': isJson ? 'application/json' : 'application/x-www-form-urlencoded',
        ...headers,
      },
      body: isJson ? JSON.stringify(body) : asFields(body),
    })
  } catch (error) {
    if (!(error instanceof OutsideError)) throw error
    throw new SendError(`the SMS gateway: ${error.message}`, { isLasting: false, cause: error })
  }
}

function asFields(body: Body): string {
  const fields = new URLSearchParams()
  for (const [name, value] of Object.entries(body ?? {})) {
    fields.set(name, typeof value === 'object' ? JSON.stringify(value) : String(value))
  }
  return fields.toString()
}

function placeholdersOf(
  { templates }: SmsConfig,
  message: OutgoingMessage,
): Readonly<Record<string, string>> {
  const { messageId, to, subject, text, template, values, language } = message
  return {
    ...values,
    messageId,
    to,
    toDigits: to.replace(/^\+/, ''),
    subject,
    text,
    language,
    values: JSON.stringify(values),
    template: templates === undefined ? template : templateOf(templates, template, language),
  }
}

function templateOf(
  templates: NonNullable<SmsConfig['templates']>,
  name: string,
  language: 'en' | 'zh',
): string {
  const found = Object.hasOwn(templates, name) ? templates[name] : undefined
  if (found === undefined) throw new SendError(`the SMS gateway has no text for ${name}`, { isLasting: true })
  return typeof found === 'string' ? found : found[language]
}

// Filled after it was read, so that no value can become a field of its own.
function filled(body: Body, values: Readonly<Record<string, string>>): Body {
  if (typeof body === 'string') {
    return body.replace(
      /\{(\w+)\}/g,
      (_whole, name: string) => (Object.hasOwn(values, name) ? values[name] : '') ?? '',
    )
  }
  if (Array.isArray(body)) return body.map((part: Body) => filled(part, values))
  if (typeof body !== 'object' || body === null) return body
  return Object.fromEntries(Object.entries(body).map(([name, part]) => [name, filled(part, values)]))
}

/** Statuses that say "later" although they begin with a 4. */
const later = new Set([408, 425, 429])

function judge({ success }: SmsConfig, { status, text }: { status: number; text: string }): void {
  if (status >= 400) {
    throw new SendError(`the SMS gateway answered ${status}`, {
      isLasting: status < 500 && !later.has(status),
    })
  }
  if (success === undefined) return
  const told = fieldOf(text, success.field)
  if (told === success.equals) return
  // Which of a gateway's own codes would last is not known here, so that it is tried again, and in the end given up.
  throw new SendError(`the SMS gateway answered ${shortly(told)} in ${success.field}`, { isLasting: false })
}

function fieldOf(text: string, path: string): unknown {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
    value = (value as Readonly<Record<string, unknown>>)[name]
  }
  return value
}

// A code of the gateway's, but nothing that could be a phone number or a text.
function shortly(told: unknown): string {
  const text = String(told)
  return /^[\w.:-]{1,40}$/.test(text) && !/\d{7}/.test(text) ? text : 'something else'
}
