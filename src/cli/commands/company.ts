import type { Command } from 'commander'
import { accountsContract } from '../../features/accounts/contract.ts'
import { companiesContract } from '../../features/companies/contract.ts'
import { type Place, throughApi, withExamples } from '../command.ts'
import { misuse } from '../failure.ts'
import { addPageOptions, type PageOptions, sayMore } from '../paging.ts'
import { counted, facts, moment } from '../show.ts'

/** `baton company`. */
export function addCompanyCommands(place: Place): void {
  const group = place.program.command('company').description('The company, its subscription and licences')
  withExamples(group, [
    'npx baton company show',
    'npx baton company list                    all companies here',
    'npx baton company create --company "Globex" --owner "Li Lei" --owner-email li@example.com',
  ])
  addShow(place, group)
  addList(place, group)
  addCreate(place, group)
}

function addShow(place: Place, group: Command): void {
  group
    .command('show', { isDefault: true })
    .description('Show the company')
    .action(
      throughApi(place, async ({ output, session }) => {
        const { body: company } = await session.ask(companiesContract.readCompany)
        const { body: subscription } = await session.ask(companiesContract.readSubscription)
        const { body: licences } = await session.ask(companiesContract.readLicences)
        const words = facts([
          ['Company', `${company.name} (${company.slug})`],
          ['Time zone', company.timeZone],
          ['Language', company.language],
          ['Subscription', `${subscription.tier}: up to ${counted(subscription.cap, 'number')} per member`],
          ['Licences', `${licences.used} of ${licences.total} in use`],
          ['Cool-down', counted(company.policies.cooldownMinutes, 'minute')],
          ['Undo', `for ${counted(company.policies.undoWindowHours, 'hour')}`],
          ['Since', moment(company.createdAt)],
          ['Id', company.companyId],
        ])
        output.result({ ...company, subscription, licences }, words)
        return undefined
      }),
    )
}

function addList(place: Place, group: Command): void {
  const list = group
    .command('list')
    .description('List the companies that you may act in; for the operator of this machine all')
    .action(
      throughApi<PageOptions>(place, async ({ output, session, options }) => {
        const { body } = await session.ask(accountsContract.listCompanies, { query: { ...options } })
        output.list(
          body,
          ['SHORT NAME', 'NAME', 'ID'],
          body.items.map((item) => [item.slug, item.name, item.companyId]),
        )
        sayMore(output, body.nextCursor)
        return undefined
      }),
    )
  addPageOptions(list)
}

interface CreateOptions {
  readonly owner: string
  readonly ownerEmail: string
  readonly slug?: string
}

function addCreate(place: Place, group: Command): void {
  group
    .command('create')
    .description('Make a further company and its Owner, as the operator of this machine')
    .option('--company <name>', 'Name of the company')
    .requiredOption('--owner <name>', 'Name of the Owner')
    .requiredOption(
      '--owner-email <address>',
      'E-mail address of the Owner, who gets a sign-in link or has an account',
    )
    .option('--slug <word>', 'Short name, for addresses and --company')
    .action(
      throughApi<CreateOptions>(place, async ({ output, session, options, globals }) => {
        if (globals.company === undefined)
          throw misuse('The new company needs a name.', 'Give it with --company "Globex".')
        const body = {
          companyName: globals.company,
          ownerName: options.owner,
          ownerEmail: options.ownerEmail,
          slug: options.slug,
        }
        const { body: made } = await session.ask(accountsContract.createCompany, { body })
        const words = facts([
          ['Company', `${made.companyId} (${made.slug})`],
          ['Owner', made.memberId],
          ['Token', made.token],
        ])
        output.result(made, words)
        return undefined
      }),
    )
}
