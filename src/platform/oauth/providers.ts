export const oauthKinds = ['wechat', 'wecom', 'qq', 'wechat_official'] as const
/** A provider that people sign in with; the same words as the kinds of identifiers. */
export type OauthKind = (typeof oauthKinds)[number]

export interface AuthorizeInput {
  /** Comes back with the person; the caller compares it with what it gave this browser. */
  readonly state: string
  /** Where the provider sends the person; it has to be registered there. */
  readonly redirectUri: string
}

export interface ExchangeInput {
  /** What the provider sent the person back with; works once. */
  readonly code: string
  /** The same as when the person was sent. */
  readonly redirectUri: string
}

export interface OauthPerson {
  /** The provider's lasting id of the person: never a phone, an e-mail address or a name. */
  readonly subject: string
  /** What the person is called there; for their own eyes only. */
  readonly displayName: string | null
}

/** Signing in with an outside account (OAuth 2, authorization code). */
export interface OauthProviders {
  /** The ones that are configured, in the order of `oauthKinds`. */
  readonly kinds: readonly OauthKind[]
  /**
   * Where to send the person.
   * @throws {OauthError} `unavailable` for a kind that is not configured
   */
  authorizeUrl(kind: OauthKind, input: AuthorizeInput): string
  /**
   * Asks the provider who came back with a code.
   * @throws {OauthError}
   */
  exchange(kind: OauthKind, input: ExchangeInput): Promise<OauthPerson>
}

/**
 * Why nobody was recognised. `denied`: the code is wrong, used or too old, so that the person begins anew;
 * `unavailable`: the provider does not answer, or is not configured as it has to be. Its message holds no secret.
 */
export class OauthError extends Error {
  readonly reason: 'denied' | 'unavailable'
  constructor(
    message: string,
    { reason, ...options }: ErrorOptions & { readonly reason: OauthError['reason'] },
  ) {
    super(message, options)
    this.name = 'OauthError'
    this.reason = reason
  }
}
