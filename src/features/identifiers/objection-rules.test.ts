import { describe, expect, it } from 'vitest'
import type { AccountChangeKind } from '../accounts/model.ts'
import {
  type BoundIdentifier,
  coursesOf,
  objectedWith,
  settlementOf,
  settlersOf,
  standsUnderObjection,
  type UnsettledChange,
} from './objection-rules.ts'

const both = { canLogin: true, canVerify: true }

function bound(value: string, boundAt: string, uses = both): BoundIdentifier {
  return {
    identifierId: `${value} id`,
    kind: 'email',
    value,
    ...uses,
    boundAt,
    isFrozen: false,
    canOpen: true,
  }
}

function change(
  changeId: string,
  kind: AccountChangeKind,
  part: { value?: string; before?: string; after?: string; subjectId?: string; uses?: typeof both },
): UnsettledChange {
  const picture = (at: string | undefined, uses = both) =>
    at === undefined ? null : { ...uses, boundAt: at }
  return {
    changeId,
    kind,
    subjectId: part.subjectId ?? null,
    identifier: part.value === undefined ? null : { kind: 'email', value: part.value },
    before: picture(part.before),
    after: picture(part.after, part.uses),
    changedAt: changeId,
    objectionId: null,
  }
}

const old = bound('old', '01')
const other = bound('other', '11')
const bindsOther = change('11', 'identifier_bound', { value: 'other', after: '11' })
const removesOld = change('12', 'identifier_unbound', { value: 'old', before: '01' })
const removesOther = change('13', 'identifier_unbound', { value: 'other', before: '11' })

describe('ACC-9 an objection', () => {
  it('takes along what came after the change, and nothing before', () => {
    expect(objectedWith([bindsOther, removesOld, removesOther], '12')).toEqual([removesOld, removesOther])
    expect(objectedWith([bindsOther], 'settled long ago')).toEqual([])
  })

  it('follows an identifier through several changes', () => {
    expect(coursesOf([bindsOther, removesOther])).toEqual([
      { identifier: { kind: 'email', value: 'other' }, before: null, after: null },
    ])
  })

  it('freezes what was bound, and gives what was there before its uses back', () => {
    const narrowed = change('12', 'identifier_uses_changed', {
      value: 'old',
      before: '01',
      after: '01',
      uses: { canLogin: false, canVerify: true },
    })
    const now = [bound('old', '01', { canLogin: false, canVerify: true }), other]
    const unsettled = [bindsOther, narrowed]
    expect(standsUnderObjection({ bound: now, passkeys: 0, unsettled, changeId: '11' })).toEqual([
      { identifierId: 'old id', ...both, isFrozen: false },
      { identifierId: 'other id', ...both, isFrozen: true },
    ])
  })

  it('brings back frozen what was itself bound lately: whoever removed it may have had reason to', () => {
    const stands = standsUnderObjection({
      bound: [old, other],
      passkeys: 0,
      unsettled: [bindsOther, removesOther],
      changeId: '13',
    })
    expect(stands).toEqual([{ identifierId: 'other id', ...both, isFrozen: true }])
  })

  it('freezes nothing where nothing else would open the account', () => {
    const alone = { bound: [other], unsettled: [bindsOther], changeId: '11' }
    expect(standsUnderObjection({ ...alone, passkeys: 0 })).toBeNull()
    expect(standsUnderObjection({ ...alone, passkeys: 1 })).toMatchObject([{ isFrozen: true }])
  })
})

describe('ACC-9 who settles', () => {
  it('is whoever comes in by what was there before, for longer than changes can be objected to', () => {
    const lately = bound('lately', '10')
    const bindsLately = change('10', 'identifier_bound', { value: 'lately', after: '10' })
    const unsettled = [bindsLately, bindsOther]
    expect(settlersOf({ bound: [old, lately, other], unsettled, changeId: '11' }, [])).toEqual({
      identifierIds: ['old id'],
      passkeyIds: [],
    })
    expect(settlersOf({ bound: [lately, other], unsettled, changeId: '11' }, []).identifierIds).toEqual([
      'lately id',
    ])
    expect(settlersOf({ bound: [other], unsettled, changeId: '11' }, []).identifierIds).toEqual(['other id'])
  })

  it('is a passkey, where it is as old', () => {
    const adds = change('10', 'passkey_added', { subjectId: 'new key' })
    const passkeys = [
      { passkeyId: 'old key', addedAt: '02' },
      { passkeyId: 'new key', addedAt: '10' },
    ]
    expect(settlersOf({ bound: [other], unsettled: [adds, bindsOther], changeId: '11' }, passkeys)).toEqual({
      identifierIds: [],
      passkeyIds: ['old key'],
    })
  })

  it('is nothing frozen, and nothing that does not sign in', () => {
    const frozen = { ...bound('frozen', '02'), isFrozen: true }
    const verifies = bound('verifies', '03', { canLogin: false, canVerify: true })
    const unsettled = [bindsOther]
    expect(
      settlersOf({ bound: [old, frozen, verifies, other], unsettled, changeId: '11' }, []).identifierIds,
    ).toEqual(['old id'])
  })
})

describe('ACC-9 a decision', () => {
  it('leaves it as the changes did, or as it was before', () => {
    const now = {
      bound: [old, { ...other, isFrozen: true }],
      passkeys: 0,
      unsettled: [bindsOther],
      changeId: '11',
    }
    expect(settlementOf(now, 'keep')).toEqual({
      gone: [],
      stands: [{ identifierId: 'other id', ...both, isFrozen: false }],
    })
    expect(settlementOf(now, 'undo')).toEqual({ gone: [{ ...other, isFrozen: true }], stands: [] })
  })

  it('takes nothing away that is the last way in', () => {
    const now = { bound: [other], passkeys: 0, unsettled: [bindsOther], changeId: '11' }
    expect(settlementOf(now, 'undo')).toBeNull()
    expect(settlementOf({ ...now, passkeys: 1 }, 'undo')).toMatchObject({ gone: [other] })
  })
})
