import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addNumber, hire } from '../../../test/builders/numbers.ts'
import { createCompany, type TestCompany } from '../../../test/builders.ts'
import { openWorld, type World } from '../../../test/world.ts'

// A model so simple that it can be read: minutes, places, and what each number was before.
const cooldownMinutes = 30
const undoMinutes = 72 * 60
const waitMinutes = 300
const cap = 2
// Nothing happens at the same time: what is due together is done in the order in which it became due.
const moment = 1e-4
const licences = 3

interface Place {
  readonly holder: number | null
  readonly assignedAt: number | null
  readonly since: number
  readonly cause: 'added' | 'assigned' | 'reassigned' | 'lent' | 'parked' | 'undone' | 'returned'
  readonly tookLicence: boolean
}

interface ModelNumber {
  places: Place[]
  licensed: boolean
  scheduled: { to: number; due: number; expected: number | null } | null
  loan: { lender: number; due: number } | null
}

interface Ask {
  readonly kind: 'move' | 'schedule' | 'lend' | 'earliest'
  readonly number: number
  readonly member: number
}
type Operation =
  | Ask
  | { readonly kind: 'park'; readonly number: number }
  | { readonly kind: 'undo'; readonly number: number }
  | { readonly kind: 'wait'; readonly minutes: number }

class Model {
  now = 0
  readonly numbers: ModelNumber[]

  constructor(count: number) {
    const added: Place = { holder: null, assignedAt: null, since: 0, cause: 'added', tookLicence: false }
    this.numbers = Array.from({ length: count }, () => ({
      places: [added],
      licensed: false,
      scheduled: null,
      loan: null,
    }))
  }

  /** Does the operation; true when it is allowed. */
  apply(operation: Operation): boolean {
    this.now += moment
    if (operation.kind === 'wait') {
      this.now += operation.minutes
      this.#dueWork()
      return true
    }
    const number = this.#number(operation.number)
    if (operation.kind === 'park') return this.#park(number)
    if (operation.kind === 'undo') return this.#undo(number)
    return this.#ask(number, operation)
  }

  place(number: ModelNumber): Place {
    const place = number.places.at(-1)
    if (!place) throw new Error('a number is always somewhere')
    return place
  }

  usedLicences(): number {
    return this.numbers.filter((number) => number.licensed).length
  }

