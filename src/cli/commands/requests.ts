import type { Command } from 'commander'
import { requestsContract } from '../../features/requests/contract.ts'
import { type Place, throughApi, withExamples } from '../command.ts'
import { addPageOptions, type PageOptions, sayMore } from '../paging.ts'
import { moment } from '../show.ts'

/** `baton requests`. */
export function addRequestCommands(place: Place): void {
  const group = place.program.command('requests').description('What waits for a second person')
  withExamples(group, [
    'npx baton requests list --state open',
    'npx baton requests approve REQUEST --reason "checked with HR"',
    'npx baton requests reject REQUEST --reason "not agreed"',
  ])
  addList(place, group)
  addApprove(place, group)
  addReject(place, group)
}

interface ListOptions extends PageOptions {
  readonly state?: string
  readonly kind?: string
}

function addList(place: Place, group: Command): void {
  const list = group
    .command('list')
    .description('List requests, newest first')
    .option('--state <state>', 'open, approved, rejected or withdrawn')
    .option('--kind <kind>', 'delete_history, over_limit, proposal or country_check')
    .action(
      throughApi<ListOptions>(place, async ({ output, session, options }) => {
        const { body } = await session.ask(requestsContract.listRequests, { query: { ...options } })
        const rows = body.items.map((item) => [
          item.kind.replaceAll('_', ' '),
          item.state,
          item.subjectLabel ?? item.subjectId,
          item.requestedByName ?? item.requestedBy,
          moment(item.createdAt),
          item.requestId,
        ])
        output.list(body, ['KIND', 'STATE', 'ABOUT', 'ASKED BY', 'AT', 'ID'], rows)
        sayMore(output, body.nextCursor)
        return undefined
      }),
    )
  addPageOptions(list)
}

interface DecideOptions {
  readonly reason?: string
  readonly evidence?: string
}

function addApprove(place: Place, group: Command): void {
  group
    .command('approve <request>')
    .description('Approve as the second person; what was asked for happens in the same moment')
    .option('--reason <text>', 'Why, for the ledger')
    .option('--evidence <text>', 'What was checked and how; needed for a country check')
    .action(
      throughApi<DecideOptions>(place, async ({ output, session, options }, requestId = '') => {
        const { body } = await session.ask(requestsContract.approveRequest, {
          params: { requestId },
          body: { ...options },
        })
        output.result(body, 'Approved.')
        return undefined
      }),
    )
}

function addReject(place: Place, group: Command): void {
  group
    .command('reject <request>')
    .description('Reject what was asked for')
    .requiredOption('--reason <text>', 'Why not, for the ledger')
    .action(
      throughApi<DecideOptions>(place, async ({ output, session, options }, requestId = '') => {
        const { body } = await session.ask(requestsContract.rejectRequest, {
          params: { requestId },
          body: { ...options },
        })
        output.result(body, 'Rejected.')
        return undefined
      }),
    )
}
