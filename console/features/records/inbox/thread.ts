import type { Item } from '../../../api/client.ts'

export type ShownRecord = Item<'listNumberRecords'>
export type Holder = ShownRecord['holderThen']

/** What stands in a thread, one below the other. */
export type ThreadLine =
  | { readonly kind: 'day'; readonly key: string; readonly at: string }
  | { readonly kind: 'holder'; readonly key: string; readonly holder: Holder; readonly isFirst: boolean }
  | { readonly kind: 'record'; readonly key: string; readonly record: ShownRecord }

/**
 * Puts records, newest first as they are answered, into the order of reading: oldest on top, a line before each day of
 * the reader's time zone, and one wherever somebody else held the number than before (NUM-12). Who holds it now goes
 * without saying.
 */
export function threadOf(
  records: readonly ShownRecord[],
  { timeZone, holderId }: { readonly timeZone: string; readonly holderId: string | null },
): ThreadLine[] {
  const dayOf = dayIn(timeZone)
  const lines: ThreadLine[] = []
  let day = ''
  let holder: string | null = holderId
  for (const record of records.toReversed()) {
    const recordDay = dayOf(record.occurredAt)
    if (recordDay !== day) lines.push({ kind: 'day', key: `day ${recordDay}`, at: record.occurredAt })
    day = recordDay
    const heldBy = record.holderThen?.memberId ?? null
    if (heldBy !== holder) {
      const isFirst = !lines.some((line) => line.kind === 'record')
      lines.push({ kind: 'holder', key: `holder ${record.recordId}`, holder: record.holderThen, isFirst })
    }
    holder = heldBy
    lines.push({ kind: 'record', key: record.recordId, record })
  }
  return lines
}

/** Tells the calendar day of an instant in a time zone, as `2026-11-22`. */
export function dayIn(timeZone: string): (instant: string) => string {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  return (instant) => format.format(new Date(instant))
}

export type RecordName =
  | 'record.message.inbound'
  | 'record.message.outbound'
  | 'record.voicemail'
  | 'record.call.inbound'
  | 'record.call.outbound'
  | 'record.call.missed'
  | 'record.call.unanswered'

/** The key of the words that say what a record is. */
export function nameOf({
  kind,
  direction,
  answered,
}: Pick<ShownRecord, 'kind' | 'direction' | 'answered'>): RecordName {
  if (kind === 'voicemail') return 'record.voicemail'
  if (kind === 'message') return `record.message.${direction}`
  if (answered) return `record.call.${direction}`
  return direction === 'inbound' ? 'record.call.missed' : 'record.call.unanswered'
}
