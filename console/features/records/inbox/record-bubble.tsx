import { Text, VisuallyHidden } from '@mantine/core'
import { useFormat } from '../../../ui/format.ts'
import { StatusBadge } from '../../../ui/status-badge.tsx'
import { useRecordWords } from '../words.ts'
import { RecordIcon } from './entry-row.tsx'
import classes from './inbox.module.css'
import { RecordMedia } from './record-media.tsx'
import { nameOf, type ShownRecord } from './thread.ts'

/** One record in a thread: on the left what came in, on the right what went out. */
export function RecordBubble({
  record,
  isFound,
}: {
  readonly record: ShownRecord
  readonly isFound: boolean
}) {
  const t = useRecordWords()
  const f = useFormat()
  const { kind, direction, occurredAt, text } = record
  return (
    <li className={classes['record']} data-side={direction} data-found={isFound || undefined}>
      <div className={classes['bubble']}>
        {kind === 'message' ? <VisuallyHidden>{t(nameOf(record))}</VisuallyHidden> : <What record={record} />}
        {text !== null && <div className={classes['text']}>{text}</div>}
        {record.codeMasked && (
          <Text size="sm" c="dimmed">
            {t('record.codeMasked')}
          </Text>
        )}
        {kind === 'message' && text === null && <Text fs="italic">{t('record.noText')}</Text>}
        <RecordMedia record={record} />
      </div>
      <div className={classes['foot']}>
        <time dateTime={occurredAt} title={f.exact(occurredAt)}>
          {f.time(occurredAt)}
        </time>
        {record.awaitsAnswer && <StatusBadge kind="wait">{t('record.waits')}</StatusBadge>}
        {isFound && <span>{t('record.found')}</span>}
      </div>
    </li>
  )
}

function What({ record }: { readonly record: ShownRecord }) {
  const t = useRecordWords()
  const f = useFormat()
  const name = nameOf(record)
  const hasLength = record.durationSeconds !== null && record.durationSeconds > 0 && record.answered !== false
  return (
    <div className={classes['what']}>
      <RecordIcon name={name} />
      <span>{t(name)}</span>
      {hasLength && <span>{t('record.length', { length: f.duration(record.durationSeconds ?? 0) })}</span>}
    </div>
  )
}
