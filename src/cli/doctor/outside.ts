import { stat } from 'node:fs/promises'
import type { Settings } from '../../platform/config/settings.ts'
import { SendError, type Senders } from '../../platform/messages/senders.ts'
import { oauthKinds } from '../../platform/oauth/providers.ts'
import { Failure } from '../failure.ts'
import { oauthOf, sendersOf } from '../running/outside.ts'
import { type Finding, fail, ok, warn } from './finding.ts'

/** What goes out: mail, SMS, notices, and who people sign in with elsewhere. */
export async function checkOutside(settings: Settings): Promise<Finding[]> {
  return [
    ...(await orFinding('Messages', () => checkMessages(settings))),
    ...(await orFinding('Outside accounts', () => checkOauth(settings))),
    ...(await checkSecrets(settings)),
  ]
}

async function orFinding(check: string, find: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await find()
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return [fail(check, error.message, error.next ?? 'Correct the file.')]
  }
}

async function checkMessages(settings: Settings): Promise<Finding[]> {
  const senders = await sendersOf(settings)
  try {
    return [...(await checkMail(settings, senders)), whatLeaves(settings, senders)]
  } finally {
    for (const sender of Object.values(senders)) sender.close?.()
  }
}

async function checkMail({ smtpUrl }: Settings, { email }: Senders): Promise<Finding[]> {
  if (!smtpUrl || email?.check === undefined) return []
  const server = `${smtpUrl.host}:${smtpUrl.port}`
  try {
    await email.check()
    return [ok('Mail', `${server} takes messages from us`)]
  } catch (error) {
    if (!(error instanceof SendError)) throw error
    return [
      fail('Mail', `${server}: ${error.message}`, 'Check host, port, user and password in BATON_SMTP_URL.'),
    ]
  }
}

function whatLeaves({ outbox }: Settings, senders: Senders): Finding {
  const ways = [
    ...(senders.email ? ['mail'] : []),
    ...(senders.sms ? ['SMS'] : []),
    ...(senders.robot ? ['notices to a WeCom group'] : []),
  ]
  const says = `${ways.length === 0 ? 'nothing' : ways.join(', ')} can be sent`
  if (outbox === 'on') return ok('Messages', `${says}; the rest is kept for the outbox page`)
  if (senders.email !== undefined) return ok('Messages', says)
  return warn(
    'Messages',
    `${says}, so that codes and invitations do not arrive`,
    'Set BATON_SMTP_URL and BATON_MAIL_FROM (and BATON_SMS_CONFIG for phones); to try things out on this machine, BATON_OUTBOX=on.',
  )
}

async function checkOauth(settings: Settings): Promise<Finding[]> {
  const config = await oauthOf(settings)
  const kinds = oauthKinds.filter((kind) => config[kind] !== undefined)
  if (kinds.length === 0) return [ok('Outside accounts', 'none are configured for signing in')]
  const says = `people may sign in by ${kinds.join(', ')}`
  if (settings.publicUrl !== undefined) return [ok('Outside accounts', says)]
  return [warn('Outside accounts', `${says}, but nobody comes back`, 'Set BATON_URL, and register it there.')]
}

async function checkSecrets({ smsConfig, oauthConfig }: Settings): Promise<Finding[]> {
  const files = [smsConfig, oauthConfig].filter((path) => path !== undefined)
  const open = await Promise.all(files.map(async (path) => ((await modeOf(path)) & 0o077 ? [path] : [])))
  return open
    .flat()
    .map((path) => warn('Secrets', `others on this machine can read ${path}`, `Close it: chmod 600 ${path}`))
}

// A file that cannot be read has a finding of its own.
async function modeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => null))?.mode ?? 0
}
