import { useState } from 'react'
import type { Answer, Input } from '../../api/client.ts'
import { useRead } from '../../api/read.ts'
import { LoadingState, ProblemState } from '../../ui/states.tsx'
import { AddressStep, type SentCode } from './address-step.tsx'
import { CodeStep } from './code-step.tsx'
import { MoreProof, NameStep } from './name-step.tsx'

export type Acceptance = NonNullable<Input<'acceptInvitation'>['body']>

interface ProveProps {
  readonly company: string
  readonly isBusy: boolean
  /** A sign-in that proved elsewhere what no account has; null for none. */
  readonly provedId: string | null
  readonly onJoin: (acceptance: Acceptance) => void
}

type Step =
  | { readonly at: 'address' }
  | { readonly at: 'code'; readonly sent: SentCode }
  | { readonly at: 'name'; readonly signInId: string }
  | { readonly at: 'more' }

const first: Step = { at: 'address' }

/** Proves a phone or e-mail by a code; whoever has an account joins with it, anyone else makes one. */
export function ProvePerson({ company, isBusy, provedId, onJoin }: ProveProps) {
  const [step, setStep] = useState<Step>(provedId === null ? first : { at: 'name', signInId: provedId })
  const ways = useRead('readSignInWays', {})
  function goOn(proof: Answer<'verifySignIn'>) {
    if (proof.outcome === 'signed_in') onJoin({})
    else if (proof.outcome === 'no_account') setStep({ at: 'name', signInId: proof.signInId })
    else setStep({ at: 'more' })
  }
  if (ways.error) return <ProblemState problem={ways.error} onRetry={() => ways.refetch()} />
  if (!ways.data) return <LoadingState rows={3} />
  const onSent = (sent: SentCode) => setStep({ at: 'code', sent })
  if (step.at === 'address') return <AddressStep ways={ways.data} onSent={onSent} />
  if (step.at === 'more') return <MoreProof />
  if (step.at === 'code')
    return (
      <CodeStep
        key={step.sent.signInId}
        sent={step.sent}
        isBusy={isBusy}
        onProved={goOn}
        onSent={onSent}
        onOther={() => setStep(first)}
      />
    )
  const { signInId } = step
  return <NameStep company={company} isBusy={isBusy} onName={(person) => onJoin({ signInId, ...person })} />
}
