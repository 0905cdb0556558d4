import { lazy, Suspense, useEffect } from 'react'
import { useReturnToOpener } from '../ui/opener.ts'
import { setSheet, useSheet } from './palette-store.ts'

const PaletteDialog = lazy(async () => ({
  default: (await import('./palette/palette-dialog.tsx')).PaletteDialog,
}))

/** Go anywhere, find anything, do something: Ctrl+K or ⌘K. What it needs is loaded when it is first opened. */
export function Palette() {
  const sheet = useSheet()
  useReturnToOpener(sheet === 'palette')
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== 'k') return
      event.preventDefault()
      setSheet('palette')
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
  if (sheet !== 'palette') return null
  return (
    <Suspense fallback={null}>
      <PaletteDialog onClose={() => setSheet(null)} />
    </Suspense>
  )
}
