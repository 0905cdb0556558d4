import fc from 'fast-check'
import { expect } from 'vitest'
import { addNumber, hire } from './builders/numbers.ts'
import { addDepartment } from './builders/people.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from './builders.ts'
import { numberCount, type Step, stepArbitrary } from './records-steps.ts'
import type { Answer, Client, World } from './world.ts'

// Who sees what of the numbers' records, as simply as it can be said: every record beside its number, and the rules
// of NUM-5, NUM-6 and ALL-7 read off each time anew.
interface Place {
  readonly holder: number | null
  readonly visibleFrom: string
  readonly since: string
  readonly cause: string
}

interface Erasure {
  readonly cutOff: string
  readonly dueAt: number
  readonly requestId: string
  state: 'asked' | 'approved' | 'done' | 'off'
}

interface ModelRecord {
  readonly text: string
  readonly at: string
}

interface ModelNumber {
  places: Place[]
  records: ModelRecord[]
  erasures: Erasure[]
  loan: { readonly lender: number; readonly dueAt: number; readonly visibleFrom: string } | null
  hold: string | null
}

const undoHours = 72
const loanHours = 20
const hourMs = 3_600_000
const beginning = '0001'

// Lena leads the department that Anna is in.
const people = ['owner', 'admin', 'auditor', 'Anna', 'Béla', 'Lena'] as const
type Person = (typeof people)[number]
const members = ['Anna', 'Béla', 'Lena'] as const
const anna = 0

/** A company with a model beside it: each step is done in both. */
class Company {
  readonly #world: World
  readonly #company: TestCompany
  readonly #clients: ReadonlyMap<Person, Client>
  readonly #members: readonly string[]
  readonly #lines: readonly { readonly numberId: string; readonly e164: string }[]
  readonly #numbers: ModelNumber[]
  #retainDays = 0
  #ingested = 0

