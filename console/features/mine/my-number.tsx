import { Group, Stack, Text } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { Answer } from '../../api/client.ts'
import { useApi } from '../../api/company.tsx'
import { followEvents } from '../../api/events.ts'
import { useRead } from '../../api/read.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../shell/session.tsx'
import { CopyText } from '../../ui/copy-text.tsx'
import { useFormat } from '../../ui/format.ts'
import { ScreenLink } from '../../ui/link.tsx'
import { Page } from '../../ui/page.tsx'
import { usePhone } from '../../ui/phone.tsx'
import { LoadingState, ProblemState } from '../../ui/states.tsx'
import { RecordsInbox } from '../records/parts/inbox.tsx'
import type { Gone } from './custody.ts'
import { GoneNumber } from './gone-number.tsx'
import { Destination } from './my-numbers.tsx'
import { useMineWords } from './words.ts'

/** One of the reader's own numbers with its conversations; the moment it is taken away, nothing of it is left here. */
export function MyNumber() {
  const { numberId = '' } = useParams({ strict: false })
  return <OneNumber key={numberId} numberId={numberId} />
}

function OneNumber({ numberId }: { readonly numberId: string }) {
  const [gone, setGone] = useState<Gone | null>(null)
  return gone ? (
    <GoneNumber numberId={numberId} gone={gone} />
  ) : (
    <HeldNumber numberId={numberId} onGone={setGone} />
  )
}

interface HeldNumberProps {
  readonly numberId: string
  readonly onGone: (gone: Gone) => void
}

function HeldNumber({ numberId, onGone }: HeldNumberProps) {
  const { memberId } = useSession()
  const query = useRead('getNumber', { params: { numberId } })
  const { data, error, refetch } = query
  const isHeld = data !== undefined && data.holder?.memberId === memberId
  const isSeen = data !== undefined && !isHeld && !error
  const [wasHeld, setWasHeld] = useState(isHeld)
  if (isHeld && !wasHeld) setWasHeld(true)
  const isLost = useLoss(numberId, refetch)
  const isGone = isLost || isSeen || error?.status === 404
  useEffect(() => {
    if (isGone) onGone({ noticedAt: wasHeld ? new Date().toISOString() : null, isSeen })
  }, [isGone, isSeen, wasHeld, onGone])
  if (isGone) return null
  if (error && (!data || error.status === 403))
    return <ProblemState problem={error} onRetry={() => refetch()} />
  if (!data) return <LoadingState rows={8} />
  return <NumberScreen number={data} />
}

/** Follows one number: the stream about it ends the moment the reader has no right to it any more (NUM-6). */
function useLoss(numberId: string, lookAgain: () => Promise<unknown>): boolean {
  const api = useApi()
  const [isLost, setLost] = useState(false)
  useEffect(() => {
    const stop = new AbortController()
    const news = () => void lookAgain()
    void followEvents(
      api,
      { numberId, signal: stop.signal },
      {
        onEvent: ({ subjectId }) => subjectId === numberId && news(),
        // Any other end, such as that of the session, shows itself in the next answer.
        onLost: (code) => (code.startsWith('events.') ? setLost(true) : news()),
      },
    )
    return () => stop.abort()
  }, [api, numberId, lookAgain])
  return isLost
}

function NumberScreen({ number }: { readonly number: Answer<'getNumber'> }) {
  const t = useMineWords()
  const f = useFormat()
  const phone = usePhone()
  const { slug } = useSession()
  return (
    <Page
      title={phone(number.e164)}
      badge={<CopyText text={number.e164} label={t('copy')} />}
      above={<ScreenLink to={paths.mine(slug)}>{t('above')}</ScreenLink>}
    >
      <Stack gap="sm">
        <Group gap="md">
          {number.label !== null && <Text fw={500}>{number.label}</Text>}
          <Text size="sm">{t('since', { time: f.dateTime(number.heldSince) })}</Text>
          <Destination />
        </Group>
        {number.waiting.map(({ moveId, kind, to, dueAt }) => (
          <Text key={moveId} size="sm" fw={500}>
            {t(kind === 'return' ? 'returns' : 'moves', { name: to.name, time: f.dateTime(dueAt) })}
          </Text>
        ))}
        <RecordsInbox numberId={number.numberId} />
      </Stack>
    </Page>
  )
}
