import { useState } from 'react'

/** A code that is on its way: kept by the window, so that reloading it leads back to where one was. */
export interface StartedChange {
  readonly accountId: string
  readonly changeId: string
  readonly phone: string
  readonly replaces: string | null
  readonly sentTo: string
  readonly expiresAt: string
}

const key = 'baton.change-mobile'

/** What was begun by this person in this window and is not too old yet; and how to keep and forget it. */
export function useKeptStart(
  accountId: string,
): readonly [StartedChange | null, (started: StartedChange | null) => void] {
  const [started, setStarted] = useState(() => readStart(sessionStorage.getItem(key), accountId, Date.now()))
  function keep(next: StartedChange | null) {
    if (next) sessionStorage.setItem(key, JSON.stringify(next))
    else sessionStorage.removeItem(key)
    setStarted(next)
  }
  return [started, keep]
}

/** Reads what a window kept; null for nothing, somebody else's, or one whose code works no more. */
export function readStart(kept: string | null, accountId: string, nowMs: number): StartedChange | null {
  if (kept === null) return null
  const started = JSON.parse(kept) as StartedChange
  return started.accountId === accountId && Date.parse(started.expiresAt) > nowMs ? started : null
}
