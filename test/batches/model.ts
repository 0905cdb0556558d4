import { CustodyModel, givenFrom, type ModelNumber, type Place, placeOf } from './custody-model.ts'
import { type BatchStep, type LineStep, memberCount, type SteerStep, type Step } from './steps.ts'

/** A line as it is sent. */
export interface Line {
  readonly number: number | null
  readonly member: number | null
  /** undefined: nothing is said. */
  readonly expected: number | null | undefined
}

type Choice = Pick<BatchStep, 'when' | 'override'>

/** What becomes of a line: it moves, it waits, or why not. */
export interface Fate {
  readonly outcome: 'move' | 'wait' | 'refused'
  readonly code: string | null
}

export interface ModelItem {
  readonly number: ModelNumber | null
  readonly to: number | null
  readonly expected: number | null
  state: 'pending' | 'done' | 'waiting' | 'failed'
  code: string | null
  /** The place that it made, for an undo. */
  made: Place | null
  /** The move that it set waiting. */
  waitingId: number | null
}

export interface ModelOperation {
  readonly choice: Choice | null
  readonly items: ModelItem[]
  state: 'running' | 'paused' | 'done' | 'cancelled'
  undone: boolean
  /** The one that this one takes back. */
  readonly undoes: ModelOperation | null
}

export const stateOf = { move: 'done', wait: 'waiting', refused: 'failed' } as const

// What no second try can change: the list itself is wrong.
const forGood = ['move.number_unknown', 'move.member_unknown', 'move.number_twice', 'move.linked_too_many']

/** A move under decision: who loses a number at once, who has one more that counts. */
interface Live {
  readonly position: number
  readonly from: number | null
  readonly to: number | null
  readonly needsLicence: boolean
}

/** Batches by their end state (NUM-8): each line alone, then licences in list order, then later arrivals give way. */
export class BatchModel extends CustodyModel {
  readonly operations: ModelOperation[] = []
  readonly #limit: number | null

  constructor(cap: number, limit: number | null) {
    super(cap)
    this.#limit = limit
  }

  /** Takes a step that is no batch; true when it is allowed. */
  take(step: Exclude<Step, BatchStep | SteerStep>): boolean {
    this.tick()
    switch (step.kind) {
      case 'wait':
        this.wait(step.minutes)
        return true
      case 'suspend':
      case 'activate':
        this.isActive[step.member] = step.kind === 'activate'
        return true
      case 'park':
        return this.park(this.number(step.number))
      case 'undo':
        return this.undo(this.number(step.number))
      default:
        return this.ask(this.number(step.number), step)
    }
  }

  /** The lines of a batch, with what they say about the holders of this moment. */
  linesOf({ shape, lines }: BatchStep): Line[] {
    const holderOf = (line: LineStep | undefined) =>
      line === undefined || line.number === null ? null : placeOf(this.number(line.number)).holder
    return lines.map((line, place) => {
      const isLast = place === lines.length - 1
      const next =
        shape === 'list' || (shape === 'chain' && isLast) ? null : holderOf(lines[(place + 1) % lines.length])
      const expected =
        line.expects === 'frozen'
          ? undefined
          : line.expects === 'right'
            ? holderOf(line)
            : line.expects.holder
      return { number: line.number, member: next ?? line.member, expected }
    })
  }

  /** What a batch would do now. */
  plan(lines: readonly Line[], choice: Choice): Fate[] {
    const items = lines.map((line) => this.#itemOf(line))
    const fates = this.#decide(
      items.map((item, place) => ({ item, code: wrongWith(lines, place) })),
      choice,
    )
    return this.#refuseLong(items, fates)
  }

  /** Begins a batch; null when nothing of it is left. */
  beginBatch(lines: readonly Line[], choice: Choice): ModelOperation | null {
    this.tick()
    const fates = this.plan(lines, choice)
    if (fates.every(({ outcome }) => outcome === 'refused')) return null
    const items = lines.map((line, place): ModelItem => {
      const code = fates[place]?.code ?? null
      return { ...this.#itemOf(line), state: code === null ? 'pending' : 'failed', code }
    })
    return this.#add({ choice, items, state: 'running', undone: false, undoes: null })
  }

  #add(operation: ModelOperation): ModelOperation {
    this.operations.push(operation)
    return operation
  }

