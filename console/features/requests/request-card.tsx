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
import { type Choice, textOf } from './payload.ts'
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
  const phone = usePhone()
  const [choice, setChoice] = useState<Choice | null>(null)
  const card = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isPointedAt) card.current?.focus()
  }, [isPointedAt])
  const subject = request.subjectLabel === null ? '' : phone(request.subjectLabel)
  return (
    <Card withBorder padding="lg" ref={card} tabIndex={-1}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start">
          <Title order={2} size="h4">
            {t(`kind.${request.kind}`, { subject })}
          </Title>
          <Badge variant="outline" color="gray" tt="none">
            {t(`kindName.${request.kind}`)}
          </Badge>
        </Group>
        <Particulars request={request} />
        {request.state === 'open' ? (
          <>
            <Text size="sm">{t(`effect.${request.kind}`)}</Text>
            {mayDecide && (
              <Group>
                <Button onClick={() => setChoice('approve')}>{t(`approve.${request.kind}`)}</Button>
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
