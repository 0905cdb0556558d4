import { useSyncExternalStore } from 'react'

/** The languages of the console, as browsers name them. */
export const languages = ['en', 'zh-CN'] as const
export type Language = (typeof languages)[number]

/** What this person wants on this device. */
export interface Preferences {
  readonly language: Language
  /** Null: the time zone of the device. */
  readonly timeZone: string | null
  /** Whether single keys act (WCAG 2.1.4 wants a switch). */
  readonly shortcuts: boolean
  readonly dense: boolean
}

const storageKey = 'baton.preferences'
const listeners = new Set<() => void>()

function initial(): Preferences {
  const language: Language = (globalThis.navigator?.languages ?? []).some((name) =>
    name.toLowerCase().startsWith('zh'),
  )
    ? 'zh-CN'
    : 'en'
  const preset: Preferences = { language, timeZone: null, shortcuts: true, dense: false }
  try {
    return { ...preset, ...JSON.parse(localStorage.getItem(storageKey) ?? '{}') }
  } catch {
    return preset
  }
}

let current = initial()

/** Changes some preferences, at once and for the next visit. */
export function setPreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change }
  try {
    localStorage.setItem(storageKey, JSON.stringify(current))
  } catch {
    // A browser that keeps nothing still shows the change until the page is left.
  }
  for (const listener of listeners) listener()
}

function readPreferences(): Preferences {
  return current
}

export function readLanguage(): Language {
  return current.language
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, readPreferences)
}

// Slow to find out, and each row of a list asks.
const deviceZone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** The time zone that times are shown in. */
export function useTimeZone(): string {
  return usePreferences().timeZone ?? deviceZone
}

/** Calls back whenever a preference changed. */
export function onPreferences(listener: (preferences: Preferences) => void): () => void {
  return subscribe(() => listener(current))
}
