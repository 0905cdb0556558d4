import { accountsContract } from '../../features/accounts/contract.ts'
import { type Place, throughApi, withExamples } from '../command.ts'
import { readPassword } from '../secret-input.ts'
import { counted } from '../show.ts'

interface ResetOptions {
  readonly email: string
  readonly passwordFile?: string
  readonly reason?: string
}

/** `baton owner`: the way back in, for whoever runs the machine. */
export function addOwnerCommands(place: Place): void {
  const group = place.program.command('owner').description('Help an Owner who cannot sign in')
  withExamples(group, [
    'npx baton owner reset --email wang@example.com',
    'npx baton owner reset --email wang@example.com --password-file secret.txt --reason "phone lost"',
  ])
  group
    .command('reset')
    .description(
      'On the machine itself: give an Owner a new password and end the sessions; recorded in the ledger',
    )
    .requiredOption('--email <address>', 'E-mail address of the Owner')
    .option(
      '--password-file <file>',
      'File with the new password; - reads standard input; default: ask for it',
    )
    .option('--reason <text>', 'Why, for the ledger')
    .action(
      throughApi<ResetOptions>(place, async ({ output, session, options }) => {
        const companyId = await session.companyId()
        const password = await readPassword(options.passwordFile, options.email)
        const body = { companyId, email: options.email, password, reason: options.reason }
        const { body: done } = await session.ask(accountsContract.resetOwner, { body })
        output.result(
          done,
          `${options.email} has a new password; ${counted(done.endedSessions, 'session')} ended.`,
        )
        return undefined
      }),
    )
}
