import { useState } from 'react'
import type { Answer, ApiProblem } from '../../../api/client.ts'
import { useApi } from '../../../api/company.tsx'
import { paths } from '../../../paths.ts'
import { returnAddress } from '../../../shell/sign-in-again.ts'
import type { GivenAddress } from '../../../ui/proof/address.ts'
import { backToInvitation } from '../../invitations/parts/back-to-invitation.ts'
import { stillLinkedCode } from '../ways-back/still-linked-code.ts'

type Outcome = Answer<'verifySignIn'>
export type SecondFactorAsked = Extract<Outcome, { outcome: 'second_factor' }>
export type AnotherProofAsked = Extract<Outcome, { outcome: 'another_proof' }>
type NoAccount = Extract<Outcome, { outcome: 'no_account' }>
export type CodeSent = Extract<Answer<'startSignIn'>, { next: 'code' }>

/** Where a sign-in stands. */
export type Step =
  | { readonly at: 'start' }
  | { readonly at: 'code'; readonly sent: CodeSent; readonly address: GivenAddress }
  | { readonly at: 'second_factor'; readonly asked: SecondFactorAsked }
  | { readonly at: 'another_proof'; readonly asked: AnotherProofAsked }
  | { readonly at: 'no_account'; readonly kind: NoAccount['kind'] }
  | { readonly at: 'sealed' }
  | { readonly at: 'kept' }
  | { readonly at: 'entering' }

export interface Flow {
  readonly step: Step
  go(step: Step): void
  /** Goes on with what Baton answered; enters once a session was opened. */
  take(outcome: Outcome): void
  /** Goes where a refusal leads that ends this sign-in; false for one that is shown where it happened. */
  leaveFor(problem: Pick<ApiProblem, 'code' | 'data'>): boolean
  /** A session is there: in, or first to what one has to know. */
  enter(): void
}

/** A sign-in from its first step to the first screen inside. */
export function useFlow(): Flow {
  const api = useApi()
  const [step, go] = useState<Step>({ at: 'start' })
  async function enter(): Promise<void> {
    go({ at: 'entering' })
    const { items } = await api.call('listSecurityLog', { query: { limit: 5 } }).catch(() => ({ items: [] }))
    // Signing in takes back that the account is to be deleted, which nobody is to find out by chance (ACC-2).
    if (items.some(isJustKept)) go({ at: 'kept' })
    else goIn()
  }
  return {
    step,
    go,
    take: (outcome) => {
      if (outcome.outcome === 'signed_in') void enter()
      else if (outcome.outcome === 'no_account') {
        if (!backToInvitation(outcome.signInId)) go({ at: 'no_account', kind: outcome.kind })
      } else if (outcome.outcome === 'second_factor') go({ at: 'second_factor', asked: outcome })
      else go({ at: 'another_proof', asked: outcome })
    },
    leaveFor: (problem) => {
      const next = stepAfterRefusal(problem)
      if (next) go(next)
      else if (problem.code === stillLinkedCode) window.location.assign(paths.stillLinked())
      else return false
      return true
    },
    enter: () => void enter(),
  }
}

function stepAfterRefusal({ code, data }: Pick<ApiProblem, 'code' | 'data'>): Step | null {
  if (code === 'account.sealed') return { at: 'sealed' }
  if (code === 'sign_in.second_factor' && typeof data['signInId'] === 'string')
    return {
      at: 'second_factor',
      asked: { ...data, outcome: 'second_factor' } as unknown as SecondFactorAsked,
    }
  return null
}

const justNowMs = 120_000

function isJustKept({ kind, happenedAt }: { readonly kind: string; readonly happenedAt: string }): boolean {
  return kind === 'deletion_cancelled' && Date.now() - Date.parse(happenedAt) < justNowMs
}

/** To the screen that was left. A whole new page: nothing of who was signed in before stays in memory. */
export function goIn(): void {
  window.location.assign(returnAddress(window.location.search, window.location.origin))
}
