import { expect } from 'vitest'
import { runSlice } from '../../src/features/operations/service/run-slice.ts'
import { systemCaller } from '../../src/kernel/caller.ts'
import { addNumber, hire } from '../builders/numbers.ts'
import { bodyOf, createCompany, type TestCompany } from '../builders.ts'
import type { Answer, World } from '../world.ts'
import { cooldownMinutes, licences, placeOf, waitMinutes } from './custody-model.ts'
import { type BatchModel, type Fate, type Line, type ModelOperation, stateOf } from './model.ts'
import {
  type AskStep,
  type BatchStep,
  type History,
  memberCount,
  numberCount,
  type SteerStep,
  type Step,
} from './steps.ts'

const nobody = '00000000-0000-7000-8000-000000000000'

/** What happened in a run of histories, so that it can be seen that everything did. */
export type Tally = Map<string, number>

interface Parts {
  readonly world: World
  readonly company: TestCompany
  readonly members: readonly string[]
  readonly numbers: readonly string[]
  readonly model: BatchModel
  readonly tally: Tally
}

/** A company with a model beside it: each step is done in both, and what both say is compared. */
export class ComparedCompany {
  readonly #parts: Parts
  readonly #operations = new Map<ModelOperation, string>()

  private constructor(parts: Parts) {
    this.#parts = parts
  }

  static async open(
    world: World,
    options: { history: History; model: BatchModel; tally: Tally },
  ): Promise<ComparedCompany> {
    const { cap, limit } = options.history
    const policies = { countryChecks: {}, cooldownMinutes, maxBatchSize: limit }
    const company = await createCompany(world, { licences, policies })
    bodyOf(await company.owner.patch('/v1/company/subscription', { capOverride: cap }), 200)
    const members: string[] = []
    for (let index = 0; index < memberCount; index++) members.push(await hire(company, `Member ${index}`))
    const numbers: string[] = []
    for (let index = 0; index < numberCount; index++) numbers.push((await addNumber(company)).numberId)
    return new ComparedCompany({ ...options, world, company, members, numbers })
  }

  get companyId(): string {
    return this.#parts.company.companyId
  }

  async take(step: Step): Promise<void> {
    switch (step.kind) {
      case 'batch':
        await this.#batch(step)
        break
      case 'run':
      case 'slice':
      case 'undo-batch':
      case 'retry':
      case 'pause':
      case 'resume':
      case 'cancel':
        await this.#steer(step)
        break
      case 'wait':
        await this.#wait(step.minutes)
        break
      default:
        await this.#single(step)
    }
    await this.#compareNumbers(step)
  }

