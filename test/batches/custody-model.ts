import { type AskStep, memberCount, numberCount } from './steps.ts'

// Minutes, places, and what each number was before. Cool-downs and windows are not hit to the minute by any wait.
export const cooldownMinutes = 30
const undoMinutes = 72 * 60
export const waitMinutes = 300
export const licences = 5
// Nothing happens at the same time: what is due together is done in the order in which it became due.
const moment = 1e-4

export interface Place {
  readonly holder: number | null
  readonly assignedAt: number | null
  readonly since: number
  readonly cause: 'added' | 'assigned' | 'reassigned' | 'lent' | 'parked' | 'undone' | 'returned'
  readonly tookLicence: boolean
}

interface Waiting {
  readonly id: number
  readonly due: number
}

export interface ModelNumber {
  readonly places: Place[]
  licensed: boolean
  scheduled: (Waiting & { readonly to: number; readonly expected: number | null }) | null
  loan: (Waiting & { readonly lender: number }) | null
}

const undoable: readonly Place['cause'][] = ['assigned', 'reassigned', 'lent', 'parked']

/** Who holds what, and what one move, park, undo or passing hour does to it. */
export class CustodyModel {
  now = 0
  readonly numbers: readonly ModelNumber[]
  readonly isActive: boolean[] = Array.from({ length: memberCount }, () => true)
  readonly cap: number
  /** What the moves that had to wait came to, by their ids. */
  readonly madeLater = new Map<number, Place>()
  #ids = 0

  constructor(cap: number) {
    this.cap = cap
    this.numbers = Array.from({ length: numberCount }, () => ({
      places: [{ holder: null, assignedAt: null, since: 0, cause: 'added', tookLicence: false }],
      licensed: false,
      scheduled: null,
      loan: null,
    }))
  }

  number(index: number): ModelNumber {
    const number = this.numbers[index]
    if (!number) throw new Error('no such number')
    return number
  }

  tick(): void {
    this.now += moment
  }

  nextId(): number {
    this.#ids += 1
    return this.#ids
  }

  freeLicences(): number {
    return licences - this.numbers.filter(({ licensed }) => licensed).length
  }

  /** What counts against the cap: numbers held, moves that will come, lent numbers that will come back. */
  counted(member: number, except?: ModelNumber): number {
    return this.numbers.reduce(
      (count, number) =>
        number === except
          ? count
          : count +
            Number(placeOf(number).holder === member) +
            Number(number.scheduled?.to === member) +
            Number(number.loan?.lender === member),
      0,
    )
  }

  coolUntil(number: ModelNumber): number {
    return (placeOf(number).assignedAt ?? Number.NEGATIVE_INFINITY) + cooldownMinutes
  }

  /** A single move; true when it is allowed. */
  ask(number: ModelNumber, asked: AskStep): boolean {
    const { kind, member } = asked
    const { holder } = placeOf(number)
    if (holder === member || number.scheduled || !this.isActive[member]) return false
    if (number.loan) {
      if (number.loan.lender !== member || kind === 'schedule' || kind === 'lend') return false
      this.bringBack(number, member)
      return true
    }
    if ((kind === 'lend' && holder === null) || !this.#hasRoom(number, member)) return false
    return this.#askFree(number, asked)
  }

  #askFree(number: ModelNumber, { kind, member }: AskStep): boolean {
    const { holder } = placeOf(number)
    const coolUntil = this.coolUntil(number)
    const startsAt = kind === 'schedule' ? this.now + waitMinutes : this.now
    if (kind !== 'earliest' && startsAt < coolUntil) return false
    if (kind === 'schedule' || startsAt < coolUntil) {
      this.schedule(number, { to: member, due: Math.max(startsAt, coolUntil), expected: holder })
      return true
    }
    if (kind === 'lend' && holder !== null)
      number.loan = { id: this.nextId(), lender: holder, due: this.now + waitMinutes }
    this.begin(number, member, kind === 'lend' ? 'lent' : givenFrom(holder))
    return true
  }

