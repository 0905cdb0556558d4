import { Group, Text } from '@mantine/core'
import { IconEyeOff, IconMessage, IconPhone, IconPhoneX, IconRecordMail } from '@tabler/icons-react'
import { useFormat } from '../../../ui/format.ts'
import { Phone } from '../../../ui/phone.tsx'
import { StatusBadge } from '../../../ui/status-badge.tsx'
import { useRecordWords } from '../words.ts'
import { type Entry, withheldOf } from './entries.ts'
import { dayIn, nameOf, type RecordName, type ShownRecord } from './thread.ts'

/** The time of a day that is today, else the date. */
function useWhen(): (instant: string) => string {
  const f = useFormat()
  const dayOf = dayIn(f.timeZone)
  const today = dayOf(new Date().toISOString())
  return (instant) => (dayOf(instant) === today ? f.time(instant) : f.date(instant))
}

export function RecordIcon({ name }: { readonly name: RecordName }) {
  if (name === 'record.voicemail') return <IconRecordMail size={16} aria-hidden />
  if (name === 'record.message.inbound' || name === 'record.message.outbound')
    return <IconMessage size={16} aria-hidden />
  const isMissed = name === 'record.call.missed' || name === 'record.call.unanswered'
  return isMissed ? <IconPhoneX size={16} aria-hidden /> : <IconPhone size={16} aria-hidden />
}

/** An entry of the inbox's list. */
export function EntryRow({ entry }: { readonly entry: Entry }) {
  const t = useRecordWords()
  const when = useWhen()
  const { otherParty, otherName } = entry.kind === 'conversation' ? entry.conversation : entry.record
  const isOpen = entry.kind === 'conversation' ? entry.conversation.isOpen : entry.record.awaitsAnswer
  const at = entry.kind === 'conversation' ? entry.conversation.lastAt : entry.record.occurredAt
  return (
    <>
      <Group justify="space-between" gap="xs" wrap="nowrap" align="baseline">
        <Text component="span" fw={isOpen ? 700 : 500} style={{ overflowWrap: 'anywhere' }}>
          {otherName ?? <Phone e164={otherParty} />}
        </Text>
        <Text component="span" size="xs" style={{ whiteSpace: 'nowrap' }}>
          {when(at)}
        </Text>
      </Group>
      {otherName !== null && (
        <Text component="span" size="sm" display="block">
          <Phone e164={otherParty} />
        </Text>
      )}
      {entry.kind === 'record' && <RecordLine record={entry.record} />}
      <Group component="span" gap={6} mt={isOpen ? 4 : 0}>
        {isOpen && <StatusBadge kind="wait">{t('entry.open')}</StatusBadge>}
        {withheldOf(entry) && (
          <Text component="span" size="xs" style={{ display: 'inline-flex', gap: 4, alignItems: 'center' }}>
            <IconEyeOff size={14} aria-hidden />
            {t('entry.withheld')}
          </Text>
        )}
      </Group>
    </>
  )
}

function RecordLine({ record }: { readonly record: ShownRecord }) {
  const t = useRecordWords()
  const name = nameOf(record)
  return (
    <Text component="span" size="sm" lineClamp={2}>
      <span style={{ display: 'inline-block', verticalAlign: '-0.2em', lineHeight: 1, marginInlineEnd: 6 }}>
        <RecordIcon name={name} />
      </span>
      {record.text ?? t(name)}
    </Text>
  )
}
