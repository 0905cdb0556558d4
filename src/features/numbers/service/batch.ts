import { isCompanyCaller, personOf } from '../../../kernel/caller.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { Reply } from '../../../platform/http/bind.ts'
import { parsePhone } from '../../../platform/phone/phone.ts'
import type { Policies } from '../../companies/index.ts'
import { beginOperation, expectedFinish, type PlannedItem, readOperation } from '../../operations/index.ts'
import { openRequest } from '../../requests/index.ts'
import { membersOf, membersOfStaffCodes, numbersOfLines } from '../batch-views.ts'
import { type BatchPlan, batchRefusal, type NewBatch, type PlannedMove } from '../model/batches.ts'
import {
  type BatchChoice,
  type BatchMove,
  changeOf,
  type Decided,
  type Slicing,
  sliceChanges,
} from '../rules/batch.ts'
import type { MoveDecision } from '../rules/may-move.ts'
import { decideBatch, type LoadedBatch, loadBatch } from './batch-facts.ts'
import { isBatchOverLimit } from './limits.ts'

export const movesKind = 'number_moves'

/** As many moves as one transaction makes: few enough that pause and cancel are heard at once. */
const sliceSize = 2_000

const mostProblems = 1_000

/** Who is to receive, as it was sent. */
interface GivenRecipient {
  /** Null for a staff code that nobody has. */
  readonly memberId: string | null
  readonly given: string
}

/** A line of the list with what was found for it. */
interface Line {
  readonly position: number
  readonly e164: string
  readonly recipient: GivenRecipient
  readonly numberId: string | null
  readonly move: BatchMove | null
  readonly decision: MoveDecision | Refusal
}

interface CheckedBatch {
  readonly lines: readonly Line[]
  readonly slicing: Slicing
  readonly loaded: LoadedBatch
}

interface Answer {
  readonly plan: BatchPlan
  readonly operation: Awaited<ReturnType<typeof readOperation>> | null
}

/**
 * Checks many moves as a whole and, unless it is a dry run, begins the operation that makes them (NUM-8).
 * @throws Refusal `batch.has_problems`, `batch.nothing_left`
 */
export async function moveNumbers(
  tx: Tx,
  { body, language }: { readonly body: NewBatch; readonly language: 'en' | 'zh' },
): Promise<Answer | Reply<Answer>> {
  const checked = await check(tx, body)
  const plan = await planOf(tx, checked, { language, all: body.dryRun })
  if (body.dryRun) return { plan, operation: null }
  refuseProblems(plan, body.stopOnProblems)
  const operationId = tx.newId()
  const deleteRequestId = body.history === 'delete' ? askForDeletions(tx, operationId, body) : null
  await beginOperation(
    tx,
    {
      kind: movesKind,
      given: {
        history: body.history,
        when: body.when,
        overrideReason: body.overrideCooldown?.reason ?? null,
        reason: body.reason ?? null,
        deleteRequestId,
      },
      items: itemsOf(checked),
      gapMinutes: plan.gapMinutes,
      undoes: null,
    },
    { operationId, isApproved: !plan.needsApproval, reason: body.reason ?? null },
  )
  return new Reply({ plan, operation: await readOperation(tx, operationId) }, { status: 202 })
}

function refuseProblems(plan: BatchPlan, stopOnProblems: boolean): void {
  const { total, refused } = plan
  if (refused === 0 || (refused < total && !stopOnProblems)) return
  const rule = refused === total ? batchRefusal.nothingLeft : batchRefusal.hasProblems
  throw new Refusal(rule, { total, refused }, { problems: plan.items })
}

// One second person approves the deletion of all these histories together; it is decided when the moves are done.
function askForDeletions(tx: Tx, operationId: string, body: NewBatch): string {
  return openRequest(tx, {
    kind: 'delete_history',
    subjectKind: 'operation',
    subjectId: operationId,
    payload: { operationId },
    reason: body.reason ?? null,
  })
}

