import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { readSettings } from '../../platform/config/settings.ts'
import { createLogger } from '../../platform/log/logger.ts'
import { operatorName } from '../api.ts'
import type { RestoreSummary } from '../backup/restore-installation.ts'
import { outputOf, type Place, withExamples } from '../command.ts'
import { exitCode, misuse } from '../failure.ts'
import type { Output } from '../output.ts'
import type { GlobalOptions } from '../session.ts'
import { counted, facts } from '../show.ts'
import { named } from './backup.ts'

/** `baton restore`: a backup into an installation that holds nothing. */
export function addRestoreCommand({ program, end }: Place): void {
  const restore = program
    .command('restore')
    .description(
      'On the machine itself: bring a backup back, into a data folder and database that hold nothing',
    )
    .argument('<file>', 'a file that "baton backup" wrote')
    .option(
      '--erasures <folder>',
      'The folder "erasures" of the installation that is lost: what was erased since is erased again',
    )
    .action(async (file: string, { erasures }: { erasures?: string }, command: Command) => {
      const summary = await run(resolve(named(file)), erasures, command)
      end(summary.ledgersChanged.length === 0 ? exitCode.done : exitCode.failed)
    })
  withExamples(restore, [
    'BATON_DATA=/srv/baton-new npx baton restore baton-2026-11-22.baton-backup --erasures /var/lib/baton/erasures',
    'DATABASE_URL=postgres://… BATON_DATA=/srv/baton-new npx baton restore baton-2026-11-22.baton-backup',
  ])
}

async function run(file: string, erasures: string | undefined, command: Command): Promise<RestoreSummary> {
  const output = outputOf(command)
  const { quiet = false, json = false } = command.optsWithGlobals<GlobalOptions>()
  const settings = readSettings(process.env)
  const log = createLogger({ level: 'error', target: process.stderr, isTerminal: process.stderr.isTTY })
  const [{ openTarget }, { createProgressLine }, restoring, { verifyArchive }, { changesDirectory }] =
    await Promise.all([
      import('../backup/open-target.ts'),
      import('../backup/progress.ts'),
      import('../backup/restore-installation.ts'),
      import('../../platform/backup/archive-reader.ts'),
      import('../running/place.ts'),
    ])
  const journal = erasures === undefined ? null : await folderOf(erasures)
  const line = createProgressLine(process.stderr.isTTY && !quiet && !json)
  let read = 0
  const verified = await verifyArchive(file, (count) => {
    read += count
    line.show('Checking', { at: 'the file', rows: 0, bytes: read })
  }).finally(() => line.clear())
  await restoring.requireKnownChanges(verified, changesDirectory)
  const target = await openTarget(settings, log)
  try {
    const summary = await restoring
      .restoreInstallation({
        connection: target.connection,
        dataDirectory: settings.dataDirectory,
        changesDirectory,
        file,
        verified,
        erasures: journal,
        operator: operatorName(),
        onProgress: (progress) => line.show('Restoring', progress),
      })
      .finally(() => line.clear())
    tell(output, summary, { dataDirectory: settings.dataDirectory, hasJournal: journal !== null })
    return summary
  } finally {
    await target.stop()
  }
}

async function folderOf(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined)
  if (found?.isDirectory()) return resolve(path)
  throw misuse(
    `There is no folder ${path}.`,
    'Name the folder "erasures" of the former data folder in --erasures. Where nothing was ever erased, that one has none: then leave --erasures out.',
  )
}

interface Told {
  readonly dataDirectory: string
  readonly hasJournal: boolean
}

function tell(output: Output, summary: RestoreSummary, { dataDirectory, hasJournal }: Told): void {
  const { ledgersChanged, erasures, mediaMissing } = summary
  const words = facts([
    [
      'Restored',
      `${counted(summary.rows, 'row')} of ${counted(summary.tables, 'table')}, ${counted(summary.files, 'file')}`,
    ],
    ['As of', `${summary.takenAt}, by Baton ${summary.batonVersion}`],
    ['SHA-256', summary.sha256],
    ['Ledgers', `${summary.companies - ledgersChanged.length} of ${summary.companies} whole`],
    [
      'Erased again',
      `${counted(erasures.records, 'record')}, by ${counted(erasures.done, 'entry', 'entries')} of the journal; ${counted(erasures.accounts, 'account')}`,
    ],
  ])
  output.result(summary, words)
  for (const { companyId, says } of ledgersChanged)
    output.warn(`The ledger of ${companyId} does not fit its checkpoints: ${says}`)
  if (mediaMissing > 0) output.warn(`${mediaMissing} media were missing when the backup was made.`)
  if (!hasJournal && erasures.done + erasures.accounts === 0)
    output.warn(
      'Without --erasures, history and accounts that were erased after the backup are back. If there were any, restore into a fresh folder again and name the former folder "erasures".',
    )
  output.say('  → Everybody signs in again; passwords and API tokens are as they were.')
  output.say(
    `  → A new key signs the ledgers from now on. To keep the former one, copy its *.key.pem into ${dataDirectory}/keys before the first start.`,
  )
}
