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
    return () => void window.setTimeout(() => returnFocus(opener), settledMs)
  }, [isOpen])
}

/** Moves the focus to an element for as long as that is there, then back. */
export function visit(element: HTMLElement): void {
  const opener = document.activeElement
  element.focus()
  const watch = new MutationObserver(() => {
    if (element.isConnected) return
    watch.disconnect()
    window.setTimeout(() => returnFocus(opener), settledMs)
  })
  watch.observe(document.body, { childList: true, subtree: true })
}

function returnFocus(opener: Element | null): void {
  const isLost = document.activeElement === null || document.activeElement === document.body
  const place = opener?.isConnected && opener !== document.body ? opener : document.querySelector('h1')
  if (isLost && place instanceof HTMLElement) place.focus({ preventScroll: true })
}
