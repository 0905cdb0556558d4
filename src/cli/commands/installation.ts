import type { Command } from 'commander'
import { accountsContract } from '../../features/accounts/contract.ts'
import { type Place, throughApi, withExamples } from '../command.ts'
import { addPageOptions, type PageOptions, sayMore } from '../paging.ts'
import { moment } from '../show.ts'

/** `baton installation`: what concerns all companies of this machine. */
export function addInstallationCommands(place: Place): void {
  const group = place.program
    .command('installation')
    .description('What concerns all companies here, for the operator of this machine')
    .command('token')
    .description('Tokens that look up routes in all companies, for a SIP proxy')
  withExamples(group, [
    'npx baton installation token create --name "SIP proxy" > proxy-token.txt',
    'npx baton installation token list',
    'npx baton installation token revoke 0190a000-0000-7000-8000-000000000001',
  ])
  addCreate(place, group)
  addList(place, group)
  addRevoke(place, group)
}

interface CreateOptions {
  readonly name: string
  readonly expires?: string
}

function addCreate(place: Place, group: Command): void {
  group
    .command('create')
    .description('Make a token of the installation; it is shown once, on standard output')
    .requiredOption('--name <name>', 'What the token is for')
    .option('--expires <instant>', 'When it ends, with offset: 2027-01-01T00:00:00+08:00')
    .action(
      throughApi<CreateOptions>(place, async ({ output, session, options }) => {
        const { name, expires: expiresAt } = options
        const { body } = await session.ask(accountsContract.createInstallationToken, {
          body: { name, expiresAt },
        })
        output.result(body, body.token ?? '')
        output.say(
          '  → Keep it in a file that only the machine it is for can read; it is not shown again. It works at GET /v1/routes/{e164}.',
        )
        return undefined
      }),
    )
}

function addList(place: Place, group: Command): void {
  const list = group
    .command('list')
    .description('List the tokens of the installation, the newest first')
    .action(
      throughApi<PageOptions>(place, async ({ output, session, options }) => {
        const { body } = await session.ask(accountsContract.listInstallationTokens, {
          query: { ...options },
        })
        const rows = body.items.map((item) => [
          item.name,
          item.createdBy,
          moment(item.createdAt),
          moment(item.lastUsedAt),
          item.revokedAt === null ? moment(item.expiresAt) : `revoked ${moment(item.revokedAt)}`,
          item.tokenId,
        ])
        output.list(body, ['NAME', 'MADE BY', 'MADE', 'LAST USED', 'ENDS', 'ID'], rows)
        sayMore(output, body.nextCursor)
        return undefined
      }),
    )
  addPageOptions(list)
}

function addRevoke(place: Place, group: Command): void {
  group
    .command('revoke <id>')
    .description('End a token of the installation; it is refused from its next request on')
    .action(
      throughApi(place, async ({ output, session }, tokenId = '') => {
        await session.ask(accountsContract.revokeInstallationToken, { params: { tokenId } })
        output.result({ tokenId }, `The token ${tokenId} is refused from now on.`)
        return undefined
      }),
    )
}
