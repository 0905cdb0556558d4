import { readSettings, type Settings } from '../../platform/config/settings.ts'
import { createLogger, type Logger } from '../../platform/log/logger.ts'
import { isLoopback } from '../../platform/net/loopback.ts'
import { exitCode } from '../failure.ts'
import type { Output } from '../output.ts'
import type { Purpose } from './options.ts'
import { type RunningBaton, startBaton } from './start-baton.ts'
import { untilStopped } from './until-stopped.ts'

/** `baton start` and `baton worker`: runs until it is told to stop. */
export async function runServer(output: Output, purpose: Exclude<Purpose, 'command'>): Promise<void> {
  const settings = readSettings(process.env)
  const log = createLogger({
    level: settings.logLevel,
    target: process.stdout,
    isTerminal: process.stdout.isTTY,
  })
  endOnBug(log)
  const stopped = untilStopped(() => process.exit(exitCode.failed))
  output.say(purpose === 'serve' ? 'Starting Baton …' : 'Starting a worker of Baton …')
  const starting = startBaton({ settings, log, purpose })
  const early = await Promise.race([starting.then(() => null), stopped])
  const baton = await starting
  if (early === null) tell(output, settings, baton)
  const signal = await stopped
  output.say(`Stopping (${signal}); once more to force it …`)
  await baton.stop()
  output.say('Baton has stopped.')
}

function endOnBug(log: Logger): void {
  process.on('uncaughtException', (err) => {
    log.fatal({ err }, 'a bug on our side; Baton ends and keeps what was saved')
    process.exit(exitCode.failed)
  })
}

function tell(output: Output, settings: Settings, baton: RunningBaton): void {
  if (baton.url === null) {
    output.say(`The worker is ready, on ${baton.databaseName}.`)
    return
  }
  const address = settings.publicUrl ?? baton.url
  output.say(`Baton is ready: ${address}  (on ${baton.databaseName}, data folder ${settings.dataDirectory})`)
  output.say(`  → ${nextStep(baton, address)}`)
  const unsent = unsentHint(settings)
  if (unsent !== null) output.say(`  → ${unsent}`)
  for (const warning of warningsFor(settings)) output.warn(warning)
}

/** What to do with a Baton that has just started, in one line. */
export function nextStep({ hasConsole, isSetUp }: RunningBaton, address: string): string {
  if (hasConsole)
    return isSetUp
      ? `Open it in a browser to sign in; the API is at ${address}/docs`
      : `Not set up yet: open ${address} in a browser, make your company or look around in a sample one`
  return isSetUp
    ? `Read the API and try it: ${address}/docs`
    : 'Not set up yet; in another terminal: npx baton setup --company "Acme" --owner "Wang Fang" --owner-email you@example.com'
}

/** What to do so that codes and invitations arrive; null where they do. */
export function unsentHint({ smtpUrl, outbox, host }: Settings): string | null {
  if (smtpUrl) return null
  if (outbox === 'on') return 'Messages that cannot be sent are kept: Settings → Outbox of this machine.'
  const here = isLoopback(host) ? '; to look at them on this machine, start with BATON_OUTBOX=on' : ''
  return `Codes and invitations cannot be sent yet: set BATON_SMTP_URL and BATON_MAIL_FROM${here}.`
}

/** What will not work with these settings although Baton starts. */
export function warningsFor(settings: Settings): string[] {
  const isPlain =
    settings.tlsCert === undefined &&
    settings.trustProxy === undefined &&
    !settings.publicUrl?.startsWith('https:')
  if (!isPlain || isLoopback(settings.host)) return []
  return [
    `Baton speaks plain HTTP on ${settings.host}. Browsers elsewhere cannot sign in there (the session cookie needs HTTPS), and API tokens cross the network unprotected.`,
    'Set BATON_TLS_CERT and BATON_TLS_KEY, or put an HTTPS proxy in front and name it in BATON_TRUST_PROXY.',
  ]
}