async function check(tx: Tx, body: NewBatch): Promise<CheckedBatch> {
  const found = await findLines(tx, body.moves)
  const memberIds = new Set(found.flatMap(({ recipient }) => recipient.memberId ?? []))
  const numberIds = new Set(found.flatMap(({ numberId }) => numberId ?? []))
  const loaded = await loadBatch(
    tx,
    { numberIds: [...numberIds], memberIds: [...memberIds], asksForHolds: body.history === 'delete' },
    'as they are',
  )
  const twice = positionsOf(found)
  const known = found.map((line) => ({ ...line, refusal: refuseLine(line, loaded, twice) }))
  const moves = known.flatMap((line) => (line.refusal ? [] : [moveOf(line, loaded)]))
  const judgements = await decideBatch(tx, loaded, { moves, choice: choiceOf(tx, body) })
  const decided = new Map(judgements.map((one) => [one.move.position, one]))
  const slicing = sliceChanges(
    [...decided.values()].flatMap(({ move, decision }) =>
      decision instanceof Refusal ? [] : [changeOf(loaded.facts, move, decision)],
    ),
    loaded.facts.members,
    { size: sliceSizeOf(loaded.policies), mostLinked: loaded.policies.maxBatchSize },
  )
  return {
    loaded,
    slicing,
    lines: known.map((line) => judged(line, { decided, slicing, limit: loaded.policies.maxBatchSize })),
  }
}

/** How many moves a slice has: where there is a gap, what an outside system takes at once, else what a transaction takes. */
export function sliceSizeOf({ maxBatchSize, minBatchGapMinutes }: Policies): number {
  if (minBatchGapMinutes > 0) return maxBatchSize ?? sliceSize
  return Math.min(maxBatchSize ?? sliceSize, sliceSize)
}

interface FoundLine {
  readonly position: number
  readonly given: string
  readonly numberId: string | null
  readonly recipient: GivenRecipient
  readonly expectedHolderId: string | null | undefined
}

// Numbers come by id or as text; text in canonical form, as machines send it, needs no numbering plan.
async function findLines(tx: Tx, moves: NewBatch['moves']): Promise<FoundLine[]> {
  const lines = moves.map((move) => (move.number === undefined ? null : readLine(move.number)))
  const wanted = [...new Set(lines.filter((line) => line !== null))]
  const codes = [...new Set(moves.flatMap((move) => move.toStaffCode ?? []))]
  const [rows, memberOf] = await Promise.all([numbersOfLines(tx, wanted), membersOfStaffCodes(tx, codes)])
  const idOf = new Map(rows.map((row) => [row.e164, row.number_id]))
  return moves.map((move, position) => ({
    position,
    given: move.number ?? move.numberId ?? '',
    numberId: move.numberId ?? idOf.get(lines[position] ?? '') ?? null,
    recipient: {
      memberId: move.toMemberId ?? memberOf.get(move.toStaffCode ?? '') ?? null,
      given: move.toMemberId ?? move.toStaffCode ?? '',
    },
    expectedHolderId: move.expectedHolderId,
  }))
}

function readLine(text: string): string | null {
  return /^\+[1-9]\d{7,14}$/.test(text) ? text : (parsePhone(text, 'CN')?.e164 ?? null)
}

function positionsOf(lines: readonly FoundLine[]): ReadonlyMap<string, readonly number[]> {
  const positions = new Map<string, number[]>()
  for (const { numberId, position } of lines) {
    if (numberId === null) continue
    const there = positions.get(numberId)
    if (there) there.push(position)
    else positions.set(numberId, [position])
  }
  return positions
}

function refuseLine(
  line: FoundLine,
  { facts }: LoadedBatch,
  positions: ReadonlyMap<string, readonly number[]>,
): Refusal | null {
  const { given, numberId, recipient, position } = line
  const number = numberId === null ? undefined : facts.numbers.get(numberId)
  if (numberId === null || !number) return new Refusal(batchRefusal.unknownNumber, { given })
  if (!facts.members.has(recipient.memberId ?? ''))
    return new Refusal(batchRefusal.unknownMember, { given: recipient.given })
  const other = positions.get(numberId)?.find((one) => one !== position)
  if (other === undefined) return null
  return new Refusal(batchRefusal.twice, { e164: number.e164, other: other + 1 })
}

// Who is expected to hold the number freezes at the check: a change in between fails that move only (NUM-9).
function moveOf(line: FoundLine, { facts }: LoadedBatch): BatchMove {
  const { position, numberId, recipient, expectedHolderId } = line
  const holderId = facts.numbers.get(numberId ?? '')?.holderId ?? null
  return {
    position,
    numberId: numberId ?? '',
    toMemberId: recipient.memberId ?? '',
    expectedHolderId: expectedHolderId === undefined ? holderId : expectedHolderId,
  }
}

function choiceOf(tx: Tx, body: NewBatch): BatchChoice {
  return {
    history: body.history,
    when: body.when,
    overrideReason: body.overrideCooldown?.reason ?? null,
    reason: body.reason ?? null,
    askedBy: isCompanyCaller(tx.caller) ? tx.caller.role : 'member',
  }
}

interface Judgement {
  readonly decided: ReadonlyMap<number, Decided>
  readonly slicing: Slicing
  readonly limit: number | null
}

