import { handoversContract } from '../../features/handovers/contract.ts'
import type { LeaverLine, ReadLeaver, ReadLeavers } from '../../features/handovers/model/leavers.ts'
import type { Work } from '../command.ts'
import { type ExitCode, exitCode, misuse } from '../failure.ts'
import { findMember } from '../find.ts'
import { uploadFile } from '../imports/send-file.ts'
import { createLiveLine } from '../live-line.ts'
import { writeOutputFile } from '../output-file.ts'
import type { ResponseOf, Session } from '../session.ts'
import { count, counted, moment } from '../show.ts'
import { harmless, table } from '../text.ts'
import { plansFileFormat } from './plan-file.ts'

export interface LeaversOptions {
  readonly to?: string
  readonly fallback?: string
  readonly effective?: string
  readonly alreadyLeft?: true
  readonly reason?: string
  readonly output?: string
  readonly force?: true
  readonly dryRun?: true
}

type Made = ResponseOf<typeof handoversContract.createHandovers>['items'][number]

const atOnce = 20

/** Makes a plan for each leaver of a file; whoever has one already keeps it, so that the file can be sent again. */
export async function planLeavers(work: Work<LeaversOptions>, file: string): Promise<ExitCode> {
  const { session, options, output } = work
  const read = await decided(session, await uploadFile(session, handoversContract.readLeavers, file), options)
  const ready = read.items.filter(({ group }) => group === 'ready')
  output.say(leaverWords(read))
  if (options.dryRun) {
    output.result(read, 'Nothing was changed: this was a dry run.')
    return exitOf(read, ready.length)
  }
  const made = await makePlans(work, ready)
  const plans = [...made.items, ...planned(read)]
  const result = { plans, needsApproval: made.needsApproval, lines: read.items.filter(isLeftOver) }
  output.result(result, planTable(plans, read))
  if (made.needsApproval)
    output.say('Together these are more than one person may run: a second one has to agree.')
  await tellNext(work, plans)
  return exitOf(read, made.items.filter(({ handover }) => handover !== null).length)
}

/** 3 where something waits to be done, 1 where every line is in the way of itself. */
function exitOf({ items }: ReadLeavers, plans: number): ExitCode {
  if (plans > 0 || items.some(({ group }) => group === 'planned')) return exitCode.pending
  return items.some(isLeftOver) ? exitCode.failed : exitCode.done
}

function isLeftOver({ group }: ReadLeaver): boolean {
  return group === 'choose' || group === 'cannot'
}

/** What the command line says holds for lines that say nothing of it. */
async function decided(session: Session, read: ReadLeavers, options: LeaversOptions): Promise<ReadLeavers> {
  const { to, effective } = options
  if (to === undefined && effective === undefined) return read
  const successorId = to === undefined ? undefined : (await findMember(session, to)).memberId
  const lines = read.items.map(
    ({ line }): LeaverLine => ({
      ...line,
      ...(successorId !== undefined && line.successor === '' ? { successorId } : {}),
      ...(effective !== undefined && line.lastDay === '' ? { effectiveAt: effective } : {}),
    }),
  )
  const { body } = await session.ask(handoversContract.checkLeavers, { body: { lines } })
  return { ...read, items: body.items }
}

async function makePlans(
  { session, options, output }: Work<LeaversOptions>,
  ready: readonly ReadLeaver[],
): Promise<{ items: Made[]; needsApproval: boolean }> {
  const fallbackId =
    options.fallback === undefined ? undefined : (await findMember(session, options.fallback)).memberId
  const line = createLiveLine({ isWanted: !output.json, isTerminal: process.stderr.isTTY === true })
  const items: Made[] = []
  let needsApproval = false
  try {
    for (let from = 0; from < ready.length; from += atOnce) {
      line.show(`${count(from)} of ${counted(ready.length, 'plan')} made`)
      const { body } = await session.ask(handoversContract.createHandovers, {
        body: {
          leavers: ready.slice(from, from + atOnce).flatMap(orderOf),
          unlessLeaving: true,
          fallbackId,
          alreadyLeft: options.alreadyLeft,
          reason: options.reason,
        },
      })
      items.push(...body.items)
      needsApproval ||= body.needsApproval
    }
  } finally {
    line.clear()
  }
  return { items, needsApproval }
}

function orderOf({ leaver, successor, effectiveAt }: ReadLeaver): object[] {
  if (leaver === null) return []
  const when = effectiveAt === null ? {} : { effectiveAt }
  return [{ leaverId: leaver.memberId, successorId: successor?.memberId ?? null, ...when }]
}

/** Those of the file whose handover was under way before. */
function planned({ items }: ReadLeavers): object[] {
  return items.flatMap(({ group, leaver, handover }) =>
    group === 'planned' && leaver && handover ? [{ leaverId: leaver.memberId, handover, isNew: false }] : [],
  )
}

/** How the file was read, line by line, with what is in the way of each. */
function leaverWords({ items, sheet, headerRow, unread }: ReadLeavers): string {
  const place = [
    ...(sheet === '' ? [] : [`sheet "${sheet}"`]),
    headerRow === null ? 'no headers' : `headers in row ${headerRow}`,
  ].join(', ')
  const of = (group: ReadLeaver['group']) => items.filter((item) => item.group === group).length
  const inTheWay = items
    .filter(isLeftOver)
    .flatMap(({ line, problems }) =>
      problems.map(({ title, next }) => harmless(`  ✗ row ${line.row}: ${title} ${next}`)),
    )
  const parts = [
    `${of('ready')} ready`,
    `${of('choose')} to be decided`,
    `${of('cannot')} that cannot leave`,
    `${of('planned')} with a plan`,
  ]
  return [
    `${counted(items.length, 'leaver')} (${place}): ${parts.join(', ')}`,
    ...(unread.length > 0 ? [harmless(`  not read: ${unread.join(', ')}`)] : []),
    ...inTheWay,
  ].join('\n')
}

function planTable(plans: readonly object[], { items }: ReadLeavers): string {
  const rows = (plans as readonly Partial<Made>[]).map(({ leaverId, handover, title, isNew, blockers }) => {
    const line = items.find(({ leaver }) => leaver?.memberId === leaverId)
    const state = handover
      ? `${handover.state.replaceAll('_', ' ')}${isNew ? '' : ' (before)'}`
      : (title ?? '')
    return [
      line?.leaver?.name ?? leaverId ?? '',
      line?.successor?.name ?? '',
      moment(line?.effectiveAt ?? null),
      blockers ? `${state}, ${counted(blockers, 'thing')} in the way` : state,
      handover?.handoverId ?? '',
    ]
  })
  if (rows.length === 0) return 'No plan was made.'
  return table(['LEAVER', 'TO', 'EFFECTIVE', 'STATE', 'ID'], rows)
}

async function tellNext({ options, output }: Work<LeaversOptions>, plans: readonly object[]): Promise<void> {
  const made = (plans as readonly Partial<Made>[]).flatMap(({ handover, planHash }) =>
    handover && planHash ? [{ handoverId: handover.handoverId, planHash }] : [],
  )
  const { output: path, force = false } = options
  if (path === undefined)
    return output.say('\nNothing was done. See one with: npx baton handover show HANDOVER')
  if (made.length === 0) throw misuse('There is no new plan to write to a file.')
  const text = `${JSON.stringify({ format: plansFileFormat, plans: made }, null, 2)}\n`
  await writeOutputFile({ path, force }, piecesOf(text))
  output.say(`\nNothing was done. Apply them with: npx baton handover apply ${path}`)
}

async function* piecesOf(text: string): AsyncGenerator<string> {
  yield text
}
