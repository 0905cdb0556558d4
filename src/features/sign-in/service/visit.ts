import { inEvenTime } from '../../../platform/clock/even-time.ts'
import type { Vault } from '../../../platform/crypto/vault.ts'
import type { OwnContext } from '../../../platform/http/bind.ts'
import type { Channels } from '../../../platform/messages/channels.ts'
import type { OauthProviders } from '../../../platform/oauth/providers.ts'

/** What signing in needs of the outside world. */
export interface SignInParts {
  readonly vault: Vault
  /** Address at which people reach Baton; without a slash at its end. */
  readonly publicUrl: string
  readonly channels: Channels
  readonly oauth: OauthProviders
}

/** Somebody at the door: who they are is what they are about to prove. */
export interface Visit {
  readonly context: OwnContext
  readonly parts: SignInParts
  readonly language: 'en' | 'zh'
}

/** Serves a visit in the time that every visit takes at least, so that it does not tell whether an account was found. */
export function receive<T>(visit: Visit, serve: (visit: Visit) => Promise<T>): Promise<T> {
  return inEvenTime(() => serve(visit))
}
