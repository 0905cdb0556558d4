import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/browser'
import { useMemo } from 'react'
import type { ProblemLike } from '../states.tsx'
import { useProofWords } from './proof-words.ts'

/** What did not work with a passkey on this side, worded as a refusal is. */
export class PasskeyFault extends Error implements ProblemLike {
  readonly code: string
  readonly next: string
  readonly status = 400
  readonly requestId = null

  constructor(code: string, words: { readonly title: string; readonly next: string }) {
    super(words.title)
    this.name = 'PasskeyFault'
    this.code = code
    this.next = words.next
  }
}

export interface Passkeys {
  /** Lets the browser ask for a passkey. @throws PasskeyFault */
  ask(options: object, how?: { readonly isAutofill?: boolean }): Promise<AuthenticationResponseJSON>
  /** Lets the device make a passkey. @throws PasskeyFault */
  make(options: object): Promise<RegistrationResponseJSON>
}

/** Whether this browser knows passkeys, and here: they need https or localhost. */
export function hasPasskeys(): boolean {
  return typeof globalThis.PublicKeyCredential === 'function'
}

/** Whether the browser offers passkeys among what it fills into a field. */
export async function hasPasskeyAutofill(): Promise<boolean> {
  if (!hasPasskeys()) return false
  return (await globalThis.PublicKeyCredential.isConditionalMediationAvailable?.()) === true
}

/** Passkeys of this browser; what they need is loaded when it is first used. */
export function usePasskeys(): Passkeys {
  const t = useProofWords()
  return useMemo(() => {
    function faultOf(error: unknown): PasskeyFault {
      const kind = kindOf(error)
      const title = t(`passkey.${kind}`, { error: error instanceof Error ? error.message : String(error) })
      return new PasskeyFault(`passkey.${kind}`, { title, next: t(`passkey.${kind}Next`) })
    }
    async function tried<Answer>(work: (browser: Browser) => Promise<Answer>): Promise<Answer> {
      try {
        return await work(await import('@simplewebauthn/browser'))
      } catch (error) {
        throw faultOf(error)
      }
    }
    return {
      ask: (options, { isAutofill = false } = {}) =>
        tried(({ startAuthentication }) =>
          startAuthentication({
            optionsJSON: options as PublicKeyCredentialRequestOptionsJSON,
            useBrowserAutofill: isAutofill,
          }),
        ),
      make: (options) =>
        tried(({ startRegistration }) =>
          startRegistration({ optionsJSON: options as PublicKeyCredentialCreationOptionsJSON }),
        ),
    }
  }, [t])
}

type Browser = typeof import('@simplewebauthn/browser')

function kindOf(error: unknown): 'cancelled' | 'unsupported' | 'known' | 'failed' {
  const name = error instanceof Error ? error.name : ''
  if (!hasPasskeys()) return 'unsupported'
  if (name === 'NotAllowedError' || name === 'AbortError') return 'cancelled'
  if (name === 'InvalidStateError') return 'known'
  if (name === 'NotSupportedError' || name === 'SecurityError') return 'unsupported'
  return 'failed'
}
