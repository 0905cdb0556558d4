import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AccountChangeKind, type IdentifierKind, identifierKinds } from '../accounts/model.ts'
import type { IdentifierUses, PlanStep } from './model.ts'
import {
  type BoundIdentifier,
  coursesOf,
  type HeldPasskey,
  objectedWith,
  settlementOf,
  settlersOf,
  standing,
  standsUnderObjection,
  type UnsettledChange,
} from './objection-rules.ts'
import {
  loginWays,
  planUnbinding,
  refuseUnbinding,
  refuseUses,
  usesAtFirst,
  verificationWays,
  type Ways,
} from './rules.ts'

interface Passkey extends HeldPasskey {
  isFrozen: boolean
}

/** An account, as far as ways in and out go: every step that the services allow is one here, with the same rules. */
class Account {
  bound: BoundIdentifier[] = []
  passkeys: Passkey[] = []
  hasAuthenticator = false
  unsettled: UnsettledChange[] = []
  /** Values that another account took while they were free. */
  readonly taken = new Set<string>()
  /** Values that this account gave up. */
  readonly freed: string[] = []
  #ids = 0
  #time = 0

  constructor(kind: IdentifierKind) {
    this.bound = [this.#made(kind, `${kind} 0`)]
  }

  get ways(): Ways {
    const objectionId = this.unsettled.find((change) => change.objectionId !== null)?.objectionId ?? null
    const passkeys = this.passkeys.filter(({ isFrozen }) => !isFrozen).length
    return { identifiers: this.bound, passkeys, hasAuthenticator: this.hasAuthenticator, objectionId }
  }

  #made(kind: IdentifierKind, value: string): BoundIdentifier {
    this.#ids += 1
    const boundAt = this.#moment()
    return {
      identifierId: `i${this.#ids}`,
      kind,
      value,
      ...usesAtFirst(kind),
      boundAt,
      isFrozen: false,
      canOpen: true,
    }
  }

  #moment(): string {
    this.#time += 1
    return String(this.#time).padStart(6, '0')
  }

