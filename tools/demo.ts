// `npm run demo`: the whole story in the terminal, on a fresh embedded database in a folder that is gone afterwards: a
// company from two spreadsheets, one person who leaves, the plan, a second person, the run, the proof, the undo.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createOutput } from '../src/cli/output.ts'
import { runProgram } from '../src/cli/program.ts'
import { startBaton } from '../src/cli/running/start-baton.ts'
import { withSession } from '../src/cli/session.ts'
import { companiesContract } from '../src/features/companies/contract.ts'
import { readSettings } from '../src/platform/config/settings.ts'
import { createLogger } from '../src/platform/log/logger.ts'
import { root } from './run.ts'

const examples = path.join(root, 'examples/demo')
const anna = 'D-002'
const li = 'D-003'
const number = '+493023125101'

/** Runs one command as a person would type it, and fails where it ends otherwise than the story goes. */
type Step = (args: readonly string[], ends?: number) => Promise<void>

async function main(): Promise<void> {
  const begun = performance.now()
  const folder = await mkdtemp(path.join(tmpdir(), 'baton-demo-'))
  process.env['BATON_DATA'] = path.join(folder, 'data')
  process.env['NO_COLOR'] = '1'
  const log = createLogger({ level: 'error', target: process.stderr })
  tell('A fresh Baton, with a PostgreSQL of its own, in a folder that is removed at the end.')
  const baton = await startBaton({ settings: readSettings(process.env), log, purpose: 'command' })
  try {
    await story(folder)
    tell(`That was all, in ${Math.round((performance.now() - begun) / 1000)} seconds.`)
  } finally {
    await baton.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function story(folder: string): Promise<void> {
  const at = (name: string) => path.join(folder, name)
  const step: Step = (args, ends = 0) => runStep(args, { ends, folder })
  await setUp(step, at)
  await handOver(step, at)
  await prove(step, at)
  await takeBack(step, at)
}

async function setUp(step: Step, at: (name: string) => string): Promise<void> {
  tell('A company, its people and its numbers, from the spreadsheets that it has.')
  await writeFile(at('password.txt'), 'seven green lamps 41\n', { mode: 0o600 })
  const owner = [
    '--owner',
    'Olivia Owner',
    '--owner-email',
    'olivia@example.com',
    '--password-file',
    at('password.txt'),
  ]
  const place = ['--time-zone', 'Europe/Berlin', '--language', 'en']
  await step([
    'setup',
    '--company',
    'Rheinwerk Handel 莱茵贸易',
    ...owner,
    ...place,
    '--licences',
    '20',
    '--quiet',
  ])
  await decide()
  await step(['import', path.join(examples, 'members.xlsx'), '--existing', 'skip', '--apply'])
  await step(['import', path.join(examples, 'numbers.xlsx'), '--apply'])
  await writeFile(at('records.ndjson'), await recordsOfNow())
  await step(['records', 'ingest', at('records.ndjson')])
  await keepToken(at('anna.txt'), { member: anna, scopes: ['numbers:read', 'records:read'] })
  await keepToken(at('olivia.txt'), {
    member: 'Olivia Owner',
    scopes: ['handovers:read', 'handovers:approve'],
  })
  tell('Anna Müller looks after key accounts. This is what she reads on her number today:')
  await step(['records', 'list', number, '--token-file', at('anna.txt')])
}

/** What a company may decide for itself: here, no cool-down, and a second person for every handover. */
async function decide(): Promise<void> {
  await ask((session) =>
    session.ask(companiesContract.changeCompany, {
      body: { policies: { cooldownMinutes: 0, handoverApproval: 'always' } },
    }),
  )
}

async function handOver(step: Step, at: (name: string) => string): Promise<void> {
  tell(
    'Anna is leaving. What would pass on to 李雷, and how? Nothing is done yet (exit code 3: there is something to do).',
  )
  await step(
    [
      'handover',
      'plan',
      '--leaver',
      anna,
      '--to',
      li,
      '--reason',
      'Anna moves to Lisbon',
      '-o',
      at('plan.json'),
    ],
    3,
  )
  tell(
    'This company wants a second person for every handover, so it does not run yet (exit code 3: it waits).',
  )
  await step(['handover', 'apply', at('plan.json')], 3)
  tell('Olivia approves exactly this plan, by its hash.')
  await step(['handover', 'approve', at('plan.json'), '--token-file', at('olivia.txt')])
  await step(['handover', 'apply', at('plan.json')])
  tell('From that moment on Anna is refused (exit code 1), and 李雷 has the number with its history.')
  await step(['records', 'list', number, '--token-file', at('anna.txt')], 1)
  await step(['numbers', 'custody', number])
}

async function prove(step: Step, at: (name: string) => string): Promise<void> {
  const { handoverId } = JSON.parse(await readFile(at('plan.json'), 'utf8')) as { handoverId: string }
  tell('The receipt: signed, and checked without the database, by the key that this installation printed.')
  await step(['receipt', 'get', handoverId, '-o', at('receipt.json')])
  await step(['receipt', 'get', handoverId, '-o', at('form.pdf')])
  await writeFile(at('keys.txt'), await printed(['receipt', 'key']))
  await step(['receipt', 'verify', at('receipt.json'), '--key', at('keys.txt')])
  tell('Somebody edits a copy: the receipt says that another person got it all (exit code 1).')
  const text = await readFile(at('receipt.json'), 'utf8')
  await writeFile(at('edited.json'), text.replaceAll('李雷', 'Jonas Weber'))
  await step(['receipt', 'verify', at('edited.json'), '--key', at('keys.txt')], 1)
}

async function takeBack(step: Step, at: (name: string) => string): Promise<void> {
  const { handoverId } = JSON.parse(await readFile(at('plan.json'), 'utf8')) as { handoverId: string }
  tell('Anna stays after all. Everything goes back, except what was said to be gone for good.')
  await step(['handover', 'undo', handoverId, '--reason', 'Anna stays'])
  await step(['numbers', 'custody', number])
  tell('And the ledger has all of it.')
  await step(['audit', 'verify'])
}

async function recordsOfNow(): Promise<string> {
  const lines = (await readFile(path.join(examples, 'records.ndjson'), 'utf8')).trim().split('\n')
  return lines
    .map((line) => `${JSON.stringify({ ...JSON.parse(line), occurredAt: new Date().toISOString() })}\n`)
    .join('')
}

async function keepToken(
  file: string,
  { member, scopes }: { member: string; scopes: string[] },
): Promise<void> {
  const text = await printed([
    'token',
    'create',
    '--name',
    'demo',
    '--member',
    member,
    '--scope',
    ...scopes,
    '--quiet',
  ])
  await writeFile(file, text, { mode: 0o600 })
}

function ask<T>(work: Parameters<typeof withSession<T>>[2]): Promise<T> {
  return withSession({}, createOutput({ json: false, quiet: true, color: false }), work)
}

/** What a command prints, without showing it. @throws Error when it does not end with 0 */
async function printed(args: readonly string[]): Promise<string> {
  const pieces: string[] = []
  const streams = [process.stdout, process.stderr]
  const writes = streams.map((stream) => stream.write)
  process.stdout.write = (piece) => pieces.push(String(piece)) > 0
  process.stderr.write = () => true
  try {
    const code = await runProgram(args)
    if (code !== 0) throw new Error(`baton ${args.join(' ')} ended with ${code}`)
    return pieces.join('')
  } finally {
    for (const [at, stream] of streams.entries()) if (writes[at]) stream.write = writes[at]
  }
}

async function runStep(
  args: readonly string[],
  { ends, folder }: { ends: number; folder: string },
): Promise<void> {
  const words = args.map((word) => shown(word.replace(`${folder}/`, '').replace(`${root}/`, '')))
  process.stdout.write(`\n$ npx baton ${words.join(' ')}\n`)
  const code = await runProgram(args)
  if (code !== ends) throw new Error(`The command ended with exit code ${code}; the story needs ${ends}.`)
}

function shown(word: string): string {
  return /^[\w./:@+=-]+$/.test(word) ? word : `"${word}"`
}

function tell(text: string): void {
  process.stdout.write(`\n── ${text}\n`)
}

try {
  await main()
} catch (error) {
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
