import { useState } from 'react'

/** A list's filters, sorting and columns under a name. */
export interface SavedView {
  readonly name: string
  /** The search of the URL, with its question mark. */
  readonly search: string
}

export interface SavedViews {
  readonly views: readonly SavedView[]
  readonly keep: (views: readonly SavedView[]) => void
}

/** Views kept on this device; a browser that keeps nothing has them until the page is left. */
export function useSavedViews(storageKey: string): SavedViews {
  const key = `baton.views.${storageKey}`
  const [views, setViews] = useState(() => readViews(key))
  return {
    views,
    keep(after) {
      setViews(after)
      try {
        localStorage.setItem(key, JSON.stringify(after))
      } catch {}
    },
  }
}

function readViews(key: string): readonly SavedView[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
    return Array.isArray(found) ? found.filter(isView) : []
  } catch {
    return []
  }
}

function isView(found: unknown): found is SavedView {
  if (typeof found !== 'object' || found === null) return false
  return (
    'name' in found && typeof found.name === 'string' && 'search' in found && typeof found.search === 'string'
  )
}

/** The views with one more; one of the same name is replaced where it stands. */
export function withView(views: readonly SavedView[], view: SavedView): SavedView[] {
  const isKnown = views.some(({ name }) => name === view.name)
  return isKnown ? views.map((other) => (other.name === view.name ? view : other)) : [...views, view]
}

/** The views with one renamed; another of the new name gives way. */
export function renamed(views: readonly SavedView[], from: string, to: string): SavedView[] {
  return views
    .filter(({ name }) => name === from || name !== to)
    .map((view) => (view.name === from ? { ...view, name: to } : view))
}
