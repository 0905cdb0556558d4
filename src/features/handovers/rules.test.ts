import { describe, expect, it } from 'vitest'
import { type Holding, type HoldingKind, holdingKinds } from '../custody-ports/model.ts'
import { planHashOf } from './plan-hash.ts'
import { decideAll, type Whole } from './rules/choices.ts'
import { type Decision, differenceOf } from './rules/difference.ts'
import { whyApproval } from './rules/needs-approval.ts'
import { handoverStates, handoverSteps, itemStateAfter, itemStates, itemSteps, stateAfter } from './states.ts'

describe('the tables of states', () => {
  it('reach every state of a handover, and end only where nothing is left to do', () => {
    const reached = new Set<string>(['draft', ...Object.values(handoverSteps).map(({ to }) => to)])
    expect(handoverStates.filter((state) => !reached.has(state))).toEqual([])
    const ends = handoverStates.filter((state) =>
      Object.values(handoverSteps).every(({ from }) => !(from as readonly string[]).includes(state)),
    )
    expect(ends).toEqual(['closed', 'undone', 'cancelled'])
    expect(stateAfter('running', 'cancel')).toBeNull()
    expect(stateAfter('finished', 'undo')).toBe('undoing')
  })

  it('reach every state of an item, and take back only what was begun', () => {
    const reached = new Set<string>(['planned', ...Object.values(itemSteps).map(({ to }) => to)])
    expect(itemStates.filter((state) => !reached.has(state))).toEqual([])
    expect(itemStateAfter('planned', 'undo')).toBeNull()
    expect(itemStateAfter('failed', 'retry')).toBe('planned')
  })
})

const whole: Whole = {
  kind: 'leave',
  endsAt: null,
  defaultSuccessorId: 'sam',
  fallbackId: null,
  choices: [],
}

const phaseOf: Partial<Record<HoldingKind, 'access' | 'numbers' | 'roles' | 'membership'>> = {
  access: 'access',
  membership: 'membership',
  role: 'roles',
}

function stepOf(kind: HoldingKind) {
  const phase = phaseOf[kind] ?? 'numbers'
  const ways =
    kind === 'number' ? (['pass_on', 'park', 'leave'] as const) : (['end', 'pass_on', 'leave'] as const)
  return { phase, ways }
}

function held(kind: HoldingKind, id: string): Holding {
  return { kind, id, label: id, since: null, dependents: [] }
}

describe('what is decided for a holding', () => {
  it('HAN-3 comes in the order of the run, whatever order it is found in', () => {
    const found = [held('membership', 'm'), held('number', 'b'), held('access', 'a'), held('number', 'a')]
    const order = (holdings: readonly Holding[]) =>
      decideAll(whole, holdings, stepOf).map(({ kind, holdingId }) => `${kind} ${holdingId}`)
    expect(order(found)).toEqual(['access a', 'number a', 'number b', 'membership m'])
    expect(order(found.toReversed())).toEqual(order(found))
  })

  it('is its own choice before that of its kind before the whole', () => {
    const decide = (choices: Whole['choices']) =>
      decideAll({ ...whole, choices }, [held('number', 'n')], stepOf)[0]
    expect(decide([])).toMatchObject({ way: 'pass_on', toMemberId: 'sam', history: 'keep', isChosen: false })
    expect(decide([{ kind: 'number', id: null, way: 'park' }])).toMatchObject({
      way: 'park',
      toMemberId: null,
    })
    const both = [
      { kind: 'number', id: null, way: 'park' },
      { kind: 'number', id: 'n', toMemberId: 'otto', history: 'hide' },
    ] as const
    expect(decide(both)).toMatchObject({
      way: 'pass_on',
      toMemberId: 'otto',
      history: 'hide',
      isOwnChoice: true,
    })
  })

  it('comes back by itself only in a loan, and only what passes on', () => {
    const loan = { ...whole, kind: 'loan', endsAt: '2030-01-01T00:00:00.000000Z' } as const
    const [access, number] = decideAll(loan, [held('access', 'a'), held('number', 'n')], stepOf)
    expect(number?.returnAt).toBe(loan.endsAt)
    expect(access?.returnAt).toBeNull()
  })

  it('knows a place for every kind', () => {
    const all = holdingKinds.map((kind) => held(kind, kind))
    expect(decideAll(whole, all, stepOf)).toHaveLength(holdingKinds.length)
  })
})

const decision: Decision = {
  kind: 'number',
  holdingId: '0190a000-0000-7000-8000-000000000001',
  label: '+4930123',
  way: 'pass_on',
  toMemberId: 'sam',
  history: 'keep',
  returnAt: null,
}
const handover = { handoverId: 'h', kind: 'leave', leaverId: 'l', effectiveAt: 't' } as const

describe('HAN-2 the hash of a plan', () => {
  it('is of the decisions, not of names', () => {
    expect(planHashOf(handover, [{ ...decision, label: 'renamed' }])).toBe(planHashOf(handover, [decision]))
  })

  it('changes with each decision, with their order, and with the handover', () => {
    const other = { ...decision, holdingId: '0190a000-0000-7000-8000-000000000002' }
    const hashes = [
      planHashOf(handover, [decision]),
      planHashOf(handover, [{ ...decision, way: 'park' }]),
      planHashOf(handover, [{ ...decision, toMemberId: 'otto' }]),
      planHashOf(handover, [{ ...decision, history: 'hide' }]),
      planHashOf(handover, [{ ...decision, returnAt: 'then' }]),
      planHashOf(handover, [decision, other]),
      planHashOf(handover, [other, decision]),
      planHashOf({ ...handover, effectiveAt: 'later' }, [decision]),
      planHashOf({ ...handover, leaverId: 'other' }, [decision]),
      planHashOf({ ...handover, kind: 'move' }, [decision]),
      planHashOf({ ...handover, handoverId: 'other' }, [decision]),
    ]
    expect(new Set(hashes).size).toBe(hashes.length)
  })

  it('goes with a difference that says what came, what went and what is decided otherwise', () => {
    const other = { ...decision, holdingId: 'other' }
    expect(differenceOf([decision], [decision])).toBeNull()
    expect(differenceOf([decision], [{ ...decision, label: 'renamed' }])).toBeNull()
    expect(differenceOf([decision], [{ ...decision, way: 'park', toMemberId: null }, other])).toMatchObject({
      added: 1,
      removed: 0,
      changed: 1,
    })
    expect(differenceOf([decision, other], [decision])).toMatchObject({
      removed: 1,
      items: [{ after: null }],
    })
  })
})

describe('HAN-10 the limit of one person', () => {
  const within = { policy: 'above_limit', leavers: 5, leaversLimit: 5, moves: 1000, movesLeft: 1000 } as const
  const cases: [string | undefined, Partial<Parameters<typeof whyApproval>[0]>][] = [
    [undefined, {}],
    ['handover.needs_approval', { policy: 'always' }],
    ['handover.over_leavers', { leavers: 6 }],
    [undefined, { leavers: 6, leaversLimit: null }],
    ['handover.over_moves', { moves: 1001 }],
    ['handover.over_moves', { moves: 1, movesLeft: -3 }],
    [undefined, { moves: 0, movesLeft: 0 }],
    [undefined, { moves: 100_000, movesLeft: null }],
  ]
  for (const [code, change] of cases)
    it(`${code ?? 'nobody'} with ${JSON.stringify(change)}`, () => {
      expect(whyApproval({ ...within, ...change })?.code).toBe(code)
    })
})