function judged(
  line: FoundLine & { readonly refusal: Refusal | null },
  { decided, slicing, limit }: Judgement,
): Line {
  const { position, given, numberId, recipient } = line
  const one = decided.get(position)
  const count = slicing.tooLong.get(position)
  const tooLong =
    limit !== null && count !== undefined
      ? new Refusal(batchRefusal.linkedTooMany, { e164: given, count, limit })
      : null
  const decision = line.refusal ?? tooLong ?? one?.decision
  if (!decision) throw new Error('every line of a batch is decided')
  return { position, e164: given, numberId, recipient, move: one?.move ?? null, decision }
}

async function planOf(
  tx: Tx,
  { lines, slicing, loaded }: CheckedBatch,
  show: { readonly language: 'en' | 'zh'; readonly all: boolean },
): Promise<BatchPlan> {
  const count = (outcome: PlannedMove['outcome']) =>
    lines.filter((line) => outcomeOf(line) === outcome).length
  const [moves, waits, refused] = [count('move'), count('wait'), count('refused')]
  const gapMinutes = loaded.policies.minBatchGapMinutes
  const work = { kind: movesKind, items: moves + waits, slices: slicing.slices, gapMinutes }
  const shown = show.all
    ? lines
    : lines.filter((line) => outcomeOf(line) === 'refused').slice(0, mostProblems)
  const holders = await holdersOf(tx, shown, loaded)
  return {
    total: lines.length,
    moves,
    waits,
    refused,
    batches: slicing.slices,
    gapMinutes,
    finishAt: await expectedFinish(tx, work),
    needsApproval: await isBatchOverLimit(tx, loaded.policies, {
      person: personOf(tx.caller),
      moves: moves + waits,
    }),
    items: shown.map((line) => plannedMove(line, { loaded, holders, language: show.language })),
  }
}

function outcomeOf({ decision }: Line): PlannedMove['outcome'] {
  if (decision instanceof Refusal) return 'refused'
  return decision.outcome === 'done' ? 'move' : 'wait'
}

const waitsFor = { scheduled: 'time', pending_check: 'check', pending_approval: null } as const

interface Shown {
  readonly loaded: LoadedBatch
  readonly holders: ReadonlyMap<string, string>
  readonly language: 'en' | 'zh'
}

function plannedMove(line: Line, { loaded: { facts }, holders, language }: Shown): PlannedMove {
  const { position, numberId, recipient, decision } = line
  const number = numberId === null ? undefined : facts.numbers.get(numberId)
  const about = {
    position,
    numberId: number ? numberId : null,
    e164: number?.e164 ?? line.e164,
    fromMemberId: number?.holderId ?? null,
    fromName: holders.get(number?.holderId ?? '') ?? null,
    toMemberId: recipient.memberId,
    toName: facts.members.get(recipient.memberId ?? '')?.name ?? null,
  }
  const nothing = { waitsFor: null, dueAt: null, code: null, title: null, next: null }
  if (decision instanceof Refusal)
    return { ...about, ...nothing, outcome: 'refused', code: decision.code, ...decision.inWords(language) }
  if (decision.outcome === 'done') return { ...about, ...nothing, outcome: 'move' }
  return {
    ...about,
    ...nothing,
    outcome: 'wait',
    waitsFor: waitsFor[decision.outcome],
    dueAt: decision.dueAt,
  }
}

/** Names of those who hold the numbers of these lines. */
async function holdersOf(
  tx: Tx,
  lines: readonly Line[],
  { facts }: LoadedBatch,
): Promise<ReadonlyMap<string, string>> {
  const ids = new Set(lines.flatMap(({ numberId }) => facts.numbers.get(numberId ?? '')?.holderId ?? []))
  if (ids.size === 0) return new Map()
  const rows = await membersOf(tx, [...ids], 'as they are')
  return new Map(rows.map((row) => [row.member_id, row.name]))
}

function itemsOf({ lines, slicing, loaded }: CheckedBatch): PlannedItem[] {
  const size = sliceSizeOf(loaded.policies)
  let refused = 0
  return lines.map(({ position, e164, numberId, recipient, move, decision }) => ({
    subjectId: numberId,
    given: {
      ...(recipient.memberId === null
        ? { toStaffCode: recipient.given }
        : { toMemberId: recipient.memberId }),
      expectedHolderId: move?.expectedHolderId ?? null,
      ...(numberId === null ? { number: e164 } : {}),
    },
    slice: slicing.sliceOf.get(position) ?? -1 - Math.floor(refused++ / size),
    refusal: decision instanceof Refusal ? { code: decision.code, values: decision.values } : null,
  }))
}
