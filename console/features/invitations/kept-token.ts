const storeKey = 'baton.invitation'

/**
 * The token of the invitation that this tab is about. It stands after the # of the link, which never reaches a server or
 * a log, and leaves the address at once; the tab keeps it while its person signs in elsewhere.
 */
export function takeToken(): string | null {
  const { hash, pathname, search } = window.location
  const given = new URLSearchParams(hash.slice(1)).get('token')
  if (hash !== '') window.history.replaceState(window.history.state, '', pathname + search)
  if (given) keepToken(given)
  return given || readToken()
}

/** The invitation is used, or of no use. */
export function forgetToken(): void {
  try {
    sessionStorage.removeItem(storeKey)
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

function keepToken(token: string): void {
  try {
    sessionStorage.setItem(storeKey, token)
  } catch {
    // Without it, the link is opened once more after signing in.
  }
}

function readToken(): string | null {
  try {
    return sessionStorage.getItem(storeKey)
  } catch {
    return null
  }
}
