import { describe, expect, it } from 'vitest'
import type { IdentifierKind } from '../accounts/model.ts'
import type { IdentifierUses } from './model.ts'
import {
  type HeldIdentifier,
  planUnbinding,
  refuseUnbinding,
  refuseUses,
  usesAtFirst,
  type Ways,
} from './rules.ts'

const both = { canLogin: true, canVerify: true }
const login = { canLogin: true, canVerify: false }
const verification = { canLogin: false, canVerify: true }

function held(kind: IdentifierKind, uses: IdentifierUses, isFrozen = false): HeldIdentifier {
  return { identifierId: `${kind}-id`, kind, ...uses, isFrozen, canOpen: true }
}

/** A company's number that others hold by now, or a kind that is not set up here. */
function shut(kind: IdentifierKind): HeldIdentifier {
  return { ...held(kind, both), canOpen: false }
}

function ways(identifiers: readonly HeldIdentifier[], more: Partial<Ways> = {}): Ways {
  return { identifiers, passkeys: 0, hasAuthenticator: false, objectionId: null, ...more }
}

function planFor(one: HeldIdentifier, all: Ways) {
  return planUnbinding(all, one)
}

describe('ACC-7 unbinding never takes the last way to sign in', () => {
  it.each([
    ['the only one', ways([held('email', both)]), 'identifier.last_login'],
    [
      'beside one for verification',
      ways([held('email', login), held('phone', verification)]),
      'identifier.last_login',
    ],
    ['beside a frozen one', ways([held('email', both), held('phone', both, true)]), 'identifier.last_login'],
    [
      'beside an authenticator app',
      ways([held('email', both)], { hasAuthenticator: true }),
      'identifier.last_login',
    ],
    [
      'beside a number that others hold by now',
      ways([held('email', both), shut('phone')]),
      'identifier.last_login',
    ],
    ['beside another', ways([held('email', both), held('phone', both)]), null],
    ['beside a passkey', ways([held('email', both)], { passkeys: 1 }), null],
  ])('%s', (_what, all, code) => {
    expect(refuseUnbinding(all, 'email-id')?.code ?? null).toBe(code)
  })
})

describe('ACC-8 unbinding and other uses never take the last verification', () => {
  it.each([
    [
      'beside one for signing in',
      ways([held('email', both), held('phone', login)]),
      'identifier.last_verification',
    ],
    [
      'beside WeCom, which verifies nothing',
      ways([held('email', both), held('wecom', login)]),
      'identifier.last_verification',
    ],
    [
      'beside an authenticator app',
      ways([held('email', both), held('phone', login)], { hasAuthenticator: true }),
      null,
    ],
    ['where nothing verified before', ways([held('email', login), held('wecom', login)]), null],
  ])('%s', (_what, all, code) => {
    expect(refuseUnbinding(all, 'email-id')?.code ?? null).toBe(code)
  })

  it.each([
    ['neither use', { canLogin: false, canVerify: false }, 'email', 'identifier.without_use'],
    ['verification by WeCom', both, 'wecom', 'identifier.cannot_verify'],
    ['no signing in any more', verification, 'email', 'identifier.last_login'],
    ['no verification any more', login, 'email', 'identifier.last_verification'],
    ['both', both, 'email', null],
  ] as const)('asked for %s', (_what, uses, kind, code) => {
    const all = ways(
      [held('email', both), held('wecom', login)].filter((one) => kind === 'wecom' || one.kind === 'email'),
    )
    expect(refuseUses(all, held(kind, login), uses)?.code ?? null).toBe(code)
  })

  it('an identifier is for both at first, where its kind verifies', () => {
    expect(usesAtFirst('qq')).toEqual(both)
    expect(usesAtFirst('wechat_official')).toEqual(login)
  })
})

describe('ACC-7, ACC-8 the unbind planner', () => {
  it('shows both uses apart, with what remains for each', () => {
    const phone = held('phone', both)
    const plan = planFor(
      phone,
      ways([phone, held('email', login), held('wechat', verification)], { passkeys: 1 }),
    )
    expect(plan).toMatchObject({
      isPossibleNow: true,
      refusal: null,
      login: { isUsed: true, others: [{ kind: 'email' }, { kind: 'passkey', identifierId: null }] },
      verification: { isUsed: true, others: [{ kind: 'wechat' }, { kind: 'passkey' }] },
      steps: [{ step: 'remove_identifier', identifierId: 'phone-id', reason: 'ends_both_uses' }],
    })
  })

  it('lets another bound one stand in before it asks for a new one', () => {
    const phone = held('phone', both)
    expect(planFor(phone, ways([phone, held('email', verification)])).steps).toEqual([
      { step: 'set_uses', identifierId: 'email-id', kind: 'email', uses: both, reason: 'replaces_login' },
      { step: 'remove_identifier', identifierId: 'phone-id', kind: 'phone', reason: 'ends_both_uses' },
    ])
    expect(planFor(phone, ways([phone, held('email', login)])).steps[0]).toEqual({
      step: 'set_uses',
      identifierId: 'email-id',
      kind: 'email',
      uses: both,
      reason: 'replaces_verification',
    })
  })

  it('asks to bind a new one first, of a kind that serves', () => {
    const phone = held('phone', both)
    expect(planFor(phone, ways([phone])).steps[0]).toMatchObject({
      step: 'add_identifier',
      kinds: ['phone', 'email', 'wechat', 'qq'],
      reason: 'replaces_both',
    })
    expect(planFor(phone, ways([phone], { hasAuthenticator: true })).steps[0]).toMatchObject({
      kinds: ['phone', 'email', 'wechat', 'wecom', 'qq', 'wechat_official'],
      reason: 'replaces_login',
    })
    expect(planFor(phone, ways([phone, held('wecom', login)])).steps[0]).toMatchObject({
      kinds: ['phone', 'email', 'wechat', 'qq'],
      reason: 'replaces_verification',
    })
  })

  it('puts an objection first', () => {
    const phone = held('phone', both)
    const plan = planFor(phone, ways([phone, held('email', both)], { objectionId: 'change-1' }))
    expect(plan).toMatchObject({
      isPossibleNow: false,
      refusal: 'account.frozen',
      steps: [{ step: 'settle_change', changeId: 'change-1', reason: 'objection_first' }],
    })
  })
})