  #number(index: number): ModelNumber {
    const number = this.numbers[index]
    if (!number) throw new Error('no such number')
    return number
  }

  #ask(number: ModelNumber, asked: Ask): boolean {
    const { kind, member } = asked
    const place = this.place(number)
    if (place.holder === member || number.scheduled) return false
    if (number.loan) return this.#bringBack(number, asked)
    if (kind === 'lend' && place.holder === null) return false
    if (!this.#hasRoom(number, member)) return false
    return kind === 'lend' || kind === 'move' ? this.#moveNow(number, asked) : this.#moveLater(number, asked)
  }

  #bringBack(number: ModelNumber, { kind, member }: Ask): boolean {
    if (number.loan?.lender !== member || kind === 'schedule' || kind === 'lend') return false
    number.loan = null
    this.#begin(number, member, 'returned')
    return true
  }

  #moveNow(number: ModelNumber, { kind, member }: Ask): boolean {
    const { holder } = this.place(number)
    if (this.now < this.#coolUntil(number)) return false
    if (kind === 'lend' && holder !== null) number.loan = { lender: holder, due: this.now + waitMinutes }
    this.#begin(number, member, kind === 'lend' ? 'lent' : holder === null ? 'assigned' : 'reassigned')
    return true
  }

  #moveLater(number: ModelNumber, asked: Ask): boolean {
    const coolUntil = this.#coolUntil(number)
    if (asked.kind === 'earliest' && this.now >= coolUntil) return this.#moveNow(number, asked)
    const startsAt = asked.kind === 'schedule' ? this.now + waitMinutes : coolUntil
    if (startsAt < coolUntil) return false
    number.scheduled = { to: asked.member, due: startsAt, expected: this.place(number).holder }
    return true
  }

  #coolUntil(number: ModelNumber): number {
    return (this.place(number).assignedAt ?? Number.NEGATIVE_INFINITY) + cooldownMinutes
  }

  #hasRoom(number: ModelNumber, member: number): boolean {
    return this.#counted(member, number) < cap && (number.licensed || this.usedLicences() < licences)
  }

  #park(number: ModelNumber): boolean {
    const place = this.place(number)
    if (place.holder === null) return false
    number.places.push({
      holder: null,
      assignedAt: place.assignedAt,
      since: this.now,
      cause: 'parked',
      tookLicence: false,
    })
    return true
  }

  #undo(number: ModelNumber): boolean {
    const [before, latest] = number.places.slice(-2)
    if (!before || !latest || !['assigned', 'reassigned', 'lent', 'parked'].includes(latest.cause))
      return false
    if (this.now - latest.since >= undoMinutes) return false
    if (before.holder !== null && this.#counted(before.holder, number) >= cap) return false
    if (latest.cause === 'lent') number.loan = null
    if (latest.tookLicence) number.licensed = false
    number.places.push({ ...before, since: this.now, cause: 'undone', tookLicence: false })
    return true
  }

  #dueWork(): void {
    const due = this.numbers.flatMap((number) => [
      ...(number.scheduled && number.scheduled.due <= this.now
        ? [{ at: number.scheduled.due, run: () => this.#move(number) }]
        : []),
      ...(number.loan && number.loan.due <= this.now
        ? [{ at: number.loan.due, run: () => this.#return(number) }]
        : []),
    ])
    for (const one of due.sort((a, b) => a.at - b.at)) one.run()
  }

  #move(number: ModelNumber): void {
    const { scheduled, loan } = number
    const place = this.place(number)
    number.scheduled = null
    if (
      !scheduled ||
      (place.holder !== null && place.holder !== scheduled.expected) ||
      place.holder === scheduled.to
    )
      return
    if (loan && loan.lender !== scheduled.to) return
    if (loan) {
      number.loan = null
      this.#begin(number, scheduled.to, 'returned')
      return
    }
    if (!this.#hasRoom(number, scheduled.to)) return
    const coolUntil = this.#coolUntil(number)
    if (this.now < coolUntil) number.scheduled = { ...scheduled, due: coolUntil }
    else this.#begin(number, scheduled.to, place.holder === null ? 'assigned' : 'reassigned')
  }

  #return(number: ModelNumber): void {
    if (!number.loan) return
    const { lender } = number.loan
    number.loan = null
    this.#begin(number, lender, 'returned')
  }

  #begin(number: ModelNumber, holder: number, cause: Place['cause']): void {
    this.now += moment
    number.places.push({
      holder,
      assignedAt: this.now,
      since: this.now,
      cause,
      tookLicence: !number.licensed,
    })
    number.licensed = true
  }

  #counted(member: number, except: ModelNumber): number {
    const others = this.numbers.filter((number) => number !== except)
    return others.reduce(
      (count, number) =>
        count +
        (this.place(number).holder === member ? 1 : 0) +
        (number.scheduled?.to === member ? 1 : 0) +
        (number.loan?.lender === member ? 1 : 0),
      0,
    )
  }
}

const member = fc.nat({ max: 2 })
const number = fc.nat({ max: 3 })
const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('move' as const), number, member }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('schedule' as const, 'lend' as const, 'earliest' as const),
      number,
      member,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.oneof(
      fc.record({ kind: fc.constant('park' as const), number }),
      fc.record({ kind: fc.constant('undo' as const), number }),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), minutes: fc.constantFrom(20, 40, 320, 2400) }),
  },
)

class Real {
  readonly #world: World
  readonly #company: TestCompany
  readonly #members: readonly string[]
  readonly #numbers: readonly string[]

  constructor(parts: {
    world: World
    company: TestCompany
    members: readonly string[]
    numbers: readonly string[]
  }) {
    this.#world = parts.world
    this.#company = parts.company
    this.#members = parts.members
    this.#numbers = parts.numbers
  }

