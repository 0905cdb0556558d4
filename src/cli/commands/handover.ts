import type { Command } from 'commander'
import { handoversContract } from '../../features/handovers/contract.ts'
import type { Plan } from '../../features/handovers/model/plan.ts'
import { Difference, type HandoverDetail } from '../../features/handovers/model.ts'
import { type Place, throughApi, type Work, withExamples } from '../command.ts'
import { type ExitCode, exitCode, Failure, misuse } from '../failure.ts'
import { findMember } from '../find.ts'
import { gather } from '../handovers/gather.ts'
import { differenceWords, handoverWords, planWords, progressWords } from '../handovers/handover-words.ts'
import { planLeavers } from '../handovers/leavers.ts'
import { type PlanFile, planFileFormat, readPlanFile } from '../handovers/plan-file.ts'
import { watchHandover } from '../handovers/watch.ts'
import { writeOutputFile } from '../output-file.ts'
import { addPageOptions, type PageOptions, sayMore } from '../paging.ts'
import type { Session } from '../session.ts'
import { counted, moment } from '../show.ts'
import { terminalColumns } from '../text.ts'

/** `baton handover`. */
export function addHandoverCommands(place: Place): void {
  const group = place.program
    .command('handover')
    .description('Pass on everything that a member holds: plan, apply, watch, undo')
  withExamples(group, [
    'npx baton handover plan --leaver wang.fang --to li.lei --output plan.json',
    'npx baton handover plan --leavers leavers.xlsx --output plans.json',
    'npx baton handover apply plan.json',
    'npx baton handover show HANDOVER',
    'npx baton handover undo HANDOVER --reason "she stays after all"',
  ])
  addPlan(place, group)
  addApply(place, group)
  addApprove(place, group)
  addList(place, group)
  addShow(place, group)
  addUndo(place, group)
}

interface PlanOptions {
  readonly leaver?: string
  readonly leavers?: string
  readonly dryRun?: true
  readonly to?: string
  readonly fallback?: string
  readonly kind?: string
  readonly effective?: string
  readonly until?: string
  readonly alreadyLeft?: true
  readonly reason?: string
  readonly output?: string
  readonly force?: true
}

function addPlan(place: Place, group: Command): void {
  group
    .command('plan')
    .description(
      'Show what a handover would do; nothing is done. Exit code 3 when there is something to hand over',
    )
    .option('--leaver <member>', 'Whose holdings pass on: staff code, e-mail, name or id')
    .option(
      '--leavers <file>',
      'Several leavers of a spreadsheet (.xlsx or CSV), each to the own manager; the form: npx baton template leavers',
    )
    .option(
      '--to <member>',
      'Who gets everything; without, what can be parked is parked. Of --leavers: instead of the manager',
    )
    .option('--fallback <member>', 'Who gets what the successor cannot take')
    .option('--kind <kind>', 'leave, move or loan; default leave')
    .option('--effective <instant>', 'When it takes effect, e.g. 2026-11-30T18:00:00+08:00; default at once')
    .option('--until <instant>', 'When a loan comes back')
    .option('--already-left', 'The leaver is gone and helps with nothing any more')
    .option('--reason <text>', 'Why, for the ledger')
    .option('--dry-run', 'Of --leavers: only read the file, and make no plans')
    .option('-o, --output <file>', 'Write the plan to a file, to be applied later')
    .option('--force', 'Overwrite the file if it is there')
    .action(throughApi<PlanOptions>(place, planOneOrMany))
}

function planOneOrMany(work: Work<PlanOptions>): Promise<ExitCode> {
  const { leaver, leavers, kind, until, dryRun } = work.options
  if ((leaver === undefined) === (leavers === undefined))
    throw misuse('Say either --leaver, for one person, or --leavers, for a file of several.')
  if (leavers === undefined) {
    if (dryRun) throw misuse('--dry-run is for --leavers; the plan of one leaver does nothing anyway.')
    return planHandover(work, leaver ?? '')
  }
  if (until !== undefined || (kind ?? 'leave') !== 'leave')
    throw misuse('--leavers is for people who leave: --kind and --until are not for it.')
  return planLeavers(work, leavers)
}

