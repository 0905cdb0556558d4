import type { RefusalRule } from '../../kernel/refusal.ts'
import { type IdentifierKind, identifierKinds } from '../accounts/model.ts'
import type { IdentifierUses, PlanStep, UnbindPlan, Way } from './model.ts'
import { identifierRefusal } from './refusals.ts'

/** What confirms who one is; the others are for signing in only (ACC-8). */
const verifyingKinds: readonly IdentifierKind[] = ['phone', 'email', 'wechat', 'qq']

export const mostIdentifiers = 20

/** What a kind is used for when it is bound. */
export function usesAtFirst(kind: IdentifierKind): IdentifierUses {
  return { canLogin: true, canVerify: verifyingKinds.includes(kind) }
}

/** An identifier of an account, as far as ways in and out depend on it. */
export interface HeldIdentifier extends IdentifierUses {
  readonly identifierId: string
  readonly kind: IdentifierKind
  /** An objection keeps it from being used. */
  readonly isFrozen: boolean
  /** False for a company's number that others hold by now (ACC-12), and for a kind that is not set up here. */
  readonly canOpen: boolean
}

/** Everything that an account is entered or verified by. */
export interface Ways {
  readonly identifiers: readonly HeldIdentifier[]
  readonly passkeys: number
  readonly hasAuthenticator: boolean
  /** The change that was objected to and is to be settled; null for none. */
  readonly objectionId: string | null
}

/** How one could still sign in; without any the account would be lost (ACC-7). */
export function loginWays({ identifiers, passkeys }: Ways): Way[] {
  return [...waysOf(identifiers, 'canLogin'), ...others('passkey', passkeys)]
}

/** How one could still be verified (ACC-8). */
export function verificationWays({ identifiers, passkeys, hasAuthenticator }: Ways): Way[] {
  return [
    ...waysOf(identifiers, 'canVerify'),
    ...others('passkey', passkeys),
    ...others('authenticator', hasAuthenticator ? 1 : 0),
  ]
}

function waysOf(identifiers: readonly HeldIdentifier[], use: keyof IdentifierUses): Way[] {
  return identifiers
    .filter((one) => one[use] && one.canOpen && !one.isFrozen)
    .map(({ kind, identifierId }) => ({ kind, identifierId }))
}

function others(kind: 'passkey' | 'authenticator', count: number): Way[] {
  return Array.from({ length: count }, () => ({ kind, identifierId: null }))
}

/** What an account has after one identifier was given other uses; null for unbound. */
function waysAfter(ways: Ways, identifierId: string, uses: IdentifierUses | null): Ways {
  return {
    ...ways,
    identifiers: ways.identifiers.flatMap((one) => {
      if (one.identifierId !== identifierId) return [one]
      return uses === null ? [] : [{ ...one, ...uses }]
    }),
  }
}

/** ACC-7, ACC-8: why one cannot go from these ways to those; null where nothing is in the way. */
function refuseLoss(before: Ways, after: Ways): RefusalRule | null {
  if (loginWays(after).length === 0) return identifierRefusal.lastLogin
  if (verificationWays(after).length === 0 && verificationWays(before).length > 0)
    return identifierRefusal.lastVerification
  return null
}

/** Why an identifier cannot be unbound now; null where it can. */
export function refuseUnbinding(ways: Ways, identifierId: string): RefusalRule | null {
  return refuseLoss(ways, waysAfter(ways, identifierId, null))
}

/** Why an identifier cannot be used like that; null where it can. */
export function refuseUses(
  ways: Ways,
  { identifierId, kind }: Pick<HeldIdentifier, 'identifierId' | 'kind'>,
  uses: IdentifierUses,
): RefusalRule | null {
  if (!uses.canLogin && !uses.canVerify) return identifierRefusal.withoutUse
  if (uses.canVerify && !verifyingKinds.includes(kind)) return identifierRefusal.cannotVerify
  return refuseLoss(ways, waysAfter(ways, identifierId, uses))
}

/**
 * The unbind planner: the order in which an identifier can be unbound so that nobody is locked out, both uses shown
 * apart (ACC-7, ACC-8). Another bound identifier is preferred to a new one.
 */
export function planUnbinding(ways: Ways, identifier: HeldIdentifier): UnbindPlan {
  const { identifierId, canLogin, canVerify } = identifier
  const rest = waysAfter(ways, identifierId, null)
  const [login, verification] = [loginWays(rest), verificationWays(rest)]
  const needs = {
    login: login.length === 0,
    verification: verification.length === 0 && verificationWays(ways).length > 0,
  }
  const refusal = refuseLoss(ways, rest)
  const steps = ways.objectionId === null ? stepsOf(rest, identifier, needs) : settleFirst(ways.objectionId)
  return {
    isPossibleNow: refusal === null && ways.objectionId === null,
    refusal: ways.objectionId === null ? (refusal?.code ?? null) : 'account.frozen',
    login: { isUsed: canLogin, others: login },
    verification: { isUsed: canVerify, others: verification },
    steps,
  }
}

function settleFirst(changeId: string): PlanStep[] {
  return [{ step: 'settle_change', changeId, reason: 'objection_first' }]
}

interface Needs {
  readonly login: boolean
  readonly verification: boolean
}

function stepsOf(rest: Ways, { identifierId, kind }: HeldIdentifier, needs: Needs): PlanStep[] {
  const last: PlanStep = { step: 'remove_identifier', identifierId, kind, reason: 'ends_both_uses' }
  return needs.login || needs.verification ? [replacement(rest, needs), last] : [last]
}

function replacement({ identifiers }: Ways, needs: Needs): PlanStep {
  const reason = reasonOf(needs)
  const other = identifiers.find((one) => canStandIn(one, needs))
  if (!other) {
    return {
      step: 'add_identifier',
      kinds: [...(needs.verification ? verifyingKinds : identifierKinds)],
      reason,
    }
  }
  const { identifierId, kind, canLogin, canVerify } = other
  const uses = { canLogin: canLogin || needs.login, canVerify: canVerify || needs.verification }
  return { step: 'set_uses', identifierId, kind, uses, reason }
}

function reasonOf({ login, verification }: Needs): PlanStep['reason'] {
  if (login && verification) return 'replaces_both'
  return login ? 'replaces_login' : 'replaces_verification'
}

function canStandIn({ kind, isFrozen, canOpen }: HeldIdentifier, needs: Needs): boolean {
  return canOpen && !isFrozen && (!needs.verification || verifyingKinds.includes(kind))
}
