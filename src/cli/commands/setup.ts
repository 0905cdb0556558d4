import { accountsContract } from '../../features/accounts/contract.ts'
import { type Place, throughApi, withExamples } from '../command.ts'
import { misuse } from '../failure.ts'
import { readPassword } from '../secret-input.ts'
import type { ResponseOf } from '../session.ts'

interface Options {
  readonly owner?: string
  readonly ownerEmail: string
  readonly passwordFile?: string
  readonly slug?: string
  readonly timeZone?: string
  readonly language?: string
  readonly subscription?: string
  readonly licences?: string
}

const setUp = accountsContract.setUp

/** `baton setup`: the first company and its Owner. */
export function addSetupCommand(place: Place): void {
  const setup = place.program
    .command('setup')
    .description('Make the first company and its Owner, while there is none')
    .option('--company <name>', 'Name of the company')
    .option('--owner <name>', 'Name of the Owner; default: the part of the address before the @')
    .requiredOption('--owner-email <address>', 'E-mail address that the Owner signs in with')
    .option(
      '--password-file <file>',
      "File with the Owner's password; - reads standard input; default: ask for it",
    )
    .option('--slug <word>', 'Short name of the company, for addresses and --company')
    .option('--time-zone <zone>', 'IANA time zone; default Asia/Shanghai')
    .option('--language <language>', 'zh or en; default zh')
    .option('--subscription <tier>', 'connect, advanced or max; default connect')
    .option('--licences <count>', 'Numbers that may be in use; default 10')
    .action(
      throughApi<Options>(place, async ({ output, session, options, globals }) => {
        if (globals.company === undefined)
          throw misuse('The new company needs a name.', 'Give it with --company "Acme".')
        const body = { companyName: globals.company, ...(await bodyOf(options)) }
        const { body: answer } = await session.ask(setUp, { body })
        output.result(answer, wordsOf(answer, globals.company))
        output.say('  → Keep the token in a file that only you can read; it is not shown again.')
        return undefined
      }),
    )
  withExamples(setup, [
    'npx baton setup --company "Acme" --owner "Wang Fang" --owner-email wang@example.com',
    'npx baton setup --company "Acme" --owner-email wang@example.com --password-file secret.txt --json',
  ])
}

async function bodyOf(options: Options): Promise<object> {
  const { owner, ownerEmail, slug, timeZone, language, subscription, licences } = options
  const given = {
    slug,
    timeZone,
    language,
    subscription,
    licences: licences === undefined ? undefined : Number(licences),
  }
  return {
    ownerName: owner ?? ownerEmail.split('@')[0],
    ownerEmail,
    ...given,
    password: await readPassword(options.passwordFile, ownerEmail),
  }
}

function wordsOf(answer: ResponseOf<typeof setUp>, name: string): string {
  return [
    `${name} is set up.`,
    `Company: ${answer.companyId} (${answer.slug})`,
    `Owner:   ${answer.memberId}`,
    ...(answer.token === undefined ? [] : [`Token:   ${answer.token}`]),
  ].join('\n')
}