async function planHandover(
  { output, session, options }: Work<PlanOptions>,
  leaver: string,
): Promise<ExitCode> {
  const body = {
    kind: options.kind,
    leaverId: (await findMember(session, leaver)).memberId,
    defaultSuccessorId: await idOf(session, options.to),
    fallbackId: await idOf(session, options.fallback),
    effectiveAt: options.effective,
    endsAt: options.until,
    alreadyLeft: options.alreadyLeft,
    reason: options.reason,
  }
  const { handoverId } = (await session.ask(handoversContract.createHandover, { body })).body
  const plan = await wholePlan(session, handoverId)
  if (plan.total === 0) {
    await session.ask(handoversContract.cancelHandover, { params: { handoverId }, body: {} })
    output.result(plan, 'There is nothing to hand over.')
    return exitCode.done
  }
  const { output: file, force = false } = options
  const text = `${JSON.stringify({ format: planFileFormat, ...plan }, null, 2)}\n`
  if (file !== undefined) await writeOutputFile({ path: file, force }, piecesOf(text))
  output.result(plan, planWords(plan, terminalColumns()))
  output.say(
    file === undefined
      ? `\nNothing was done. The handover: ${handoverId}`
      : `\nNothing was done. Apply it with: npx baton handover apply ${file}`,
  )
  return exitCode.pending
}

async function idOf(session: Session, written: string | undefined): Promise<string | undefined> {
  return written === undefined ? undefined : (await findMember(session, written)).memberId
}

async function* piecesOf(text: string): AsyncGenerator<string> {
  yield text
}

async function wholePlan(session: Session, handoverId: string): Promise<Plan> {
  const params = { handoverId }
  const ask = async (cursor: string | undefined) =>
    (await session.ask(handoversContract.getPlan, { params, query: { limit: 1000, cursor } })).body
  const first = await ask(undefined)
  const items = [...first.items]
  for (let next = first.nextCursor; next !== null; ) {
    const page = await ask(next)
    items.push(...page.items)
    next = page.nextCursor
  }
  return { ...first, items, nextCursor: null }
}

interface ApplyOptions {
  readonly despiteBlockers?: true
  readonly reason?: string
  readonly wait: boolean
}

function addApply(place: Place, group: Command): void {
  group
    .command('apply <plan>')
    .description(
      'Do exactly what a plan says; where the world has changed meanwhile, stop and show the difference',
    )
    .option('--despite-blockers', 'Do the rest where some items cannot be done')
    .option('--reason <text>', 'Why, for the ledger')
    .option('--no-wait', 'Do not wait for the end')
    .action(throughApi<ApplyOptions>(place, applyPlans))
}

const wantsOthers: ReadonlySet<unknown> = new Set([
  'handover.needs_approval',
  'handover.over_leavers',
  'handover.over_moves',
  'handover.needs_acceptance',
])

/** Several plans go one after the other; one that is refused keeps none of the others up. */
async function applyPlans(work: Work<ApplyOptions>, file = ''): Promise<ExitCode> {
  const plans = await readPlanFile(file)
  const [only, ...others] = plans
  if (only && others.length === 0) return applyPlan(work, only)
  const ends: ExitCode[] = []
  const gathered = gather(work.output)
  for (const plan of plans) {
    try {
      ends.push(await applyPlan({ ...work, output: gathered.output }, plan))
    } catch (error) {
      if (!(error instanceof Failure) || error.problem['code'] === undefined) throw error
      gathered.output.fail(error)
      ends.push(exitCode.failed)
    }
  }
  gathered.tell()
  if (ends.includes(exitCode.failed)) return exitCode.failed
  return ends.includes(exitCode.pending) ? exitCode.pending : exitCode.done
}

async function applyPlan(work: Work<ApplyOptions>, { handoverId, planHash }: PlanFile): Promise<ExitCode> {
  const { output, session, options } = work
  const params = { handoverId }
  const about = { planHash, reason: options.reason }
  try {
    const body = { ...about, despiteBlockers: options.despiteBlockers }
    await session.ask(handoversContract.runHandover, { params, body })
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    if (error.problem['code'] === 'handover.plan_changed') throw withDifference(error)
    if (!wantsOthers.has(error.problem['code'])) throw error
    const { body } = await session.ask(handoversContract.submitHandover, { params, body: about })
    output.say(`${error.message} They were asked.`)
    output.result(body, handoverWords(body))
    return exitCode.pending
  }
  if (!options.wait) {
    output.result({ handoverId }, handoverId)
    return exitCode.pending
  }
  return tellEnd(work, await watchHandover(session, handoverId, output))
}

