import { paths } from '../paths.ts'

/** Leaves for the sign-in page and remembers where to come back to. */
export function toSignIn(): void {
  const { pathname, search } = window.location
  if (pathname === paths.signIn() || pathname === paths.setUp()) return
  window.location.assign(`${paths.signIn()}?to=${encodeURIComponent(pathname + search)}`)
}

/** Where to go after signing in: an address of this console and of nothing else. */
export function returnAddress(search: string): string {
  const wanted = new URLSearchParams(search).get('to') ?? ''
  const target = URL.parse(wanted, window.location.origin)
  return target && target.origin === window.location.origin && wanted.startsWith('/')
    ? target.pathname + target.search
    : paths.start()
}