  constructor(parts: {
    world: World
    company: TestCompany
    clients: ReadonlyMap<Person, Client>
    members: readonly string[]
    lines: readonly { readonly numberId: string; readonly e164: string }[]
  }) {
    this.#world = parts.world
    this.#company = parts.company
    this.#clients = parts.clients
    this.#members = parts.members
    this.#lines = parts.lines
    this.#numbers = parts.lines.map(() => ({
      places: [{ holder: null, visibleFrom: beginning, since: beginning, cause: 'added' }],
      records: [],
      erasures: [],
      loan: null,
      hold: null,
    }))
  }

  async take(step: Step): Promise<void> {
    this.#world.clock.advance({ seconds: 2 })
    switch (step.kind) {
      case 'wait':
        return this.#wait(step.hours)
      case 'retain':
        return this.#retain(step.days)
      case 'ingest':
        return this.#ingest(step)
      case 'move':
      case 'lend':
        return this.#move(step)
      case 'park':
      case 'undo':
        return this.#end(step)
      case 'approve':
      case 'reject':
        return this.#decide(step)
      case 'hold':
        return this.#hold(step.number)
      case 'lift':
        return this.#lift(step.number)
    }
  }

  #nowMs(): number {
    return this.#world.clock.now().getTime()
  }

  #of(index: number): { model: ModelNumber; place: Place; line: { numberId: string; e164: string } } {
    const [model, line] = [this.#numbers[index], this.#lines[index]]
    const place = model?.places.at(-1)
    if (!model || !line || !place) throw new Error('no such number')
    return { model, place, line }
  }

  async #ingest({ number, hoursAgo }: Step & { kind: 'ingest' }): Promise<void> {
    const { model, line } = this.#of(number)
    const at = `${new Date(this.#nowMs() - hoursAgo * hourMs).toISOString().slice(0, -1)}000Z`
    const text = `text ${this.#ingested++}`
    const sent = {
      number: line.e164,
      kind: 'message',
      direction: 'inbound',
      otherParty: '+8613800138034',
      occurredAt: at,
      text,
      source: 'model',
      sourceId: text,
    }
    const answer = bodyOf(await this.#company.owner.post('/v1/records', { records: [sent] }), 200)
    const isErased = at < erasedBefore(model)
    expect(answer).toMatchObject(isErased ? { accepted: 0, refused: 1 } : { accepted: 1, refused: 0 })
    if (!isErased) model.records.push({ text, at })
  }

  async #move(step: Step & { kind: 'move' | 'lend' }): Promise<void> {
    const { model, place, line } = this.#of(step.number)
    const history = step.kind === 'lend' ? 'keep' : step.history
    const dueAt = this.#nowMs() + loanHours * hourMs
    const answer = await this.#company.owner.post(
      `/v1/numbers/${line.numberId}/${place.holder === null ? 'assign' : 'reassign'}`,
      {
        toMemberId: this.#members[step.member],
        history,
        ...(history === 'delete' ? { reason: 'private' } : {}),
        ...(step.kind === 'lend' ? { returnAt: new Date(dueAt).toISOString() } : {}),
      },
    )
    if (answer.status !== 200) return this.#expectRefused(step, answer)
    if (history === 'delete') expect([model.hold, this.#retainDays]).toEqual([null, 0])
    const since: string = answer.body.number.heldSince
    const isReturn = model.loan?.lender === step.member
    const kept = isReturn ? (model.loan?.visibleFrom ?? '') : place.visibleFrom
    if (step.kind === 'lend' && place.holder !== null)
      model.loan = { lender: place.holder, dueAt, visibleFrom: place.visibleFrom }
    if (isReturn) model.loan = null
    model.places.push({
      holder: step.member,
      visibleFrom: history === 'keep' ? kept : since,
      since,
      cause: isReturn ? 'returned' : step.kind,
    })
    if (history === 'delete') {
      const requestId: string = answer.body.deleteRequestId
      const dueMs = Date.parse(since) + undoHours * hourMs
      model.erasures.push({ cutOff: since, dueAt: dueMs, requestId, state: 'asked' })
    }
  }

  // Why moves are refused is the business of another model; here they only have to change nothing.
  #expectRefused(step: Step & { kind: 'move' | 'lend' | 'park' | 'undo' }, answer: Answer): void {
    const { model, place } = this.#of(step.number)
    expect([409, 422]).toContain(answer.status)
    if (step.kind !== 'move' || model.loan || place.holder === step.member) return
    expect(step.history === 'delete' && (model.hold !== null || this.#retainDays > 0)).toBe(true)
  }

  async #end(step: Step & { kind: 'park' | 'undo' | 'approve' | 'reject' | 'hold' | 'lift' }): Promise<void> {
    const { model, place, line } = this.#of(step.number)
    const answer = await this.#company.owner.post(`/v1/numbers/${line.numberId}/${step.kind}`)
    if (answer.status !== 200) {
      expect([409, 422]).toContain(answer.status)
      return
    }
    const since: string = answer.body.heldSince
    if (step.kind === 'park') {
      model.places.push({ ...place, holder: null, since, cause: 'park' })
      return
    }
    const before = model.places.at(-2)
    if (!before) throw new Error('nothing to undo')
    if (place.cause === 'lend') model.loan = null
    for (const erasure of model.erasures)
      if (erasure.cutOff === place.since && isPending(erasure)) erasure.state = 'off'
    model.places.push({ ...before, since, cause: 'undo' })
  }

  async #decide({ kind, number }: Step & { kind: unknown; number: number }): Promise<void> {
    const { model } = this.#of(number)
    const asked = model.erasures.find((erasure) => erasure.state === 'asked')
    if (!asked) return
    const admin = this.#clients.get('admin')
    const answer = await admin?.post(`/v1/requests/${asked.requestId}/${kind}`, { reason: 'decided' })
    const mayApprove = model.hold === null && this.#retainDays === 0
    expect(answer?.status === 200).toBe(kind === 'reject' || mayApprove)
    if (kind === 'reject') asked.state = 'off'
    else if (mayApprove) asked.state = 'approved'
  }

  async #hold(number: number): Promise<void> {
    const { model, line } = this.#of(number)
    if (model.hold !== null) return
    const hold = { subjectKind: 'number', subjectId: line.numberId, reason: 'case' }
    model.hold = bodyOf(await this.#company.owner.post('/v1/legal-holds', hold), 201).holdId
  }

  async #lift(number: number): Promise<void> {
    const { model } = this.#of(number)
    if (model.hold === null) return
    for (const who of ['owner', 'auditor'] as const) {
      const lifted = await this.#clients
        .get(who)
        ?.post(`/v1/legal-holds/${model.hold}/lift`, { reason: 'over' })
      expect(lifted?.status).toBe(200)
    }
    model.hold = null
  }

  async #retain(days: number): Promise<void> {
    this.#retainDays = days
    const policies = { minimumRetentionDays: days }
    bodyOf(await this.#company.owner.patch('/v1/company', { policies }), 200)
  }

  async #wait(hours: number): Promise<void> {
    this.#world.clock.advance({ hours })
    await this.#world.runDueWork()
    for (const [index, model] of this.#numbers.entries()) {
      for (const erasure of model.erasures) {
        if (erasure.state !== 'approved' || erasure.dueAt > this.#nowMs() || model.hold !== null) continue
        erasure.state = 'done'
        model.records = model.records.filter((record) => record.at >= erasure.cutOff)
      }
      if (model.loan && model.loan.dueAt <= this.#nowMs()) await this.#returned(index, model.loan)
    }
  }

  async #returned(index: number, loan: NonNullable<ModelNumber['loan']>): Promise<void> {
    const { model, line } = this.#of(index)
    const shown = bodyOf(await this.#company.owner.get(`/v1/numbers/${line.numberId}`), 200)
    const { lender: holder, visibleFrom } = loan
    model.places.push({ holder, visibleFrom, since: shown.heldSince, cause: 'returned' })
    model.loan = null
  }

  /** Compares what everybody sees, number by number and together, with what the model says. */
  async compare(): Promise<void> {
    for (const person of people) {
      for (const query of person === 'owner' || person === 'admin'
        ? ['', '&reason=case']
        : ['&reason=case']) {
        const hasReason = query !== ''
        const expected = this.#numbers.map((number) => seen(person, number, hasReason))
        const shown = await Promise.all(
          this.#lines.map(({ numberId }) => this.#textsOf(person, `/v1/numbers/${numberId}/records`, query)),
        )
        expect({ person, query, shown }).toEqual({ person, query, shown: expected })
        const together = await this.#textsOf(person, '/v1/records', query)
        const sorted = (texts: readonly string[]) => [...texts].sort()
        expect(sorted(together ?? [])).toEqual(sorted(expected.flatMap((texts) => texts ?? [])))
      }
    }
  }

  async #textsOf(person: Person, path: string, query: string): Promise<string[] | null> {
    const answer = await this.#clients.get(person)?.get(`${path}?limit=200${query}`)
    if (answer?.status === 404) return null
    const { items } = bodyOf(answer as Answer, 200)
    return items.map((item: { text: string | null }) => item.text ?? '-')
  }
}

