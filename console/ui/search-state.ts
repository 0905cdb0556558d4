import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'

export type SearchValue = string | boolean | readonly string[]
type Widened<T> = {
  readonly [Key in keyof T]: T[Key] extends readonly unknown[] ? readonly string[] : T[Key]
}
type Search = Readonly<Record<string, unknown>>
export type SetSearch<T> = (change: Partial<T>, options?: { readonly replace?: boolean }) => void

/**
 * What a screen shows, kept in the URL: flat texts, yes or no, and lists of words without commas. What equals its
 * default is left out; keys of others stay. `replace` leaves no step for Back, as for each letter of a search.
 */
export function useSearchState<T extends Record<string, SearchValue>>(
  defaults: T,
): [Widened<T>, SetSearch<Widened<T>>] {
  const search: Search = useSearch({ strict: false })
  const navigate = useNavigate()
  const preset = JSON.stringify(defaults)
  const known = useMemo<T>(() => JSON.parse(preset), [preset])
  const text = JSON.stringify(decodeSearch(search, known))
  const state = useMemo<Widened<T>>(() => JSON.parse(text), [text])
  const set = useCallback<SetSearch<Widened<T>>>(
    (change, options) => {
      void navigate({
        to: '.',
        search: (before: Search) => encodeSearch(before, change, known),
        replace: options?.replace ?? false,
        resetScroll: false,
      } as never)
    },
    [navigate, known],
  )
  return [state, set]
}

/** Reads what `defaults` names out of a search; what is missing or of another kind is the default. */
export function decodeSearch<T extends Record<string, SearchValue>>(search: Search, defaults: T): Widened<T> {
  const entries = Object.entries(defaults).map(([key, preset]) => [key, decode(search[key], preset)])
  return Object.fromEntries(entries)
}

function decode(found: unknown, preset: SearchValue): SearchValue {
  if (found === undefined || found === null) return preset
  if (typeof preset === 'boolean') return isYes(found) ? true : isNo(found) ? false : preset
  if (typeof preset === 'string') return typeof found === 'object' ? preset : String(found)
  if (Array.isArray(found)) return found.map(String)
  return typeof found === 'object' ? preset : String(found).split(',').filter(Boolean)
}

function isYes(found: unknown): boolean {
  return found === true || found === 'true' || found === 1
}

function isNo(found: unknown): boolean {
  return found === false || found === 'false' || found === 0
}

/** The search after a change; lists are joined by commas. */
export function encodeSearch(
  before: Search,
  change: Readonly<Record<string, unknown>>,
  defaults: Readonly<Record<string, SearchValue>>,
): Search {
  const after: Record<string, unknown> = { ...before }
  for (const [key, value] of Object.entries(change)) {
    const isPreset = value === undefined || JSON.stringify(value) === JSON.stringify(defaults[key])
    if (isPreset) delete after[key]
    else after[key] = Array.isArray(value) ? value.join(',') : value
  }
  return after
}
