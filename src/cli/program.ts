import { Command, CommanderError, Option } from 'commander'
import { examplesFor, type Place, withExamples } from './command.ts'
import { type ExitCode, exitCode, explain } from './failure.ts'
import { createOutput, wantsColor } from './output.ts'
import { readVersion } from './running/place.ts'
import type { GlobalOptions } from './session.ts'

/**
 * Runs one command line.
 * @returns 0 done, 1 failed, 2 called wrongly, 3 accepted but waiting, 130 interrupted
 */
export async function runProgram(args: readonly string[]): Promise<ExitCode> {
  let ended: ExitCode = exitCode.done
  const program = await createProgram(args, (code) => {
    ended = code
  })
  try {
    await program.parseAsync(args, { from: 'user' })
    return ended
  } catch (error) {
    if (error instanceof CommanderError) return endOfParsing(error)
    const { json = false, color = true } = program.opts<GlobalOptions>()
    const failure = explain(error)
    createOutput({ json, quiet: false, color: wantsColor(color) }).fail(failure)
    return failure.exitCode
  }
}

// Commander has said already what is wrong; help that was asked for is no failure.
function endOfParsing(error: CommanderError): ExitCode {
  return error.exitCode === 0 ? exitCode.done : exitCode.usage
}

async function createProgram(args: readonly string[], end: (code: ExitCode) => void): Promise<Command> {
  const program = new Command('baton')
    .description('Passes on everything a person holds: company numbers first.')
    .version(await readVersion(), '-V, --version', 'Show the version')
    .option('--json', 'Answer in JSON, for scripts')
    .option('-q, --quiet', 'Say only what was asked for')
    .addOption(new Option('--no-color', 'Use no colours (also: NO_COLOR)'))
    .option('--company <slug|id>', 'The company to act in; not needed where there is one only')
    .option('--token-file <file>', 'File with an API token (also: BATON_TOKEN_FILE)')
    .helpOption('-h, --help', 'Show help')
    .helpCommand('help [command]', 'Show help for a command')
    .configureHelp({ showGlobalOptions: true, sortSubcommands: false })
    .exitOverride()
    .showHelpAfterError('Run with --help to see how it is used.')
  withExamples(program, [
    'npx baton start                                      run Baton on http://localhost:4400',
    'npx baton setup --company "Acme" --owner "Wang Fang" --owner-email wang@example.com',
    'npx baton numbers add "+86 138 0013 8000"            own a number',
    'npx baton numbers assign 13800138000 --to wang.fang  give it to a member',
    'npx baton numbers custody 13800138000                who held it, all along',
  ])
  program.addHelpText('beforeAll', ({ command }) => examplesFor(command))
  program.addHelpText(
    'after',
    '\nExit codes: 0 done, 1 failed, 2 called wrongly, 3 accepted but waiting, 130 interrupted.',
  )
  for (const add of await groupsFor(args)) add({ program, end })
  return program
}

type AddGroup = (place: Place) => void

const groups: Readonly<Record<string, () => Promise<AddGroup>>> = {
  start: async () => (await import('./commands/server.ts')).addServerCommands,
  worker: async () => (await import('./commands/server.ts')).addServerCommands,
  setup: async () => (await import('./commands/setup.ts')).addSetupCommand,
  sample: async () => (await import('./commands/sample.ts')).addSampleCommands,
  backup: async () => (await import('./commands/backup.ts')).addBackupCommand,
  restore: async () => (await import('./commands/restore.ts')).addRestoreCommand,
  doctor: async () => (await import('./commands/doctor.ts')).addDoctorCommand,
  company: async () => (await import('./commands/company.ts')).addCompanyCommands,
  members: async () => (await import('./commands/members.ts')).addMemberCommands,
  numbers: async () => (await import('./commands/numbers.ts')).addNumberCommands,
  route: async () => (await import('./commands/route.ts')).addRouteCommand,
  operations: async () => (await import('./commands/operations.ts')).addOperationCommands,
  records: async () => (await import('./commands/records.ts')).addRecordCommands,
  import: async () => (await import('./commands/import.ts')).addImportCommands,
  template: async () => (await import('./commands/template.ts')).addTemplateCommand,
  requests: async () => (await import('./commands/requests.ts')).addRequestCommands,
  handover: async () => (await import('./commands/handover.ts')).addHandoverCommands,
  receipt: async () => (await import('./commands/receipt.ts')).addReceiptCommands,
  audit: async () => (await import('./commands/audit.ts')).addAuditCommands,
  token: async () => (await import('./commands/token.ts')).addTokenCommands,
  installation: async () => (await import('./commands/installation.ts')).addInstallationCommands,
  owner: async () => (await import('./commands/owner.ts')).addOwnerCommands,
}

// A command loads its own group only, so that it starts quickly; help and mistyped words need all of them.
async function groupsFor(args: readonly string[]): Promise<ReadonlySet<AddGroup>> {
  const named = Object.keys(groups).filter((name) => args.includes(name))
  const wanted = named.length > 0 && !args.includes('help') ? named : Object.keys(groups)
  return new Set(await Promise.all(wanted.map((name) => groups[name]?.() ?? (() => {}))))
}