  #note(kind: AccountChangeKind, part: Partial<UnsettledChange>): void {
    this.#ids += 1
    const blank = { subjectId: null, identifier: null, before: null, after: null, objectionId: null }
    this.unsettled.push({ changeId: `c${this.#ids}`, kind, changedAt: this.#moment(), ...blank, ...part })
  }

  add(kind: IdentifierKind, value: string): boolean {
    const isFree = !this.taken.has(value) && !this.bound.some((one) => one.value === value)
    if (this.ways.objectionId !== null || !isFree) return false
    const one = this.#made(kind, value)
    this.bound.push(one)
    this.#note('identifier_bound', { subjectId: one.identifierId, identifier: one, after: one })
    return true
  }

  use(one: BoundIdentifier, uses: IdentifierUses): boolean {
    if (this.ways.objectionId !== null || refuseUses(this.ways, one, uses) !== null) return false
    this.bound = this.bound.map((other) => (other === one ? { ...one, ...uses } : other))
    this.#note('identifier_uses_changed', { identifier: one, before: one, after: { ...one, ...uses } })
    return true
  }

  remove(one: BoundIdentifier): boolean {
    if (this.ways.objectionId !== null || refuseUnbinding(this.ways, one.identifierId) !== null) return false
    this.bound = this.bound.filter((other) => other !== one)
    this.freed.push(one.value)
    this.#note('identifier_unbound', { identifier: one, before: one })
    return true
  }

  addPasskey(): void {
    if (this.ways.objectionId !== null) return
    this.#ids += 1
    const passkeyId = `p${this.#ids}`
    this.passkeys.push({ passkeyId, addedAt: this.#moment(), isFrozen: false })
    this.#note('passkey_added', { subjectId: passkeyId })
  }

  removePasskey(): void {
    const [passkey] = this.passkeys
    const rest = { ...this.ways, passkeys: this.ways.passkeys - 1 }
    if (!passkey || this.ways.objectionId !== null || loginWays(rest).length === 0) return
    if (verificationWays(rest).length === 0) return
    this.passkeys = this.passkeys.slice(1)
    this.#note('passkey_removed', { subjectId: passkey.passkeyId })
  }

  switchAuthenticator(): void {
    if (this.ways.objectionId !== null) return
    const rest = { ...this.ways, hasAuthenticator: false }
    if (this.hasAuthenticator && verificationWays(rest).length === 0) return
    this.hasAuthenticator = !this.hasAuthenticator
  }

  object(changeId: string): void {
    const waiting = objectedWith(this.unsettled, changeId)
    if (waiting[0] === undefined || waiting[0].objectionId !== null) return
    this.#bindAgain(waiting)
    const added = new Set(waiting.map(({ subjectId }) => subjectId))
    const passkeys = this.passkeys.filter((one) => !one.isFrozen && !added.has(one.passkeyId)).length
    const stands = standsUnderObjection({ bound: this.bound, passkeys, unsettled: this.unsettled, changeId })
    if (stands !== null) {
      this.bound = standing(this.bound, stands)
      for (const one of this.passkeys) one.isFrozen ||= added.has(one.passkeyId)
    }
    this.unsettled = this.unsettled.map((change) =>
      waiting.includes(change) ? { ...change, objectionId: changeId } : change,
    )
  }

  #bindAgain(waiting: readonly UnsettledChange[]): void {
    for (const { identifier, before } of coursesOf(waiting)) {
      const isFree =
        !this.taken.has(identifier.value) && !this.bound.some(({ value }) => value === identifier.value)
      if (before === null || !isFree) continue
      this.bound.push({
        ...this.#made(identifier.kind, identifier.value),
        ...before,
        ...identityOf(identifier),
      })
    }
  }

  settlers(changeId: string) {
    const passkeys = this.passkeys.filter(({ isFrozen }) => !isFrozen)
    return settlersOf({ bound: this.bound, unsettled: this.unsettled, changeId }, passkeys)
  }

  settle(decision: 'keep' | 'undo'): void {
    const changeId = this.ways.objectionId
    if (changeId === null) return
    const waiting = objectedWith(this.unsettled, changeId)
    const added = new Set(waiting.map(({ subjectId }) => subjectId))
    const isLeft = (one: Passkey) => decision === 'keep' || !added.has(one.passkeyId)
    const passkeys = this.passkeys.filter((one) => !one.isFrozen && isLeft(one)).length
    const settlement = settlementOf(
      { bound: this.bound, passkeys, unsettled: this.unsettled, changeId },
      decision,
    )
    if (settlement === null) return
    const gone = new Set(settlement.gone)
    this.bound = standing(
      this.bound.filter((one) => !gone.has(one)),
      settlement.stands,
    )
    this.passkeys = this.passkeys.filter(isLeft)
    for (const one of this.passkeys) one.isFrozen &&= !added.has(one.passkeyId)
    this.unsettled = this.unsettled.filter((change) => !waiting.includes(change))
  }

  /** Another account takes what this one gave up last, while it is free. */
  loseFreed(): void {
    const freed = this.freed.at(-1)
    if (freed !== undefined && !this.bound.some(({ value }) => value === freed)) this.taken.add(freed)
  }

  /** Seven days later: nobody can object to what nobody objected to. */
  wait(): void {
    this.unsettled = this.unsettled.filter(({ objectionId }) => objectionId !== null)
  }
}

function identityOf({ kind, value }: BoundIdentifier | { kind: IdentifierKind; value: string }) {
  return { kind, value, isFrozen: false }
}

const step = fc.record({
  act: fc.constantFrom(
    'add',
    'use',
    'remove',
    'passkey',
    'no_passkey',
    'authenticator',
    'object',
    'keep',
    'undo',
    'wait',
    'taken',
  ),
  which: fc.nat({ max: 7 }),
  kind: fc.constantFrom(...identifierKinds),
  uses: fc.record({ canLogin: fc.boolean(), canVerify: fc.boolean() }),
})
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never

const acts: Readonly<Record<Step['act'], (account: Account, step: Step) => void>> = {
  add: (account, { kind, which }) => account.add(kind, `${kind} ${which % 2}`),
  use: (account, { which, uses }) => withOne(account.bound, which, (one) => account.use(one, uses)),
  remove: (account, { which }) => withOne(account.bound, which, (one) => account.remove(one)),
  passkey: (account) => account.addPasskey(),
  no_passkey: (account) => account.removePasskey(),
  authenticator: (account) => account.switchAuthenticator(),
  object: (account, { which }) =>
    withOne(account.unsettled, which, ({ changeId }) => account.object(changeId)),
  keep: (account) => account.settle('keep'),
  undo: (account) => account.settle('undo'),
  wait: (account) => account.wait(),
  taken: (account) => account.loseFreed(),
}

function withOne<One>(all: readonly One[], which: number, work: (one: One) => void): void {
  const one = all[which % Math.max(1, all.length)]
  if (one !== undefined) work(one)
}

function take(account: Account, one: Step): void {
  acts[one.act](account, one)
}

const histories = fc.record({
  first: fc.constantFrom(...identifierKinds),
  steps: fc.array(step, { minLength: 1, maxLength: 40 }),
})

function carryOut(account: Account, planned: PlanStep, round: number): boolean {
  if (planned.step === 'settle_change') return false
  if (planned.step === 'add_identifier') return account.add(planned.kinds[0] ?? 'email', `new ${round}`)
  const one = account.bound.find(({ identifierId }) => identifierId === planned.identifierId)
  if (!one) return false
  return planned.step === 'set_uses' ? account.use(one, planned.uses) : account.remove(one)
}

describe('ACC-7, ACC-8, ACC-9 as one machine of states', () => {
  it('no sequence of allowed steps, objections and decisions leads to an account without a way in', () => {
    fc.assert(
      fc.property(histories, ({ first, steps }) => {
        const account = new Account(first)
        for (const one of steps) {
          take(account, one)
          expect(loginWays(account.ways).length).toBeGreaterThan(0)
          expect(new Set(account.bound.map(({ value }) => value)).size).toBe(account.bound.length)
        }
      }),
      { numRuns: 3000 },
    )
  })

  it('whoever can sign in can always have an objection settled', () => {
    fc.assert(
      fc.property(histories, ({ first, steps }) => {
        const account = new Account(first)
        for (const one of steps) {
          take(account, one)
          const { objectionId } = account.ways
          if (objectionId === null) continue
          const { identifierIds, passkeyIds } = account.settlers(objectionId)
          expect(identifierIds.length + passkeyIds.length).toBeGreaterThan(0)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('every plan, carried out step by step, is allowed and ends with the identifier unbound', () => {
    let longest = 0
    fc.assert(
      fc.property(histories, fc.nat({ max: 2 }), ({ first, steps }, which) => {
        const account = new Account(first)
        for (const one of steps) take(account, one)
        const asked = account.bound[which]
        fc.pre(asked !== undefined && account.ways.objectionId === null)
        const plan = planUnbinding(account.ways, asked)
        expect(plan.isPossibleNow).toBe(refuseUnbinding(account.ways, asked.identifierId) === null)
        longest = Math.max(longest, plan.steps.length)
        for (const [round, planned] of plan.steps.entries()) {
          expect(carryOut(account, planned, round), JSON.stringify(plan.steps)).toBe(true)
        }
        expect(account.bound.some(({ identifierId }) => identifierId === asked.identifierId)).toBe(false)
      }),
      { numRuns: 2000 },
    )
    expect(longest).toBe(2)
  })

  it('what came with the changes never settles them while something older opens the account', () => {
    fc.assert(
      fc.property(histories, ({ first, steps }) => {
        const account = new Account(first)
        for (const one of steps) {
          take(account, one)
          const { objectionId } = account.ways
          if (objectionId === null) continue
          const waiting = objectedWith(account.unsettled, objectionId)
          const came = coursesOf(waiting).filter(({ before }) => before === null)
          const isNew = ({ value }: BoundIdentifier) =>
            came.some(({ identifier }) => identifier.value === value)
          const usable = account.bound.filter(({ canLogin, isFrozen }) => canLogin && !isFrozen)
          const older = usable.filter((one) => !isNew(one) && one.boundAt < (waiting[0]?.changedAt ?? ''))
          const settlers = account.settlers(objectionId).identifierIds
          if (older.length > 0) {
            expect(usable.filter(isNew).some(({ identifierId }) => settlers.includes(identifierId))).toBe(
              false,
            )
          }
        }
      }),
      { numRuns: 1500 },
    )
  })
})