  #count(what: string): void {
    const { tally } = this.#parts
    tally.set(what, (tally.get(what) ?? 0) + 1)
  }

  async #single(step: Exclude<Step, BatchStep | SteerStep | { kind: 'wait' }>): Promise<void> {
    if ('number' in step) await this.#custody(step)
    else await this.#status(step)
  }

  async #status(step: Extract<Step, { kind: 'suspend' | 'activate' }>): Promise<void> {
    const { model, company, members } = this.#parts
    if (model.isActive[step.member] === (step.kind === 'activate')) return
    const status = step.kind === 'activate' ? 'active' : 'suspended'
    bodyOf(await company.owner.patch(`/v1/members/${members[step.member]}`, { status }), 200)
    model.take(step)
  }

  async #custody(step: AskStep | Extract<Step, { kind: 'park' | 'undo' }>): Promise<void> {
    const { model, company, numbers } = this.#parts
    const path = `/v1/numbers/${numbers[step.number]}`
    const isParked = placeOf(model.number(step.number)).holder === null
    const answer = await ('member' in step
      ? company.owner.post(`${path}/${isParked ? 'assign' : 'reassign'}`, this.#order(step))
      : company.owner.post(`${path}/${step.kind}`))
    expect([200, 202, 409, 422]).toContain(answer.status)
    const allowed = answer.status < 300
    const says: string | undefined = answer.body.code
    this.#count(`single ${allowed ? 'allowed' : 'refused'}`)
    expect({ step, allowed, says }).toEqual({ step, allowed: model.take(step), says })
  }

  #order({ kind, member }: AskStep): object {
    const later = new Date(this.#parts.world.clock.now().getTime() + waitMinutes * 60_000).toISOString()
    const times = {
      move: {},
      schedule: { at: later },
      lend: { returnAt: later },
      earliest: { when: 'earliest' },
    }
    return { toMemberId: this.#parts.members[member], ...times[kind] }
  }

  async #batch(step: BatchStep): Promise<void> {
    const { model, company } = this.#parts
    const lines = model.linesOf(step)
    const fates = model.plan(lines, step)
    const body = {
      moves: lines.map((line) => this.#moveOf(line)),
      when: step.when,
      ...(step.override ? { overrideCooldown: { reason: 'urgent' } } : {}),
    }
    const { plan } = bodyOf(await company.owner.post('/v1/number-moves', { ...body, dryRun: true }), 200)
    expect({ step, fates: fatesOf(plan) }).toEqual({ step, fates })
    const answer = await company.owner.post('/v1/number-moves', body)
    const operation = model.beginBatch(lines, step)
    for (const { outcome, code } of fates) this.#count(`line ${code ?? outcome}`)
    if (operation === null) {
      expect(answer).toMatchObject({ status: 409, body: { code: 'batch.nothing_left' } })
      return
    }
    const { operationId } = bodyOf(answer, 202).operation
    this.#operations.set(operation, operationId)
    if (step.runs === 'one slice') await this.#slice(operation)
    if (step.runs !== 'to the end') return
    await this.#run(operation)
    const shown = await this.#compareOperation(operation)
    expect({ step, ran: shown.items.map(ranOf) }).toEqual({ step, ran: plan.items.map(promisedBy) })
  }

  #moveOf({ number, member, expected }: Line): object {
    const { members, numbers } = this.#parts
    const holder = expected === null ? null : members[expected ?? 0]
    return {
      ...(number === null ? { number: '+4930999999' } : { numberId: numbers[number] }),
      toMemberId: member === null ? nobody : members[member],
      ...(expected === undefined ? {} : { expectedHolderId: holder }),
    }
  }

  async #steer({ kind, operation: back }: SteerStep): Promise<void> {
    const { model, company } = this.#parts
    const operation = model.operations.at(-1 - back)
    if (!operation) return
    if (kind === 'run') await this.#run(operation)
    if (kind === 'slice') await this.#slice(operation)
    if (kind !== 'run' && kind !== 'slice') {
      const verb = kind === 'undo-batch' ? 'undo' : kind
      const answer = await company.owner.post(`/v1/operations/${this.#idOf(operation)}/${verb}`)
      const allowed = answer.status < 300
      this.#count(`${kind} ${allowed ? 'allowed' : 'refused'}`)
      expect({ kind, allowed, says: answer.body.code }).toEqual({
        kind,
        allowed: model.steer(operation, kind),
        says: answer.body.code,
      })
      const undo = model.operations.at(-1)
      if (kind === 'undo-batch' && allowed && undo) {
        this.#operations.set(undo, answer.body.operationId)
        await this.#run(undo)
        await this.#compareOperation(undo)
      }
    }
    await this.#compareOperation(operation)
  }

  #idOf(operation: ModelOperation): string {
    const id = this.#operations.get(operation)
    if (id === undefined) throw new Error('an operation of the model that was never begun')
    return id
  }

  async #run(operation: ModelOperation): Promise<void> {
    while (operation.state === 'running') await this.#slice(operation)
  }

  /** Runs the next slice; which items are in it is the operation's own choice. */
  async #slice(operation: ModelOperation): Promise<void> {
    const { model, world } = this.#parts
    const operationId = this.#idOf(operation)
    const caller = systemCaller(this.companyId, 'operations.run', this.#parts.company.ownerMemberId)
    const rows = await world.parts.database.inRealmOf(caller, (tx) =>
      tx.query<{ position: number | null; last: boolean }>({
        text: `select i.position, o.next_slice + 1 >= o.slices as last from operations o left join operation_items i
            on i.company_id = o.company_id and i.operation_id = o.operation_id and i.slice = o.next_slice and i.state = 'pending'
          where o.company_id = $1 and o.operation_id = $2 order by i.position`,
        values: [tx.companyId, operationId],
      }),
    )
    const ran = await world.parts.database.inRealmOf(caller, (tx) => runSlice(tx, operationId))
    expect({ ran }).toEqual({ ran: operation.state === 'running' })
    if (!ran) return
    this.#count('slices')
    model.runSlice(
      operation,
      rows.flatMap(({ position }) => position ?? []),
      rows[0]?.last === true,
    )
  }

  async #wait(minutes: number): Promise<void> {
    const { model, world } = this.#parts
    for (const operation of [...model.operations]) await this.#run(operation)
    world.clock.advance({ minutes })
    for (const task of world.app.dueTasks)
      if (task.name === 'numbers.due-moves') while ((await task.run()) > 0) {}
    model.take({ kind: 'wait', minutes })
  }

  async #compareNumbers(step: Step): Promise<void> {
    const { model, company, members, numbers } = this.#parts
    const [list, licenceCounts] = await Promise.all([
      company.owner.get('/v1/numbers?limit=200'),
      company.owner.get('/v1/company/licences'),
    ])
    const shown = new Map(bodyOf(list, 200).items.map((item: Answer['body']) => [item.numberId, item]))
    const indexOf = (holder: { memberId: string } | null) =>
      holder ? members.indexOf(holder.memberId) : null
    expect({
      step,
      free: bodyOf(licenceCounts, 200).free,
      numbers: numbers.map((id) => {
        const number = shown.get(id) as Answer['body']
        return {
          holder: indexOf(number.holder),
          licensed: number.licensed,
          cooling: number.availableAt !== null,
          waiting: number.waiting.map((one: Answer['body']) => [one.kind, indexOf(one.to)]),
        }
      }),
    }).toEqual({
      step,
      free: model.freeLicences(),
      numbers: model.numbers.map((number) => ({
        holder: placeOf(number).holder,
        licensed: number.licensed,
        cooling: model.now < model.coolUntil(number),
        waiting: [
          ...(number.scheduled ? [['move', number.scheduled.to]] : []),
          ...(number.loan ? [['return', number.loan.lender]] : []),
        ],
      })),
    })
  }

  async compareOperations(): Promise<void> {
    for (const operation of this.#parts.model.operations) await this.#compareOperation(operation)
  }

  async #compareOperation(operation: ModelOperation): Promise<Answer['body']> {
    const path = `/v1/operations/${this.#idOf(operation)}?limit=1000`
    const shown = bodyOf(await this.#parts.company.owner.get(path), 200)
    const { state, items } = operation
    const count = (wanted: string) => items.filter((item) => item.state === wanted).length
    const pendingIs = state === 'cancelled' ? 'cancelled' : 'pending'
    expect({
      state: shown.state,
      counts: [shown.total, shown.done, shown.waiting, shown.failed, shown.pending],
      items: shown.items.map((item: Answer['body']) => [item.state, item.code]),
    }).toEqual({
      state,
      counts: [items.length, count('done'), count('waiting'), count('failed'), count('pending')],
      items: items.map((item) => [item.state === 'pending' ? pendingIs : item.state, item.code]),
    })
    return shown
  }
}

function fatesOf(plan: Answer['body']): Fate[] {
  return plan.items.map(({ outcome, code }: Answer['body']) => ({ outcome, code }))
}

function promisedBy({ outcome, code, dueAt }: Answer['body']): object {
  return { state: stateOf[outcome as keyof typeof stateOf], code, dueAt }
}

function ranOf({ state, code, outcome }: Answer['body']): object {
  return { state, code, dueAt: outcome?.dueAt ?? null }
}
