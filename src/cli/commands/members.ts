import type { Command } from 'commander'
import { peopleContract } from '../../features/people/contract.ts'
import { type Place, throughApi, withExamples } from '../command.ts'
import { misuse } from '../failure.ts'
import { findMember } from '../find.ts'
import { addPageOptions, type PageOptions, sayMore } from '../paging.ts'
import type { ResponseOf } from '../session.ts'
import { facts, moment } from '../show.ts'

/** `baton members`. */
export function addMemberCommands(place: Place): void {
  const group = place.program.command('members').description('People of the company')
  withExamples(group, [
    'npx baton members add wang.fang --name "王芳" --mobile 13800138000',
    'npx baton members list --search 王',
    'npx baton members show wang.fang          with everything held',
    'npx baton members set-destination wang.fang sip:wang@pbx.example.com',
    'npx baton members set-destination wang.fang --none',
  ])
  addList(place, group)
  addAdd(place, group)
  addShow(place, group)
  addSetDestination(place, group)
}

interface ListOptions extends PageOptions {
  readonly search?: string
  readonly status?: string
  readonly role?: string
}

function addList(place: Place, group: Command): void {
  const list = group
    .command('list')
    .description('List members')
    .option('--search <words>', 'Name, pinyin, staff code or last digits of the mobile')
    .option('--status <status>', 'active, suspended, leaving or left')
    .option('--role <role>', 'owner, admin, lead, auditor or member')
    .action(
      throughApi<ListOptions>(place, async ({ output, session, options }) => {
        const { body } = await session.ask(peopleContract.listMembers, { query: { ...options } })
        const rows = body.items.map((item) => [
          item.staffCode,
          item.name,
          item.role,
          item.status,
          item.mobile ?? '',
          item.memberId,
        ])
        output.list(body, ['STAFF CODE', 'NAME', 'ROLE', 'STATUS', 'MOBILE', 'ID'], rows)
        sayMore(output, body.nextCursor)
        return undefined
      }),
    )
  addPageOptions(list)
}

interface AddOptions {
  readonly name: string
  readonly alias?: string
  readonly email?: string
  readonly mobile?: string
  readonly destination?: string
  readonly title?: string
  readonly role?: string
  readonly manager?: string
}

function addAdd(place: Place, group: Command): void {
  group
    .command('add <staff-code>')
    .description('Add a member, who can hold numbers at once')
    .requiredOption('--name <name>', 'Name of the person')
    .option('--alias <name>', 'Name in another script')
    .option('--email <address>', 'E-mail address')
    .option('--mobile <number>', 'The own mobile')
    .option('--destination <address>', 'Where their calls ring: a number or a SIP address')
    .option('--title <title>', 'Job title')
    .option('--role <role>', 'owner, admin, lead, auditor or member; default member')
    .option('--manager <member>', 'Whom the member reports to')
    .action(
      throughApi<AddOptions>(place, async ({ output, session, options }, staffCode) => {
        const { manager, ...given } = options
        const managerId = manager === undefined ? undefined : (await findMember(session, manager)).memberId
        const { body } = await session.ask(peopleContract.createMember, {
          body: { staffCode, ...given, managerId },
        })
        output.result(body, describeMember(body))
        return undefined
      }),
    )
}

function addShow(place: Place, group: Command): void {
  group
    .command('show <member>')
    .description('Show a member with everything held; by staff code, name, e-mail address or id')
    .action(
      throughApi(place, async ({ output, session }, written) => {
        const { memberId } = await findMember(session, written ?? '')
        const { body } = await session.ask(peopleContract.readMember, { params: { memberId } })
        output.result(body, describeMember(body))
        return undefined
      }),
    )
}

interface DestinationOptions {
  readonly none?: true
}

function addSetDestination(place: Place, group: Command): void {
  group
    .command('set-destination <member> [address]')
    .description('Say where the calls of a member ring: a number with its country code, or a SIP address')
    .option('--none', 'Nowhere: callers hear the announcement of the company')
    .action(
      throughApi<DestinationOptions>(
        place,
        async ({ output, session, options }, written = '', address = '') => {
          if ((address === '') !== (options.none === true)) {
            throw misuse('Give either an address or --none.', 'For example: sip:wang@pbx.example.com')
          }
          const { memberId } = await findMember(session, written)
          const { body } = await session.ask(peopleContract.changeMember, {
            params: { memberId },
            body: { destination: options.none === true ? null : address },
          })
          output.result(
            body,
            body.destination === null
              ? `Calls of ${body.name} ring nowhere; callers hear the announcement.`
              : `Calls of ${body.name} ring at ${body.destination} from now on.`,
          )
          return undefined
        },
      ),
    )
}

function describeMember(member: ResponseOf<typeof peopleContract.readMember>): string {
  const about = facts([
    ['Name', member.alias === null ? member.name : `${member.name} (${member.alias})`],
    ['Staff code', member.staffCode],
    ['Role', member.role],
    ['Status', member.leftAt === null ? member.status : `${member.status} since ${moment(member.leftAt)}`],
    ['Title', member.title],
    [
      'Departments',
      member.departments.map((one) => (one.isLead ? `${one.name} (lead)` : one.name)).join(', '),
    ],
    ['Reports to', member.managerName],
    ['E-mail', member.email],
    ['Mobile', member.mobile],
    ['Rings at', member.destination],
    ['Id', member.memberId],
  ])
  if (member.holdings.length === 0) return `${about}\n\nHolds nothing.`
  return `${about}\n\nHolds:\n${member.holdings.map((one) => `  ${one.label}  (${one.kind.replaceAll('_', ' ')})`).join('\n')}`
}
