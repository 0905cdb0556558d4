import type { Command } from 'commander'
import { numbersContract } from '../../features/numbers/contract.ts'
import { type Place, throughApi } from '../command.ts'
import { exitCode } from '../failure.ts'
import { findMember, findNumber } from '../find.ts'
import type { ResponseOf, Session } from '../session.ts'
import { moment } from '../show.ts'

type PhoneNumber = ResponseOf<typeof numbersContract.getNumber>
type MoveOutcome = ResponseOf<typeof numbersContract.assignNumber>

interface MoveOptions {
  readonly to: string
  readonly history?: string
  readonly at?: string
  readonly returnAt?: string
  readonly timeZone?: string
  readonly earliest?: boolean
  readonly overrideCooldown?: string
  readonly expectedHolder?: string
  readonly reason?: string
}

/** `baton numbers assign · reassign · park · undo`. */
export function addMoveCommands(place: Place, group: Command): void {
  addMove(
    place,
    group.command('assign <number>').description('Give a parked number to a member'),
    'assignNumber',
  )
  addMove(
    place,
    group.command('reassign <number>').description('Pass a number to another member'),
    'reassignNumber',
  )
  addPark(place, group)
  addUndo(place, group)
}

function addMove(place: Place, command: Command, route: 'assignNumber' | 'reassignNumber'): void {
  command
    .requiredOption('--to <member>', 'The recipient: staff code, name, e-mail address or id')
    .option('--history <mode>', 'What the recipient sees of the past: keep, hide or delete; default keep')
    .option('--at <time>', 'Move then: 2026-12-01T09:00, a date, or an instant with offset')
    .option('--return-at <time>', 'Lend it: it comes back by itself then')
    .option('--time-zone <zone>', "Time zone of these times; default the company's")
    .option('--earliest', 'Wait for the end of the cool-down if there is one')
    .option('--override-cooldown <reason>', 'Owners: move in spite of the cool-down')
    .option('--expected-holder <member>', 'Refuse unless this member holds it now')
    .option('--reason <text>', 'Why, for the ledger')
    .action(
      throughApi<MoveOptions>(place, async ({ output, session, options }, written) => {
        const { numberId } = await findNumber(session, written ?? '')
        const body = await orderOf(session, options)
        const { body: outcome } = await session.ask(numbersContract[route], { params: { numberId }, body })
        output.result(outcome, wordsOf(outcome))
        return outcome.outcome === 'done' ? undefined : exitCode.pending
      }),
    )
}

async function orderOf(session: Session, options: MoveOptions): Promise<object> {
  const { to, expectedHolder, overrideCooldown, earliest, ...given } = options
  return {
    ...given,
    toMemberId: (await findMember(session, to)).memberId,
    ...(expectedHolder === undefined
      ? {}
      : { expectedHolderId: (await findMember(session, expectedHolder)).memberId }),
    ...(overrideCooldown === undefined ? {} : { overrideCooldown: { reason: overrideCooldown } }),
    ...(earliest ? { when: 'earliest' } : {}),
  }
}

const waitsFor = {
  time: 'its time',
  check: 'a check of the recipient',
  approval: 'the approval of a second person',
} as const

function wordsOf({ outcome, number, move, undoUntil, deleteRequestId }: MoveOutcome): string {
  if (outcome !== 'done') {
    const why = move?.waitsFor ? waitsFor[move.waitsFor] : outcome.replaceAll('_', ' ')
    const request = move?.requestId ? ` Request: ${move.requestId}` : ''
    return `${number.e164} waits for ${why}; due ${moment(move?.dueAt ?? null)}, to ${move?.to.name ?? 'nobody'}.${request}`
  }
  const deletion =
    deleteRequestId === null
      ? ''
      : ` Its history is deleted once a second person approves request ${deleteRequestId}.`
  return `${standing(number)}${undoWords(undoUntil)}${deletion}`
}

function standing({ e164, state, holder }: PhoneNumber): string {
  return holder === null ? `${e164} is ${state}.` : `${e164} is with ${holder.name} now.`
}

function undoWords(undoUntil: string | null): string {
  return undoUntil === null ? '' : ` It can be undone until ${moment(undoUntil)}.`
}

interface ParkOptions {
  readonly expectedHolder?: string
  readonly reason?: string
}

function addPark(place: Place, group: Command): void {
  group
    .command('park <number>')
    .description('Take a number back: the company keeps it, nobody holds it')
    .option('--expected-holder <member>', 'Refuse unless this member holds it now')
    .option('--reason <text>', 'Why, for the ledger')
    .action(
      throughApi<ParkOptions>(place, async ({ output, session, options }, written) => {
        const { numberId } = await findNumber(session, written ?? '')
        const { expectedHolder, reason } = options
        const expectedHolderId =
          expectedHolder === undefined ? undefined : (await findMember(session, expectedHolder)).memberId
        const body = { expectedHolderId, reason }
        const { body: number } = await session.ask(numbersContract.parkNumber, { params: { numberId }, body })
        output.result(number, `${standing(number)}${undoWords(number.undoUntil)}`)
        return undefined
      }),
    )
}

function addUndo(place: Place, group: Command): void {
  group
    .command('undo <number>')
    .description('Undo the latest move of a number')
    .option('--reason <text>', 'Why, for the ledger')
    .action(
      throughApi<{ reason?: string }>(place, async ({ output, session, options }, written) => {
        const { numberId } = await findNumber(session, written ?? '')
        const { body: number } = await session.ask(numbersContract.undoMove, {
          params: { numberId },
          body: { ...options },
        })
        output.result(number, standing(number))
        return undefined
      }),
    )
}
