import { useEffect, useEffectEvent, useState } from 'react'
import { useFormat } from '../../../ui/format.ts'

const hourMs = 3_600_000

/** How long it is until an instant: `17:20` inside the last hour, else in words; calls back once when it is reached. */
export function Countdown({ until, onEnd }: { readonly until: string; readonly onEnd?: () => void }) {
  const format = useFormat()
  const [now, setNow] = useState(() => Date.now())
  const left = Date.parse(until) - now
  const isOver = left <= 0
  useEffect(() => {
    if (isOver) return
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [isOver])
  const tellEnd = useEffectEvent(() => onEnd?.())
  useEffect(() => {
    if (isOver) tellEnd()
  }, [isOver])
  return (
    <span role="timer" style={{ fontVariantNumeric: 'tabular-nums' }}>
      {left < hourMs ? format.duration(Math.max(0, Math.ceil(left / 1000))) : format.relative(until, now)}
    </span>
  )
}
