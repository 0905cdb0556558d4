import { readFile } from 'node:fs/promises'
import type { z } from 'zod'
import type { Settings } from '../../platform/config/settings.ts'
import { createSenders } from '../../platform/messages/create-senders.ts'
import type { Senders } from '../../platform/messages/senders.ts'
import { SmsConfig } from '../../platform/messages/sms-config.ts'
import { OauthConfig } from '../../platform/oauth/config.ts'
import { misuse } from '../failure.ts'

/** How messages leave. @throws Failure for a file that is not as it has to be */
export async function sendersOf({ smtpUrl, mailFrom, smsConfig, robotUrl }: Settings): Promise<Senders> {
  return createSenders({
    mail: smtpUrl && mailFrom !== undefined ? { address: smtpUrl, from: mailFrom } : null,
    sms: smsConfig === undefined ? null : await readConfig('BATON_SMS_CONFIG', smsConfig, SmsConfig),
    robotUrl: robotUrl ?? null,
  })
}

/** Outside accounts that people sign in with. @throws Failure for a file that is not as it has to be */
export async function oauthOf({ oauthConfig }: Settings): Promise<OauthConfig> {
  return oauthConfig === undefined ? {} : await readConfig('BATON_OAUTH_CONFIG', oauthConfig, OauthConfig)
}

/** Where people reach Baton; without a setting, on this machine. */
export function publicUrlOf({ publicUrl, port, tlsCert }: Settings): string {
  if (publicUrl !== undefined) return publicUrl.replace(/\/+$/, '')
  return `${tlsCert === undefined ? 'http' : 'https'}://localhost:${port}`
}

// What is wrong is said by its place: the values are secrets.
async function readConfig<Schema extends z.ZodType>(
  name: string,
  path: string,
  schema: Schema,
): Promise<z.output<Schema>> {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw misuse(
      `The file in ${name} cannot be read: ${error.message}.`,
      'Correct the path or the rights of the file.',
    )
  })
  const parsed = schema.safeParse(parsedJson(text))
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map(
    ({ path: place, message }) => `  ${place.join('.') || 'the file'}: ${message}`,
  )
  throw misuse(
    `The file in ${name}, ${path}, does not say what Baton needs:\n${problems.join('\n')}`,
    'Correct it; docs/running.md describes the file.',
  )
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
