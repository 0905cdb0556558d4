const key = 'baton.elsewhere'

/** What this window remembers while the person is at another service: to sign in, or to bind the account there. */
export type KeptVisit =
  | {
      readonly purpose: 'sign_in'
      readonly signInId: string
      readonly state: string
      /** Behind the question mark of the sign-in page: where to go on afterwards. */
      readonly search: string
    }
  | {
      readonly purpose: 'identifier'
      readonly challengeId: string
      readonly state: string
      /** The path to come back to, bound or not. */
      readonly to: string
    }

/** Goes to the other service; the person comes back to `/sign-in/return`. */
export function leaveFor(authorizeUrl: string, visit: WithoutState<KeptVisit>): void {
  const state = new URL(authorizeUrl).searchParams.get('state') ?? ''
  sessionStorage.setItem(key, JSON.stringify({ ...visit, state }))
  window.location.assign(authorizeUrl)
}

type WithoutState<Visit> = Visit extends KeptVisit ? Omit<Visit, 'state'> : never

/** What was kept, once; null where this window began nothing, or something else than what came back (OAuth 2, `state`). */
export function takeVisit(state: string | null): KeptVisit | null {
  const kept = sessionStorage.getItem(key)
  sessionStorage.removeItem(key)
  if (kept === null || !state) return null
  const visit = JSON.parse(kept) as KeptVisit
  return visit.state === state ? visit : null
}
