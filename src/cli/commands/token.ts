import { accountsContract } from '../../features/accounts/contract.ts'
import { permissionNames } from '../../kernel/permission.ts'
import { type Place, throughApi, withExamples } from '../command.ts'
import { findMember } from '../find.ts'

interface CreateOptions {
  readonly name: string
  readonly scope?: string[]
  readonly member?: string
  readonly expires?: string
}

/** `baton token`. */
export function addTokenCommands(place: Place): void {
  const group = place.program.command('token').description('API tokens')
  withExamples(group, [
    'npx baton token create --name "HR sync" --scope members:read members:write --member wang.fang',
    'npx baton token create --name routing --scope routes:read --member wang.fang > token.txt',
  ])
  group
    .command('create')
    .description('Make an API token; it is shown once, on standard output')
    .requiredOption('--name <name>', 'What the token is for')
    .requiredOption('--scope <permission...>', `What it may do: ${permissionNames.join(', ')}`)
    .option('--member <member>', 'The member it acts for; needed on the socket, else the own member')
    .option('--expires <instant>', 'When it ends, with offset: 2027-01-01T00:00:00+08:00')
    .action(
      throughApi<CreateOptions>(place, async ({ output, session, options }) => {
        const { name, scope: scopes, member, expires: expiresAt } = options
        const memberId = member === undefined ? undefined : (await findMember(session, member)).memberId
        const { body } = await session.ask(accountsContract.createApiToken, {
          body: { name, scopes, expiresAt, memberId },
        })
        output.result(body, body.token ?? '')
        output.say(
          '  → Keep it in a file that only you can read, and name that file in --token-file; it is not shown again.',
        )
        return undefined
      }),
    )
}