function withDifference(error: Failure): Failure {
  const difference = Difference.safeParse(error.problem['difference'])
  if (!difference.success) return error
  return new Failure({
    title: `${error.message}\n${differenceWords(difference.data)}`,
    next: 'Make the plan again, look at it, and apply that one.',
    problem: error.problem,
  })
}

function tellEnd({ output }: Pick<Work<object>, 'output'>, handover: HandoverDetail): ExitCode {
  output.result(handover, handoverWords(handover))
  const { state, handoverId } = handover
  if (state === 'finished' || state === 'closed') {
    output.say(`\nThe receipt: npx baton receipt get ${handoverId} --output receipt.json`)
    return exitCode.done
  }
  return state === 'undone' ? exitCode.done : exitCode.pending
}

function addApprove(place: Place, group: Command): void {
  group
    .command('approve <plan>')
    .description('Approve exactly this plan as the second person')
    .option('--reason <text>', 'Why, for the ledger')
    .action(
      throughApi<{ reason?: string }>(place, async ({ output, session, options }, file = '') => {
        const plans = await readPlanFile(file)
        const gathered = plans.length > 1 ? gather(output) : { output, tell: () => {} }
        for (const { handoverId, planHash } of plans) {
          const params = { handoverId }
          const body = { planHash, reason: options.reason }
          const answer = await session.ask(handoversContract.approveHandover, { params, body })
          gathered.output.result(answer.body, `Approved. ${progressWords(answer.body)}`)
        }
        gathered.tell()
        return undefined
      }),
    )
}

interface ListOptions extends PageOptions {
  readonly state?: string
  readonly kind?: string
}

function addList(place: Place, group: Command): void {
  const list = group
    .command('list')
    .description('List handovers, newest first')
    .option('--state <state>', 'e.g. draft, running, finished or undone')
    .option('--kind <kind>', 'leave, move or loan')
    .action(
      throughApi<ListOptions>(place, async ({ output, session, options }) => {
        const { body } = await session.ask(handoversContract.listHandovers, { query: { ...options } })
        const rows = body.items.map((one) => [
          one.leaver.name,
          one.kind,
          progressWords(one),
          one.defaultSuccessor?.name ?? '',
          moment(one.effectiveAt),
          one.handoverId,
        ])
        output.list(body, ['LEAVER', 'KIND', 'STATE', 'TO', 'EFFECTIVE', 'ID'], rows)
        sayMore(output, body.nextCursor)
        return undefined
      }),
    )
  addPageOptions(list)
}

function addShow(place: Place, group: Command): void {
  group
    .command('show <handover>')
    .description('Show a handover and how far it is')
    .action(
      throughApi(place, async ({ output, session }, handoverId = '') => {
        const { body } = await session.ask(handoversContract.getHandover, { params: { handoverId } })
        output.result(body, handoverWords(body))
        return undefined
      }),
    )
}

interface UndoOptions {
  readonly dryRun?: true
  readonly reason?: string
  readonly wait: boolean
}

function addUndo(place: Place, group: Command): void {
  group
    .command('undo <handover>')
    .description('Bring back what was before, inside the undo window')
    .option('--dry-run', 'Only say what could not be brought back')
    .option('--reason <text>', 'Why, for the ledger')
    .option('--no-wait', 'Do not wait for the end')
    .action(
      throughApi<UndoOptions>(place, async (work, handoverId = '') => {
        const { output, session, options } = work
        const { dryRun = false, reason } = options
        const params = { handoverId }
        const { body } = await session.ask(handoversContract.undoHandover, {
          params,
          body: { dryRun, reason },
        })
        const lost = body.lost.map(
          ({ kind, label, why }) => `  ${kind.replaceAll('_', ' ')} ${label ?? '(erased)'}: ${why}`,
        )
        const words = [
          `${counted(body.items, 'item')} taken back, ${counted(body.lostTotal, 'thing')} that cannot be.`,
          ...lost,
        ].join('\n')
        if (dryRun || !options.wait) {
          output.result(body, words)
          return dryRun ? exitCode.done : exitCode.pending
        }
        output.say(words)
        return tellEnd(work, await watchHandover(session, handoverId, output))
      }),
    )
}