  schedule(number: ModelNumber, move: { to: number; due: number; expected: number | null }): number {
    const id = this.nextId()
    number.scheduled = { id, ...move }
    return id
  }

  bringBack(number: ModelNumber, lender: number): Place {
    number.loan = null
    return this.begin(number, lender, 'returned')
  }

  begin(number: ModelNumber, holder: number, cause: Place['cause']): Place {
    const place = { holder, assignedAt: this.now, since: this.now, cause, tookLicence: !number.licensed }
    number.places.push(place)
    number.licensed = true
    return place
  }

  park(number: ModelNumber): boolean {
    const { holder, assignedAt } = placeOf(number)
    if (holder === null) return false
    number.places.push({ holder: null, assignedAt, since: this.now, cause: 'parked', tookLicence: false })
    return true
  }

  /** Why the latest move of a number cannot be undone, room apart; null when it can. */
  whyNoUndo(number: ModelNumber): string | null {
    const [before, latest] = number.places.slice(-2)
    if (!before || !latest || !undoable.includes(latest.cause)) return 'undo.nothing'
    if (this.now - latest.since >= undoMinutes) return 'undo.window_over'
    return before.holder !== null && !this.isActive[before.holder] ? 'recipient.not_active' : null
  }

  undo(number: ModelNumber): boolean {
    const before = number.places.at(-2)
    if (!before || this.whyNoUndo(number) !== null) return false
    if (before.holder !== null && this.counted(before.holder, number) >= this.cap) return false
    this.takeBack(number)
    return true
  }

  takeBack(number: ModelNumber): Place {
    const [before, latest] = number.places.slice(-2)
    if (!before || !latest) throw new Error('there is nothing to take back')
    if (latest.cause === 'lent') number.loan = null
    if (latest.tookLicence) number.licensed = false
    const place: Place = { ...before, since: this.now, cause: 'undone', tookLicence: false }
    number.places.push(place)
    return place
  }

  /** Lets time pass and does what has become due. */
  wait(minutes: number): void {
    this.now += minutes
    const due = this.numbers.flatMap((number) => [
      ...(number.scheduled ? [{ ...number.scheduled, run: () => this.#moveDue(number) }] : []),
      ...(number.loan ? [{ ...number.loan, run: () => this.#returnDue(number) }] : []),
    ])
    for (const one of due.sort((a, b) => a.due - b.due || a.id - b.id)) {
      this.tick()
      if (one.due <= this.now) one.run()
    }
  }

  #hasRoom(number: ModelNumber, member: number): boolean {
    return this.counted(member, number) < this.cap && (number.licensed || this.freeLicences() > 0)
  }

  #moveDue(number: ModelNumber): void {
    const { scheduled, loan } = number
    const { holder } = placeOf(number)
    if (!scheduled) return
    const { id, to, expected } = scheduled
    number.scheduled = null
    if ((holder !== null && holder !== expected) || holder === to || !this.isActive[to]) return
    if (loan) {
      if (loan.lender === to) this.madeLater.set(id, this.bringBack(number, to))
      return
    }
    if (!this.#hasRoom(number, to)) return
    const coolUntil = this.coolUntil(number)
    if (this.now < coolUntil) number.scheduled = { ...scheduled, due: coolUntil }
    else this.madeLater.set(id, this.begin(number, to, givenFrom(holder)))
  }

  // Returns always run: to the lender, or to the park when the lender is no longer active.
  #returnDue(number: ModelNumber): void {
    if (!number.loan) return
    const { lender } = number.loan
    if (this.isActive[lender]) {
      this.bringBack(number, lender)
      return
    }
    const { assignedAt } = placeOf(number)
    number.loan = null
    number.places.push({ holder: null, assignedAt, since: this.now, cause: 'returned', tookLicence: false })
  }
}

export function placeOf(number: ModelNumber): Place {
  const place = number.places.at(-1)
  if (!place) throw new Error('a number is always somewhere')
  return place
}

export function givenFrom(holder: number | null): 'assigned' | 'reassigned' {
  return holder === null ? 'assigned' : 'reassigned'
}
