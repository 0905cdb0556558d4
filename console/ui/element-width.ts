import { type RefObject, useLayoutEffect, useState } from 'react'

/** How wide an element is in CSS pixels, from its first paint on; a block is laid out by its own room, not the window's. */
export function useElementWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(() => window.innerWidth)
  useLayoutEffect(() => {
    const { current } = element
    if (!current) return
    setWidth(current.getBoundingClientRect().width)
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWidth(entry.contentRect.width)
    })
    observer.observe(current)
    return () => observer.disconnect()
  }, [element])
  return width
}

/** CSS pixels of one `rem`, which grows with the reader's text size. */
export function remPixels(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16
}
