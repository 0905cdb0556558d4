import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react'
import { onProofWanted } from '../api/fresh-proof.ts'

const Dialog = lazy(async () => ({ default: (await import('./fresh-proof/dialog.tsx')).FreshProofDialog }))

interface Asked {
  readonly number: number
  answer(isConfirmed: boolean): void
}

/** Asks the person to confirm who they are wherever Baton wants it; the request that wanted it waits for the answer. */
export function FreshProof() {
  const [asked, setAsked] = useState<Asked | null>(null)
  useEffect(
    () =>
      onProofWanted(
        () =>
          new Promise((resolve) => {
            setAsked((before) => ({ number: (before?.number ?? 0) + 1, answer: resolve }))
          }),
      ),
    [],
  )
  const close = useCallback(
    (isConfirmed: boolean) => {
      asked?.answer(isConfirmed)
      setAsked(null)
    },
    [asked],
  )
  useEscape(asked ? () => close(false) : null)
  if (!asked) return null
  return (
    <Suspense fallback={null}>
      <Dialog key={asked.number} onClose={close} />
    </Suspense>
  )
}

// Listens from the start, so that it hears of the key before any dialog below, which would close as well.
function useEscape(close: (() => void) | null): void {
  const current = useRef(close)
  useEffect(() => {
    current.current = close
  }, [close])
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.key !== 'Escape' || event.isComposing || current.current === null) return
      event.stopImmediatePropagation()
      current.current()
    }
    window.addEventListener('keydown', onKey, true)
    return () => window.removeEventListener('keydown', onKey, true)
  }, [])
}
