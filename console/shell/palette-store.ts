import { useSyncExternalStore } from 'react'

/** Which of the two sheets over the screen is open. */
export type Sheet = 'palette' | 'shortcuts' | null

let sheet: Sheet = null
const listeners = new Set<() => void>()

export function setSheet(next: Sheet): void {
  sheet = next
  for (const listener of listeners) listener()
}

export function openPalette(): void {
  setSheet('palette')
}

export function openShortcuts(): void {
  setSheet('shortcuts')
}

export function useSheet(): Sheet {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => sheet,
  )
}
