/** The secret of a link: what stands behind the #, alone or as `token=`, which no server and no log ever sees. */
export function tokenInAddress(hash: string): string | null {
  const given = hash.replace(/^#/, '')
  return (given.includes('=') ? new URLSearchParams(given).get('token') : given) || null
}

/** Once it is used it is of no use, and no business of a browser's history. */
export function forgetToken(): void {
  const { pathname, search } = window.location
  window.history.replaceState(window.history.state, '', pathname + search)
}
