import { Button, Card, Group, Stack, Text, TextInput, Title } from '@mantine/core'
import { IconEyeOff } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { Answer } from '../../../api/client.ts'
import { useCommonWords } from '../../../ui/common-words.ts'
import { useFormat } from '../../../ui/format.ts'
import { Phone } from '../../../ui/phone.tsx'
import { useRecordWords } from '../words.ts'
import type { Entry } from './entries.ts'
import type { ReadingReason } from './reading-reason.ts'
import { nameOf, type ShownRecord } from './thread.ts'

/** What is known of the number whose records are read. */
export interface InboxPlace {
  readonly numberId: string
  readonly holder: Answer<'getNumber'>['holder']
  readonly reading: ReadingReason
}

/** In place of contents that are withheld: what it takes to read them, and what may be known without. */
export function WithheldPane({
  place,
  withheld,
  entry,
}: {
  readonly place: InboxPlace
  readonly withheld: 'reason_needed' | 'not_granted'
  readonly entry?: Entry | null
}) {
  return (
    <Stack>
      {withheld === 'reason_needed' ? <ReasonGate reading={place.reading} /> : <NotGranted place={place} />}
      {entry?.kind === 'record' && <KnownFacts record={entry.record} />}
    </Stack>
  )
}

function ReasonGate({ reading }: { readonly reading: ReadingReason }) {
  const t = useRecordWords()
  const [reason, setReason] = useState('')
  return (
    <Card
      withBorder
      component="form"
      onSubmit={(event) => {
        event.preventDefault()
        if (reason.trim() !== '') reading.give(reason.trim())
      }}
    >
      <Stack gap="sm">
        <Group gap="xs" wrap="nowrap">
          <IconEyeOff size={20} aria-hidden />
          <Title order={2} size="h4">
            {t('gate.title')}
          </Title>
        </Group>
        <Text>{t('gate.text')}</Text>
        <TextInput
          label={t('gate.reason')}
          placeholder={t('gate.example')}
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
          maxLength={500}
          required
          withAsterisk={false}
        />
        <Group>
          <Button type="submit" disabled={reason.trim() === ''}>
            {t('gate.show')}
          </Button>
        </Group>
      </Stack>
    </Card>
  )
}

function NotGranted({ place: { holder } }: { readonly place: InboxPlace }) {
  const t = useRecordWords()
  return (
    <Card withBorder>
      <Stack gap="sm">
        <Group gap="xs" wrap="nowrap">
          <IconEyeOff size={20} aria-hidden />
          <Title order={2} size="h4">
            {t('closed.title')}
          </Title>
        </Group>
        <Text>{t('closed.text')}</Text>
        {holder && <Text>{t('closed.holder', { name: holder.name })}</Text>}
      </Stack>
    </Card>
  )
}

function KnownFacts({ record }: { readonly record: ShownRecord }) {
  const t = useRecordWords()
  const common = useCommonWords()
  const f = useFormat()
  return (
    <dl style={{ display: 'grid', gridTemplateColumns: 'auto 1fr', gap: '0.4rem 1.2rem', margin: 0 }}>
      <Fact name={t('facts.kind')}>{t(nameOf(record))}</Fact>
      <Fact name={t('facts.party')}>
        <Phone e164={record.otherParty} />
      </Fact>
      <Fact name={t('facts.at')}>{f.dateTime(record.occurredAt)}</Fact>
      {record.durationSeconds !== null && (
        <Fact name={t('facts.length')}>{f.duration(record.durationSeconds)}</Fact>
      )}
      <Fact name={t('facts.holder')}>{record.holderThen?.name ?? common('nobody')}</Fact>
    </dl>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <Text component="dt" c="dimmed">
        {name}
      </Text>
      <Text component="dd" m={0}>
        {children}
      </Text>
    </>
  )
}

/** Reminds of the reason that contents are read with, and ends it. */
export function ReasonBar({ reading: { reason, forget } }: { readonly reading: ReadingReason }) {
  const t = useRecordWords()
  if (reason === undefined) return null
  return (
    <Group gap="sm">
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {t('gate.given', { reason })}
      </Text>
      <Button size="compact-sm" variant="default" onClick={forget}>
        {t('gate.stop')}
      </Button>
    </Group>
  )
}
