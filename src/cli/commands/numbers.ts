import type { Command } from 'commander'
import { numbersContract } from '../../features/numbers/contract.ts'
import { type Place, throughApi, withExamples } from '../command.ts'
import { findMember, findNumber } from '../find.ts'
import { addPageOptions, type PageOptions, sayMore } from '../paging.ts'
import { moment } from '../show.ts'
import { addMoveManyCommand } from './move-many.ts'
import { addMoveCommands } from './moves.ts'

/** `baton numbers`. */
export function addNumberCommands(place: Place): void {
  const group = place.program
    .command('numbers')
    .description('Phone numbers of the company and who holds them')
  withExamples(group, [
    'npx baton numbers add "+86 138 0013 8000" --label "Support"',
    'npx baton numbers assign 13800138000 --to wang.fang',
    'npx baton numbers reassign 13800138000 --to li.lei --history hide --reason "left the company"',
    'npx baton numbers move --file moves.csv --dry-run',
    'npx baton numbers move --file moves.csv --history hide --reason "team dissolved"',
    'npx baton numbers park 13800138000',
    'npx baton numbers undo 13800138000',
    'npx baton numbers custody 13800138000 --at 2026-03-01T12:00:00+08:00',
    'npx baton numbers list --state parked --json',
  ])
  addList(place, group)
  addAdd(place, group)
  addMoveCommands(place, group)
  addMoveManyCommand(place, group)
  addCustody(place, group)
}

interface ListOptions extends PageOptions {
  readonly search?: string
  readonly state?: string
  readonly holder?: string
  readonly sort?: string
}

function addList(place: Place, group: Command): void {
  const list = group
    .command('list')
    .description('List numbers')
    .option('--search <text>', 'Any digits of the number, or words of its label')
    .option('--state <state>', 'held, parked or released; default: all but released')
    .option('--holder <member>', 'Only those that this member holds')
    .option('--sort <order>', 'createdAt, -createdAt, e164 or -e164')
    .action(
      throughApi<ListOptions>(place, async ({ output, session, options }) => {
        const { holder, ...query } = options
        const holderId = holder === undefined ? undefined : (await findMember(session, holder)).memberId
        const { body } = await session.ask(numbersContract.listNumbers, { query: { ...query, holderId } })
        const rows = body.items.map((item) => [
          item.e164,
          item.state,
          item.holder?.name ?? '',
          moment(item.heldSince),
          item.label ?? '',
          item.numberId,
        ])
        output.list(body, ['NUMBER', 'STATE', 'HOLDER', 'SINCE', 'LABEL', 'ID'], rows)
        sayMore(output, body.nextCursor)
        return undefined
      }),
    )
  addPageOptions(list)
}

interface AddOptions {
  readonly label?: string
  readonly country?: string
  readonly type?: string
}

function addAdd(place: Place, group: Command): void {
  group
    .command('add <number>')
    .description('Add a number that the company owns; it starts parked')
    .option('--label <text>', 'What the number is for')
    .option('--country <code>', 'Country to read a number without country code in; default CN')
    .option('--type <type>', 'mobile, landline or toll_free; default: what the numbering plan says')
    .action(
      throughApi<AddOptions>(place, async ({ output, session, options }, number) => {
        const { body } = await session.ask(numbersContract.addNumber, { body: { number, ...options } })
        output.result(body, `${body.e164} is the company's now, parked.`)
        output.say(`  → Give it to a member: npx baton numbers assign ${body.e164} --to MEMBER`)
        return undefined
      }),
    )
}

interface CustodyOptions {
  readonly at?: string
}

function addCustody(place: Place, group: Command): void {
  group
    .command('custody <number>')
    .description('Who held a number, all along or at one time')
    .option('--at <instant>', 'With offset: 2026-03-01T12:00:00+08:00')
    .action(
      throughApi<CustodyOptions>(place, async ({ output, session, options }, written) => {
        const { numberId } = await findNumber(session, written ?? '')
        const { body } = await session.ask(numbersContract.getCustody, {
          params: { numberId },
          query: { at: options.at },
        })
        const rows = body.items.map((item) => [
          moment(item.from),
          item.to === null ? 'now' : moment(item.to),
          item.holder?.name ?? `(${item.state})`,
          item.cause,
        ])
        output.list(body, ['FROM', 'TO', 'HOLDER', 'BY'], rows)
        return undefined
      }),
    )
}
