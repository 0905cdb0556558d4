import { paths } from '../paths.ts'

/** Leaves for the sign-in page and remembers where to come back to. */
export function toSignIn(): void {
  const { pathname, search } = window.location
  if (pathname === paths.signIn() || pathname === paths.setUp()) return
  window.location.assign(`${paths.signIn()}?to=${encodeURIComponent(pathname + search)}`)
}

/** Where to go after signing in: an address of this console, whose origin is given, and of nothing else. */
export function returnAddress(search: string, origin: string): string {
  const wanted = new URLSearchParams(search).get('to') ?? ''
  const target = URL.parse(wanted, origin)
  if (!target || target.origin !== origin || !wanted.startsWith('/')) return paths.start()
  // `/.//elsewhere` has this origin, and a path that a browser takes for the address of another one.
  return target.pathname.startsWith('//') ? paths.start() : target.pathname + target.search
}
