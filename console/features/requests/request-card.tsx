import { Badge, Button, Card, Group, Stack, Text, Title } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { Item } from '../../api/client.ts'
import { useRead } from '../../api/read.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../shell/session.tsx'
import { useFormat } from '../../ui/format.ts'
import { ScreenLink } from '../../ui/link.tsx'
import { usePhone } from '../../ui/phone.tsx'
import { DecideDialog } from './decide-dialog.tsx'
import { type Choice, textOf, wordOf } from './payload.ts'
import { useRequestWords } from './words.ts'

type Request = Item<'listRequests'>

interface RequestCardProps {
  readonly request: Request
  readonly isPointedAt: boolean
  readonly mayDecide: boolean
}

/** One request: what is asked, by whom and why, what approving it does, and the two answers. */
export function RequestCard({ request, isPointedAt, mayDecide }: RequestCardProps) {
  const t = useRequestWords()
  const [choice, setChoice] = useState<Choice | null>(null)
  const card = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isPointedAt) card.current?.focus()
  }, [isPointedAt])
  const subject = useSubject(request)
  const word = wordOf(request)
  return (
    <Card withBorder padding="lg" ref={card} tabIndex={-1}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start">
          <Title order={2} size="h4">
            {t(`kind.${word}`, { subject })}
          </Title>
          <Badge variant="outline" color="gray" tt="none">
            {t(`kindName.${word}`)}
          </Badge>
        </Group>
        <Particulars request={request} />
        {request.state === 'open' ? (
          <>
            <Text size="sm">{t(`effect.${word}`)}</Text>
            {mayDecide && (
              <Group>
                <Button onClick={() => setChoice('approve')}>{t(`approve.${word}`)}</Button>
                <Button variant="default" onClick={() => setChoice('reject')}>
                  {t('reject')}
                </Button>
              </Group>
            )}
          </>
        ) : (
          <Decision request={request} />
        )}
      </Stack>
      <DecideDialog request={request} subject={subject} choice={choice} onClose={() => setChoice(null)} />
    </Card>
  )
}

// A handover is named by whoever leaves.
function useSubject({ subjectLabel, payload, subjectKind }: Request): string {
  const phone = usePhone()
  const memberId = textOf(payload, 'leaverId') ?? ''
  const isAsked = subjectKind === 'handover' && memberId !== ''
  const leaver = useRead('readMember', { params: { memberId } }, { enabled: isAsked, staleMs: 60_000 })
  if (isAsked) return leaver.data?.name ?? subjectLabel ?? ''
  return subjectLabel === null ? '' : phone(subjectLabel)
}

function Particulars({ request }: { readonly request: Request }) {
  const t = useRequestWords()
  const format = useFormat()
  return (
    <>
      <Text size="sm">
        {t('askedBy', {
          name: request.requestedByName ?? request.requestedBy,
          time: format.dateTime(request.createdAt),
          relative: format.relative(request.createdAt),
        })}
      </Text>
      {request.reason && (
        <Text component="blockquote" m={0} pl="sm" style={{ borderInlineStart: '3px solid' }}>
          {request.reason}
        </Text>
      )}
      <Links request={request} />
    </>
  )
}

function Links({ request }: { readonly request: Request }) {
  const t = useRequestWords()
  const { slug } = useSession()
  const numberId = textOf(request.payload, 'numberId')
  const operationId = textOf(request.payload, 'operationId')
  const memberId = textOf(request.payload, 'toMemberId')
  const moveId = textOf(request.payload, 'moveId')
  const handoverId = textOf(request.payload, 'handoverId')
  const hash = textOf(request.payload, 'planHash')?.slice(0, 8)
  return (
    <Group gap="md">
      {memberId && <Recipient memberId={memberId} history={textOf(request.payload, 'history')} />}
      {moveId && <MoveRecipient moveId={moveId} />}
      {numberId && (
        <ScreenLink size="sm" to={paths.number(slug, numberId)}>
          {t('toNumber')}
        </ScreenLink>
      )}
      {operationId && (
        <ScreenLink size="sm" to={paths.batch(slug, operationId)}>
          {t('toBatch')}
        </ScreenLink>
      )}
      {handoverId && (
        <>
          <ScreenLink size="sm" to={paths.handover(slug, handoverId)}>
            {t('toPlan')}
          </ScreenLink>
          {hash && <Text size="sm">{t('planHash', { hash })}</Text>}
        </>
      )}
    </Group>
  )
}

// A check and a move above the limit carry the move that waits, which knows its recipient.
function MoveRecipient({ moveId }: { readonly moveId: string }) {
  const move = useRead('getScheduledMove', { params: { moveId } }, { staleMs: 60_000 })
  return move.data ? <Recipient memberId={move.data.to.memberId} history={move.data.history} /> : null
}

// A proposal carries ids only; the name is asked for by the one that is shown.
function Recipient({ memberId, history }: { readonly memberId: string; readonly history: string | null }) {
  const t = useRequestWords()
  const { slug } = useSession()
  const member = useRead('readMember', { params: { memberId } }, { staleMs: 60_000 })
  if (!member.data) return null
  return (
    <Text size="sm">
      {t('recipient')} <ScreenLink to={paths.person(slug, memberId)}>{member.data.name}</ScreenLink>
      {history === 'hide' || history === 'delete' ? ` · ${t(`history.${history}`)}` : ''}
    </Text>
  )
}

function Decision({ request }: { readonly request: Request }) {
  const t = useRequestWords()
  const format = useFormat()
  const name = request.decidedByName ?? request.decidedBy ?? ''
  return (
    <>
      <Text fw={600}>
        {t(`decided.${request.state === 'open' ? 'withdrawn' : request.state}`, {
          name,
          time: request.decidedAt ? format.dateTime(request.decidedAt) : '',
        })}
      </Text>
      {request.decisionReason && <Text size="sm">{request.decisionReason}</Text>}
    </>
  )
}
