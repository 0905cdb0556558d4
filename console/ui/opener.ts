import { useEffect } from 'react'

// After what was open has left the page, and with it the focus.
const settledMs = 30

/**
 * Gives the focus back to where it was before something opened, for dialogs that are made when they open; without that
 * place, to the screen's heading.
 */
export function useReturnToOpener(isOpen: boolean): void {
  useEffect(() => {
    if (!isOpen) return
    const opener = document.activeElement
    return () => {
      window.setTimeout(() => {
        const isLost = document.activeElement === null || document.activeElement === document.body
        const place = opener?.isConnected && opener !== document.body ? opener : document.querySelector('h1')
        if (isLost && place instanceof HTMLElement) place.focus({ preventScroll: true })
      }, settledMs)
    }
  }, [isOpen])
}