function isPending({ state }: Erasure): boolean {
  return state === 'asked' || state === 'approved'
}

function latestCutOff(erasures: readonly Erasure[]): string {
  return [beginning, ...erasures.map((erasure) => erasure.cutOff)].sort().at(-1) ?? beginning
}

function erasedBefore({ erasures }: ModelNumber): string {
  return latestCutOff(erasures.filter(({ state }) => state === 'done'))
}

/** What someone sees of a number, newest first: texts, `-` where they are withheld; null when it is not theirs. */
function seen(person: Person, number: ModelNumber, hasReason: boolean): string[] | null {
  const place = number.places.at(-1)
  const isHolder = place?.holder !== null && members[place?.holder ?? -1] === person
  const isCompany = person === 'owner' || person === 'admin' || person === 'auditor'
  if (!isHolder && !isCompany && !(person === 'Lena' && place?.holder === anna)) return null
  const goes = latestCutOff(number.erasures.filter(isPending))
  return [...number.records]
    .sort((one, other) => (one.at < other.at ? 1 : -1))
    .filter(({ at }) => person === 'owner' || person === 'auditor' || at >= goes)
    .filter(({ at }) => !isHolder || at >= (place?.visibleFrom ?? ''))
    .map(({ text }) => (isHolder || ((person === 'owner' || person === 'admin') && hasReason) ? text : '-'))
}

async function newCompany(world: World): Promise<Company> {
  const company = await createCompany(world, { policies: { cooldownMinutes: 0 } })
  await company.owner.patch('/v1/company/subscription', { capOverride: numberCount * 2 })
  const { departmentId } = await addDepartment(company)
  const hired = [
    await hire(company, 'Anna', { departments: [{ departmentId }] }),
    await hire(company, 'Béla'),
    await hire(company, 'Lena', { role: 'lead', departments: [{ departmentId, isLead: true }] }),
  ]
  const clients = new Map<Person, Client>([['owner', company.owner]])
  for (const role of ['admin', 'auditor'] as const)
    clients.set(role, await tokenFor(world, company, await hire(company, role, { role })))
  for (const [place, name] of members.entries())
    clients.set(name, await tokenFor(world, company, hired[place] ?? ''))
  const lines = [await addNumber(company), await addNumber(company)]
  return new Company({ world, company, clients, members: hired, lines })
}

/**
 * Takes random histories and compares after every step what everybody sees with what the model says. The first failure
 * ends it, with the seed and path that repeat it.
 * @returns how many histories were compared inside the time limit
 */
export async function compareWithModel(
  world: World,
  size: { readonly runs: number; readonly steps: number; readonly timeLimitMs: number },
): Promise<number> {
  let compared = 0
  const seed = Number(process.env['BATON_TEST_SEED'] ?? Date.now() % 1_000_000)
  const steps = fc.array(stepArbitrary, { minLength: Math.ceil(size.steps / 2), maxLength: size.steps })
  await fc.assert(
    fc.asyncProperty(steps, async (history) => {
      const company = await newCompany(world)
      for (const step of history) {
        await company.take(step)
        await company.compare()
      }
      compared += 1
    }),
    {
      numRuns: Number(process.env['BATON_TEST_RUNS'] ?? size.runs),
      seed,
      verbose: 1,
      interruptAfterTimeLimit: size.timeLimitMs,
      markInterruptAsFailure: false,
      endOnFailure: process.env['BATON_TEST_SHRINK'] === undefined,
    },
  )
  return compared
}
