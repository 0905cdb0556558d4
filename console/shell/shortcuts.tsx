import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useRef } from 'react'
import { useReturnToOpener } from '../ui/opener.ts'
import { usePreferences } from '../ui/preferences.ts'
import { placesOf } from './navigation.tsx'
import { openPalette, openShortcuts, setSheet, useSheet } from './palette-store.ts'
import { useSession } from './session.tsx'

const Sheet = lazy(() => import('./shortcuts/sheet.tsx').then((room) => ({ default: room.ShortcutsSheet })))

/** The keys that act anywhere, and the sheet that lists them. */
export function Shortcuts() {
  const isOpen = useSheet() === 'shortcuts'
  useReturnToOpener(isOpen)
  useSingleKeys()
  if (!isOpen) return null
  return (
    <Suspense fallback={null}>
      <Sheet onClose={() => setSheet(null)} />
    </Suspense>
  )
}

const goPauseMs = 1_500

function isBusyElsewhere(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented)
    return true
  const { target } = event
  if (!(target instanceof HTMLElement)) return true
  return (
    target.isContentEditable ||
    target.closest('input, textarea, select, [role=dialog], [role=menu], [role=listbox], [role=combobox]') !==
      null
  )
}

// Single keys can be switched off, and never act while somebody types (WCAG 2.1.4).
function useSingleKeys(): void {
  const session = useSession()
  const navigate = useNavigate()
  const { shortcuts } = usePreferences()
  const goUntil = useRef(0)
  useEffect(() => {
    if (!shortcuts) return
    function goTo(key: string): boolean {
      goUntil.current = 0
      const place = placesOf(session)
        .flat()
        .find((one) => one.key === key)
      if (place) void navigate({ to: place.to(session.slug) })
      return place !== undefined
    }
    function onKey(event: KeyboardEvent) {
      if (isBusyElsewhere(event)) return
      const isGoing = event.timeStamp < goUntil.current
      const isDone = isGoing ? goTo(event.key.toLowerCase()) : actOn(event.key)
      if (event.key.toLowerCase() === 'g' && !isGoing) goUntil.current = event.timeStamp + goPauseMs
      if (isDone) event.preventDefault()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [session, navigate, shortcuts])
}

function actOn(key: string): boolean {
  if (key === '/') openPalette()
  else if (key === '?') openShortcuts()
  else return false
  return true
}