  #itemOf({ number, member, expected }: Line): ModelItem {
    const found = number === null ? null : this.number(number)
    return {
      number: found,
      to: member,
      expected: expected === undefined ? found && placeOf(found).holder : expected,
      state: 'pending',
      code: null,
      made: null,
      waitingId: null,
    }
  }

  /** Makes the moves at these positions, as one transaction. */
  runSlice(operation: ModelOperation, positions: readonly number[], isLast: boolean): void {
    this.tick()
    const items = positions.flatMap((position) => operation.items[position] ?? [])
    if (operation.choice === null) this.#runUndo(items)
    else this.#runMoves(items, operation.choice)
    if (isLast) operation.state = 'done'
  }

  #runMoves(items: readonly ModelItem[], choice: Choice): void {
    const fates = this.#decide(
      items.map((item) => ({ item, code: null })),
      choice,
    )
    for (const [place, item] of items.entries()) {
      const { outcome, code } = fates[place] ?? refusal('-')
      item.code = code
      item.state = stateOf[outcome]
      this.#carryOut(item)
    }
  }

  #carryOut(item: ModelItem): void {
    const { number, to, expected, state } = item
    if (number === null || to === null) return
    if (state === 'waiting')
      item.waitingId = this.schedule(number, { to, due: this.coolUntil(number), expected })
    if (state === 'done')
      item.made = number.loan ? this.bringBack(number, to) : this.begin(number, to, givenFrom(expected))
  }

  #runUndo(items: readonly ModelItem[]): void {
    const codes = items.map((item) => this.#whyNoUndoOf(item))
    const live = items.flatMap((item, position): Live[] => {
      if (codes[position] !== null || !item.number) return []
      const isWaiting = this.#madeBy(item) === null
      const to = isWaiting ? null : (item.number.places.at(-2)?.holder ?? null)
      return [{ position, from: item.to, to, needsLicence: false }]
    })
    const full = this.#giveWay(live)
    for (const [position, item] of items.entries()) {
      item.code = codes[position] ?? full.get(position) ?? null
      item.state = item.code === null ? 'done' : 'failed'
      if (item.code !== null || !item.number) continue
      if (this.#madeBy(item) !== null) item.made = this.takeBack(item.number)
      else item.number.scheduled = null
    }
  }

  /** The place that an item has given its number, also where it had to wait; null while it waits, or never did. */
  #madeBy({ made, waitingId }: ModelItem): Place | null {
    return waitingId === null ? made : (this.madeLater.get(waitingId) ?? null)
  }

  #whyNoUndoOf(item: ModelItem): string | null {
    const { number, waitingId } = item
    if (!number) throw new Error('what was done has a number')
    const made = this.#madeBy(item)
    if (made === null) return number.scheduled?.id === waitingId ? null : 'move.not_waiting'
    return placeOf(number) === made ? this.whyNoUndo(number) : 'undo.moved_since'
  }

  #decide(asked: readonly { item: ModelItem; code: string | null }[], choice: Choice): Fate[] {
    const alone = asked.map(({ item, code }) =>
      code === null ? this.#decideAlone(item, choice) : refusal(code),
    )
    const refused = this.#giveWay(
      this.#liveOf(
        asked.map(({ item }) => item),
        alone,
      ),
    )
    return alone.map((fate, position) => {
      const code = refused.get(position)
      return code === undefined ? fate : refusal(code)
    })
  }

  #decideAlone({ number, to, expected }: ModelItem, { when, override }: Choice): Fate {
    if (number === null || to === null) throw new Error('what is unknown is refused before')
    const { holder } = placeOf(number)
    if (expected !== holder) return refusal('number.holder_changed')
    if (holder === to) return refusal('number.already_theirs')
    if (number.scheduled) return refusal('number.already_scheduled')
    if (number.loan && number.loan.lender !== to) return refusal('number.on_loan')
    if (!this.isActive[to]) return refusal('recipient.not_active')
    if (number.loan || override || this.now >= this.coolUntil(number)) return { outcome: 'move', code: null }
    return when === 'earliest' ? { outcome: 'wait', code: null } : refusal('number.cooling_down')
  }

  #liveOf(items: readonly ModelItem[], fates: readonly Fate[]): Live[] {
    return items.flatMap(({ number, to }, position): Live[] => {
      const outcome = fates[position]?.outcome
      if (!number || outcome === undefined || outcome === 'refused') return []
      const from = outcome === 'move' ? placeOf(number).holder : null
      // The lender's place was kept.
      return [{ position, from, to: number.loan ? null : to, needsLicence: !number.licensed }]
    })
  }

  /** Whose turn finds no licence, then who gives way until nobody to whom something comes ends above the cap. */
  #giveWay(live: readonly Live[]): Map<number, string> {
    const refused = new Map<number, string>()
    for (const { position } of live.filter(({ needsLicence }) => needsLicence).slice(this.freeLicences()))
      refused.set(position, 'licences.none_free')
    for (;;) {
      const left = live.filter(({ position }) => !refused.has(position))
      const last = left.findLast(({ to }) => to !== null && this.#after(left, to) > this.cap)
      if (!last) return refused
      refused.set(last.position, 'recipient.at_cap')
    }
  }

  #after(live: readonly Live[], member: number): number {
    return live.reduce(
      (count, { from, to }) => count + Number(to === member) - Number(from === member),
      this.counted(member),
    )
  }

  /** Refuses moves that only work together where they are more than a batch may have. */
  #refuseLong(items: readonly ModelItem[], fates: Fate[]): Fate[] {
    if (this.#limit === null) return fates
    const live = this.#liveOf(items, fates)
    const isTight = (member: number) =>
      this.counted(member) + live.filter(({ to }) => to === member).length > this.cap &&
      live.some(({ to }) => to === member)
    const tight = Array.from({ length: memberCount }, (_, member) => member).filter(isTight)
    let groups = live.map((one) => ({
      positions: [one.position],
      members: tight.filter((member) => member === one.from || member === one.to),
    }))
    for (const member of tight) {
      const linked = groups.filter(({ members }) => members.includes(member))
      const joined = {
        positions: linked.flatMap(({ positions }) => positions),
        members: linked.flatMap(({ members }) => members),
      }
      groups = [...groups.filter((group) => !linked.includes(group)), joined]
    }
    const long = new Set(
      groups
        .filter(({ positions }) => positions.length > (this.#limit ?? 0))
        .flatMap(({ positions }) => positions),
    )
    return fates.map((fate, position) => (long.has(position) ? refusal('move.linked_too_many') : fate))
  }

  /** Does something to an operation; true when it is allowed. */
  steer(operation: ModelOperation, kind: Exclude<SteerStep['kind'], 'run' | 'slice'>): boolean {
    const { state, items } = operation
    if (kind === 'undo-batch') return this.#beginUndo(operation)
    if (kind === 'retry') {
      const again = items.filter((item) => item.state === 'failed' && !forGood.includes(item.code ?? ''))
      if (state !== 'done' || operation.undone || again.length === 0) return false
      for (const item of again) Object.assign(item, { state: 'pending', code: null })
      operation.state = 'running'
      return true
    }
    const from = { pause: ['running'], resume: ['paused'], cancel: ['running', 'paused'] }[kind]
    if (!from.includes(state)) return false
    operation.state = kind === 'pause' ? 'paused' : kind === 'resume' ? 'running' : 'cancelled'
    if (kind === 'cancel' && operation.undoes) operation.undoes.undone = false
    return true
  }

  #beginUndo(operation: ModelOperation): boolean {
    const { state, undone, choice, items } = operation
    const made = items.filter((item) => item.state === 'done' || item.state === 'waiting')
    if ((state !== 'done' && state !== 'cancelled') || undone || choice === null || made.length === 0)
      return false
    operation.undone = true
    this.#add({
      choice: null,
      items: made.map((item) => ({ ...item, state: 'pending', code: null })),
      state: 'running',
      undone: false,
      undoes: operation,
    })
    return true
  }
}

function refusal(code: string): Fate {
  return { outcome: 'refused', code }
}

function wrongWith(lines: readonly Line[], place: number): string | null {
  const line = lines[place]
  if (!line || line.number === null) return 'move.number_unknown'
  if (line.member === null) return 'move.member_unknown'
  return lines.some(({ number }, other) => number === line.number && other !== place)
    ? 'move.number_twice'
    : null
}
