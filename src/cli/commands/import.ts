import { importsContract } from '../../features/imports/contract.ts'
import type { ImportDetail } from '../../features/imports/model.ts'
import { type Place, throughApi, type Work, withExamples } from '../command.ts'
import { type ExitCode, exitCode, Failure, misuse } from '../failure.ts'
import { findDepartment } from '../find.ts'
import { importWords } from '../imports/import-words.ts'
import { sendFile } from '../imports/send-file.ts'
import { followOperation, sayGoesOn } from '../operations/follow.ts'

interface ImportCommandOptions {
  readonly template?: string
  readonly existing?: string
  readonly department?: string
  readonly country?: string
  readonly fix?: string
  readonly stopOnErrors?: true
  readonly dryRun?: true
  readonly apply?: true
  readonly reason?: string
  readonly wait: boolean
}

/** `baton import`. */
export function addImportCommands(place: Place): void {
  const group = place.program
    .command('import')
    .description('Import members, numbers, records, moves or other systems from a spreadsheet (.xlsx or CSV)')
    .argument('<file>', 'The spreadsheet')
    .option('--template <name>', 'What the rows are, where that is not recognised; see: npx baton template')
    .option('--existing <choice>', 'What becomes of what is there already: overwrite or skip')
    .option(
      '--department <department>',
      'Where members without a department go: path from the top, name or id',
    )
    .option('--country <code>', 'Country of phone numbers without country code, e.g. CN')
    .option('--fix <which>', 'all: repair everything that can be repaired without being asked')
    .option('--stop-on-errors', 'Apply nothing when any row has a problem; else the good rows are applied')
    .option('--dry-run', 'Only show what would happen; nothing is kept')
    .option('--apply', 'Do it')
    .option('--reason <text>', 'Why, for the ledger')
    .option('--no-wait', 'Do not wait for the end: print the id of the operation')
    .action(throughApi<ImportCommandOptions>(place, (work, file = '') => importFile(work, file)))
  withExamples(group, [
    'npx baton import members.xlsx --dry-run',
    'npx baton import members.xlsx --existing skip --fix all --apply',
    'npx baton import undo IMPORT --reason "wrong file"',
  ])
  group
    .command('undo <import>')
    .description('Take an import back, unless something was built on it')
    .option('--reason <text>', 'Why, for the ledger')
    .option('--no-wait', 'Do not wait for the end: print the id of the operation')
    .action(
      throughApi<{ readonly reason?: string; readonly wait: boolean }>(place, async (work, importId = '') => {
        const { reason } = work.options
        const params = { importId }
        const { body } = await work.session.ask(importsContract.undoImport, { params, body: { reason } })
        return follow(work, body, work.options.wait)
      }),
    )
}

async function importFile(work: Work<ImportCommandOptions>, file: string): Promise<ExitCode> {
  const { options, session, output } = work
  const apply = options.apply === true
  if (apply === (options.dryRun === true))
    throw misuse('Say either --dry-run, to see what would happen, or --apply.')
  if (options.fix !== undefined && options.fix !== 'all') throw misuse('--fix takes "all" only.')
  let draft = await sendFile(session, file)
  try {
    draft = await settle(work, draft)
    if (!apply) return await tellDraft(work, draft)
    output.say(`${importWords(draft)}\n`)
    const params = { importId: draft.importId }
    const body = { reason: options.reason }
    draft = (await session.ask(importsContract.applyImport, { params, body })).body
  } catch (error) {
    await discard(work, draft)
    throw error
  }
  return follow(work, draft, options.wait)
}

/** Makes the choices of the command line, and repairs what it may. */
async function settle(work: Work<ImportCommandOptions>, sent: ImportDetail): Promise<ImportDetail> {
  const { options } = work
  const chosen = {
    ...(options.existing === undefined ? {} : { existing: options.existing }),
    ...(options.country === undefined ? {} : { defaultCountry: options.country }),
    ...(options.department === undefined
      ? {}
      : { destinationDepartmentId: (await findDepartment(work.session, options.department)).departmentId }),
    ...(options.stopOnErrors ? { stopOnError: true } : {}),
  }
  let draft = await change(work, sent, {
    step: 'preview',
    ...(options.template === undefined ? {} : { template: options.template }),
    ...(Object.keys(chosen).length === 0 ? {} : { options: chosen }),
  })
  if (options.fix !== 'all') return draft
  // Repairing one thing may bring another to light; that ends, since each repair leaves fewer to do.
  for (let turn = 0; turn < mostTurns; turn += 1) {
    const fixes = draft.problems
      .filter(({ automatic, fixes: [fix] }) => automatic && fix?.fix !== 'skip_row')
      .slice(0, fixesAtOnce)
      .map(({ code, column, about }) => ({ code, column, ...(about === null ? {} : { about }) }))
    if (fixes.length === 0) return draft
    draft = await change(work, draft, { fixes })
  }
  return draft
}

const mostTurns = 20
const fixesAtOnce = 50

async function change(
  { session }: Work<ImportCommandOptions>,
  { importId }: ImportDetail,
  body: object,
): Promise<ImportDetail> {
  return (await session.ask(importsContract.changeImport, { params: { importId }, body })).body
}

async function discard({ session }: Work<ImportCommandOptions>, { importId }: ImportDetail): Promise<void> {
  await session.ask(importsContract.discardImport, { params: { importId } }).catch(() => {})
}

async function tellDraft(work: Work<ImportCommandOptions>, draft: ImportDetail): Promise<ExitCode> {
  const { output, options } = work
  await discard(work, draft)
  output.result(draft, importWords(draft))
  output.say('Nothing was changed: this was a dry run.')
  const { counts, problems } = draft
  if (counts === null) {
    output.say('  → Say what the rows are: --template; the names are listed by: npx baton template')
    return exitCode.failed
  }
  if (counts.conflict > 0 && options.existing === undefined)
    output.say('  → Say what becomes of what is there already: --existing overwrite, or --existing skip')
  if (problems.some(({ code }) => code === 'department_id_unknown'))
    output.say(
      '  → Which department each id stands for is chosen in the console, or by PATCH /v1/imports/{importId}',
    )
  const kept = counts.conflict + counts.error
  if (kept > 0 && (options.stopOnErrors || counts.new + counts.changed === 0)) return exitCode.failed
  return counts.new + counts.changed === 0 ? exitCode.done : exitCode.pending
}

async function follow(
  work: Work<{ readonly wait: boolean }>,
  { operation, undoOperation, importId }: ImportDetail,
  wait: boolean,
): Promise<ExitCode> {
  const begun = undoOperation ?? operation
  if (begun === null) throw new Failure({ title: 'The import has not begun.' })
  if (undoOperation === null) work.output.say(`  → Take it back: npx baton import undo ${importId}`)
  if (begun.state === 'running' && wait) {
    return followOperation(work, {
      operation: begun,
      noun: 'row',
      placeOf: (position, given) => (typeof given?.['row'] === 'number' ? given['row'] : position + 1),
      about: { importId },
    })
  }
  work.output.result({ importId, operation: begun }, begun.operationId)
  sayGoesOn(work, begun.operationId)
  return exitCode.pending
}