  async apply(operation: Operation): Promise<boolean> {
    if (operation.kind === 'wait') {
      this.#world.clock.advance({ minutes: operation.minutes })
      await this.#world.runDueWork()
      return true
    }
    const path = `/v1/numbers/${this.#numbers[operation.number]}`
    if (operation.kind === 'park' || operation.kind === 'undo') {
      return (await this.#company.owner.post(`${path}/${operation.kind}`)).status === 200
    }
    const { state } = (await this.#company.owner.get(path)).body
    const answer = await this.#company.owner.post(`${path}/${state === 'parked' ? 'assign' : 'reassign'}`, {
      toMemberId: this.#members[operation.member],
      ...this.#when(operation.kind),
    })
    expect([200, 202, 409, 422]).toContain(answer.status)
    return answer.status < 300
  }

  #when(kind: Operation['kind']): object {
    const later = new Date(this.#world.clock.now().getTime() + waitMinutes * 60_000).toISOString()
    if (kind === 'schedule') return { at: later }
    if (kind === 'lend') return { returnAt: later }
    return kind === 'earliest' ? { when: 'earliest' } : {}
  }

  async shown() {
    const numbers = await Promise.all(
      this.#numbers.map(async (id) => (await this.#company.owner.get(`/v1/numbers/${id}`)).body),
    )
    const licences = (await this.#company.owner.get('/v1/company/licences')).body
    return {
      used: licences.used,
      numbers: numbers.map((shown) => ({
        holder: shown.holder ? this.#members.indexOf(shown.holder.memberId) : null,
        licensed: shown.licensed,
        cooling: shown.availableAt !== null,
        waiting: shown.waiting.map((one: { kind: string; to: { memberId: string } }) => [
          one.kind,
          this.#members.indexOf(one.to.memberId),
        ]),
      })),
    }
  }

  /** The custody of every number, oldest first. */
  async histories() {
    const answers = await Promise.all(
      this.#numbers.map((id) => this.#company.owner.get(`/v1/numbers/${id}/custody`)),
    )
    return answers.map((answer) => answer.body.items.reverse())
  }
}

function shownBy(model: Model) {
  return {
    used: model.usedLicences(),
    numbers: model.numbers.map((one) => {
      const place = model.place(one)
      return {
        holder: place.holder,
        licensed: one.licensed,
        cooling: place.assignedAt !== null && model.now < place.assignedAt + cooldownMinutes,
        waiting: [
          ...(one.scheduled ? [['move', one.scheduled.to]] : []),
          ...(one.loan ? [['return', one.loan.lender]] : []),
        ],
      }
    }),
  }
}

describe('any order of moves, parks, undos, schedules and loans', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
  })
  afterAll(() => world.close())

  async function newReal(): Promise<Real> {
    const company = await createCompany(world, { licences, policies: { countryChecks: {} } })
    await company.owner.patch('/v1/company/subscription', { capOverride: cap })
    const members: string[] = []
    for (const name of ['Anna', 'Béla', 'Cora']) members.push(await hire(company, name))
    const numbers: string[] = []
    for (let count = 0; count < 4; count++) numbers.push((await addNumber(company)).numberId)
    return new Real({ world, company, members, numbers })
  }

  it('NUM-1 NUM-3 NUM-4 NUM-10 NUM-11 does what a simple model says', { timeout: 10 * 60_000 }, async () => {
    const seed = Number(process.env['BATON_TEST_SEED'] ?? Date.now() % 1_000_000)
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { minLength: 20, maxLength: 50 }), async (operations) => {
        const real = await newReal()
        const model = new Model(4)
        for (const one of operations) {
          expect({ one, allowed: await real.apply(one) }).toEqual({ one, allowed: model.apply(one) })
          expect(await real.shown()).toEqual(shownBy(model))
        }
        for (const [index, history] of (await real.histories()).entries()) {
          expect(history.map((stretch: { cause: string }) => stretch.cause)).toEqual(
            model.numbers[index]?.places.map((place) => place.cause),
          )
          for (const [place, stretch] of history.entries())
            expect(stretch.to).toBe(history[place + 1]?.from ?? null)
        }
      }),
      {
        numRuns: Number(process.env['BATON_TEST_RUNS'] ?? 20),
        seed,
        verbose: 1,
        interruptAfterTimeLimit: 4 * 60_000,
        markInterruptAsFailure: true,
      },
    )
  })
})
