import type { Instant } from '../../../kernel/fields.ts'
import { addHours, addMinutes, laterOf } from '../../../kernel/instant.ts'
import { Reply } from '../../../platform/http/bind.ts'
import { carryOutDue, moveNumber, moveNumbers, parkNumber, undoMove } from '../../numbers/index.ts'
import type { MoveOrder, MoveOutcome } from '../../numbers/model.ts'
import { runSlice } from '../../operations/index.ts'
import { changeMember } from '../../people/index.ts'
import { approveRequest, createRequest, placeLegalHold } from '../../requests/index.ts'
import type { MoveRow } from '../examples.ts'
import { asMember, asSystem, found, inputOf, type Scene, type Step } from './scene.ts'
import { ownerCode } from './staff.ts'

type Act = (scene: Scene, row: MoveRow) => Promise<readonly Step[]>

const acts: Readonly<Record<Exclude<MoveRow['action'], 'batch'>, Act>> = {
  assign: (scene, row) => move(scene, row, 'assign'),
  reassign: (scene, row) => move(scene, row, 'reassign'),
  lend: (scene, row) => move(scene, row, 'reassign'),
  schedule: (scene, row) => move(scene, row, 'reassign'),
  park: (scene, row) => end(scene, row, parkNumber),
  undo: (scene, row) => end(scene, row, undoMove),
  propose,
  hold,
  suspend: (scene, row) => changeStatus(scene, row, 'suspended'),
  leaving: (scene, row) => changeStatus(scene, row, 'leaving'),
  left: (scene, row) => changeStatus(scene, row, 'left'),
}

/** What was done with numbers and people, at its time; the rows of one batch are one order. */
export function moveSteps(rows: readonly MoveRow[]): (scene: Scene) => Step[] {
  return ({ calendar }) => {
    const steps = new Map<string, Step>()
    for (const [index, row] of rows.entries()) {
      const at = calendar.at(row.day, row.time)
      const key = row.action === 'batch' ? `batch ${at}` : String(index)
      if (steps.has(key)) continue
      steps.set(key, { at, run: (scene) => run(scene, row, rows) })
    }
    return [...steps.values()]
  }
}

function run(scene: Scene, row: MoveRow, rows: readonly MoveRow[]): Promise<readonly Step[]> {
  if (row.action !== 'batch') return acts[row.action](scene, row)
  const { day, time, action } = row
  return moveMany(
    scene,
    rows.filter((one) => one.action === action && one.day === day && one.time === time),
  )
}

async function move(scene: Scene, row: MoveRow, kind: 'assign' | 'reassign'): Promise<readonly Step[]> {
  const order = orderOf(scene, row)
  const numberId = found(scene.numbers, row.number)
  const outcome = bodyOf(
    await asMember(scene, row.by, (tx) => moveNumber(tx, { numberId, kind, order, expectedVersion: null })),
  )
  return [...checkLater(scene, row, outcome), ...returnLater(scene, row, outcome)]
}

const soonMinutes = 20

function orderOf(scene: Scene, row: MoveRow): MoveOrder {
  const { action, due, history, reason } = row
  const toMemberId = found(scene.people, row.to).memberId
  const plain: MoveOrder = { toMemberId, history, when: 'now', dryRun: false, reason }
  if (action === 'lend') return { ...plain, returnAt: dueOf(scene, due) }
  if (action !== 'schedule') return plain
  // Whoever loads the sample in the evening still sees a move of today that waits.
  return { ...plain, at: laterOf(dueOf(scene, due), addMinutes(scene.calendar.now, soonMinutes)) }
}

function dueOf({ calendar }: Scene, due: string): Instant {
  const [day = '', time = ''] = due.split('T')
  return calendar.at(Number(day), time)
}

function bodyOf<Body>(answer: Body | Reply<Body>): Body {
  return answer instanceof Reply ? answer.body : answer
}

const checkHours = 3

// NUM-14: the second person clears the check of the country the same day; one is left open.
function checkLater(scene: Scene, row: MoveRow, { outcome, move: waiting }: MoveOutcome): readonly Step[] {
  const requestId = waiting?.requestId
  if (outcome !== 'pending_check' || !requestId || row.due === 'open') return []
  const evidence = `实名核验已通过 / real-name check passed, ${row.number}`
  return [
    {
      at: addHours(scene.calendar.at(row.day, row.time), checkHours),
      async run(then) {
        await asMember(then, ownerCode, (tx) =>
          approveRequest(tx, inputOf({ params: { requestId }, body: { evidence } })),
        )
        return []
      },
    },
  ]
}

// The sweeper's work, at the time at which it was due.
function returnLater(scene: Scene, row: MoveRow, { number }: MoveOutcome): readonly Step[] {
  const back = row.action === 'lend' ? number.waiting.find(({ kind }) => kind === 'return') : undefined
  if (!back || back.dueAt >= scene.calendar.now) return []
  const onBehalfOf = found(scene.people, row.by).memberId
  return [
    {
      at: back.dueAt,
      async run(then) {
        await asSystem(then, { task: 'sweeper', onBehalfOf }, (tx) => carryOutDue(tx, back.moveId))
        return []
      },
    },
  ]
}

async function end(
  scene: Scene,
  { by, number, reason }: MoveRow,
  how: typeof parkNumber | typeof undoMove,
): Promise<readonly Step[]> {
  const numberId = found(scene.numbers, number)
  await asMember(scene, by, (tx) => how(tx, { numberId, reason, expectedVersion: null }))
  return []
}

async function moveMany(scene: Scene, rows: readonly MoveRow[]): Promise<readonly Step[]> {
  const [first] = rows
  if (!first) throw new Error('a batch has rows')
  const moves = rows.map(({ number, to }) => ({ number, toMemberId: found(scene.people, to).memberId }))
  const { history, reason } = first
  const body = { moves, history, when: 'now' as const, reason, dryRun: false, stopOnProblems: false }
  const { operation } = bodyOf(
    await asMember(scene, first.by, (tx) => moveNumbers(tx, { body, language: 'en' })),
  )
  if (!operation) throw new Error('a batch that is no dry run begins an operation')
  const onBehalfOf = found(scene.people, first.by).memberId
  return [
    {
      at: addMinutes(scene.calendar.at(first.day, first.time), 1),
      async run(then) {
        const turn = () =>
          asSystem(then, { task: 'operations.run', onBehalfOf }, (tx) => runSlice(tx, operation.operationId))
        while (await turn()) {}
        return []
      },
    },
  ]
}

async function propose(scene: Scene, row: MoveRow): Promise<readonly Step[]> {
  const body = {
    kind: 'proposal' as const,
    numberId: found(scene.numbers, row.number),
    toMemberId: found(scene.people, row.to).memberId,
    history: row.history,
    reason: row.reason ?? '',
  }
  await asMember(scene, row.by, (tx) => createRequest(tx, inputOf({ body })))
  return []
}

async function hold(scene: Scene, { by, number, reason = '' }: MoveRow): Promise<readonly Step[]> {
  const body = { subjectKind: 'number' as const, subjectId: found(scene.numbers, number), reason }
  await asMember(scene, by, (tx) => placeLegalHold(tx, inputOf({ body })))
  return []
}

async function changeStatus(
  scene: Scene,
  { by, to, reason }: MoveRow,
  status: 'suspended' | 'leaving' | 'left',
): Promise<readonly Step[]> {
  const { memberId } = found(scene.people, to)
  await asMember(scene, by, (tx) =>
    changeMember(tx, inputOf({ params: { memberId }, body: { status, reason } })),
  )
  return []
}
