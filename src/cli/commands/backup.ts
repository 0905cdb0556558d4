import { resolve } from 'node:path'
import type { Command } from 'commander'
import { readSettings } from '../../platform/config/settings.ts'
import { createLogger } from '../../platform/log/logger.ts'
import { outputOf, type Place, withExamples } from '../command.ts'
import { exitCode, misuse } from '../failure.ts'
import type { GlobalOptions } from '../session.ts'
import { counted, facts } from '../show.ts'

/** `baton backup`: everything into one file, while Baton goes on. */
export function addBackupCommand({ program, end }: Place): void {
  const backup = program
    .command('backup')
    .description(
      'On the machine itself: write all that the installation holds into one file, without stopping it',
    )
    .argument('<file>', 'the file to write; nobody but you may read it')
    .option('--force', 'Overwrite the file if it is there')
    .action(async (file: string, { force = false }: { force?: boolean }, command: Command) => {
      await run(resolve(named(file)), force, command)
      end(exitCode.done)
    })
  withExamples(backup, [
    'npx baton backup /var/backups/baton-2026-11-22.baton-backup',
    'BATON_DATA=/var/lib/baton npx baton backup today.baton-backup --force',
  ])
}

/** The file that is meant; `-` is none. */
export function named(file: string): string {
  if (file !== '-' && file !== '') return file
  throw misuse('A backup is a file with a name: it is checked from its end.', 'Name a file on a disk.')
}

async function run(target: string, force: boolean, command: Command): Promise<void> {
  const output = outputOf(command)
  const { quiet = false, json = false } = command.optsWithGlobals<GlobalOptions>()
  const settings = readSettings(process.env)
  const log = createLogger({ level: 'error', target: process.stderr, isTerminal: process.stderr.isTTY })
  const [
    { openSource },
    { createProgressLine, sizeInWords },
    { takeBackup },
    { readVersion },
    { requireNoFile },
  ] = await Promise.all([
    import('../backup/open-source.ts'),
    import('../backup/progress.ts'),
    import('../../platform/backup/take.ts'),
    import('../running/place.ts'),
    import('../../platform/backup/archive-writer.ts'),
  ])
  if (!force) await requireNoFile(target)
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stop.abort())
  const line = createProgressLine(process.stderr.isTTY && !quiet && !json)
  const source = await openSource(settings, log)
  try {
    const summary = await takeBackup({
      connection: source.connection,
      dataDirectory: settings.dataDirectory,
      target,
      force,
      batonVersion: await readVersion(),
      signal: stop.signal,
      onProgress: (progress) => line.show('Backing up', progress),
    }).finally(() => line.clear())
    const words = facts([
      ['Backup', target],
      ['As of', summary.takenAt],
      [
        'Holds',
        `${counted(summary.rows, 'row')} of ${counted(summary.tables, 'table')}, ${counted(summary.files, 'file')}`,
      ],
      ['Size', sizeInWords(summary.bytes)],
      ['SHA-256', summary.sha256],
    ])
    output.result({ file: target, ...summary }, words)
    if (summary.mediaMissing > 0)
      output.warn(`${summary.mediaMissing} media were not in the media folder, or not as they were received.`)
    output.say(
      '  → Keep it apart from this machine, and the folders "keys" and "erasures" of the data folder apart from it.',
    )
  } finally {
    await source.stop()
  }
}
