/** `2026-03-29T14:05` as a field for date and time has it, of an instant, in a time zone. */
export function localValue(instant: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  const part = new Map(format.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]))
  const day = [part.get('year')?.padStart(4, '0'), part.get('month'), part.get('day')].join('-')
  return `${day}T${part.get('hour')}:${part.get('minute')}`
}

/**
 * The instant of a field's value in a time zone; null for what is no date. A time that the clocks skip is read by
 * the offset before the change, one that comes twice is its first.
 */
export function instantOf(value: string, timeZone: string): string | null {
  const asUtc = Date.parse(`${value}Z`)
  if (Number.isNaN(asUtc)) return null
  const dayMs = 86_400_000
  const offsets = [offsetMs(asUtc - dayMs, timeZone), offsetMs(asUtc + dayMs, timeZone)]
  const fitting = offsets.find((offset) => offsetMs(asUtc - offset, timeZone) === offset)
  return new Date(asUtc - (fitting ?? offsets[0] ?? 0)).toISOString()
}

function offsetMs(moment: number, timeZone: string): number {
  return (
    Date.parse(`${localValue(new Date(moment).toISOString(), timeZone)}Z`) -
    Math.floor(moment / 60_000) * 60_000
  )
}
