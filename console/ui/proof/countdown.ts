import { useEffect, useState } from 'react'

const secondMs = 1_000

/** Seconds that are left until a moment of this device's clock, in milliseconds; counts down while it is shown. */
export function useSecondsUntil(untilMs: number): number {
  const [now, setNow] = useState(() => Date.now())
  const left = Math.max(0, Math.ceil((untilMs - now) / secondMs))
  const isOver = left === 0
  useEffect(() => {
    if (isOver) return
    const timer = setInterval(() => setNow(Date.now()), secondMs)
    return () => clearInterval(timer)
  }, [isOver])
  return left
}
