import { Divider, Text, Title } from '@mantine/core'
import { useState } from 'react'
import type { Answer } from '../../api/client.ts'
import { useApi } from '../../api/company.tsx'
import { useRead } from '../../api/read.ts'
import { useWrite } from '../../api/write.ts'
import { Door } from '../../ui/door.tsx'
import { useFormat } from '../../ui/format.ts'
import { LoadingState, ProblemState } from '../../ui/states.tsx'
import { ClaimForm } from './parts/claim-form.tsx'
import { Instructions } from './parts/instructions.tsx'
import { useReadable } from './parts/task.ts'
import { DueDate } from './parts/task-state.tsx'
import { useTaskWords } from './words.ts'

type Linked = Answer<'readLinkedTask'>

// What stands after the # never reaches a server or a log.
function tokenInAddress(): string | null {
  return new URLSearchParams(window.location.hash.slice(1)).get('link') || null
}

// It stays while the task is to do, as phones load a page anew after a photo was taken; once used, it is of no use.
function forgetToken(): void {
  const { pathname, search } = window.location
  window.history.replaceState(window.history.state, '', pathname + search)
}

/** A task for whoever has its one-use link, without an account; made for a phone. */
export function LinkedTask() {
  const t = useTaskWords()
  const [token] = useState(tokenInAddress)
  const [done, setDone] = useState<Linked | null>(null)
  if (done)
    return (
      <Door width="middle" title={t('door.doneTitle')}>
        <Text role="status">{t('door.doneText', { company: done.companyName })}</Text>
      </Door>
    )
  if (token === null)
    return (
      <Door width="middle" title={t('door.noneTitle')}>
        <Text>{t('door.noneText')}</Text>
      </Door>
    )
  return (
    <Followed
      token={token}
      onDone={(task) => {
        forgetToken()
        setDone(task)
      }}
    />
  )
}

interface FollowedProps {
  readonly token: string
  readonly onDone: (task: Linked) => void
}

function Followed({ token, onDone }: FollowedProps) {
  const t = useTaskWords()
  const query = useRead('readLinkedTask', { params: { token } })
  if (query.error?.code === 'task_link.invalid')
    return (
      <Door width="middle" title={t('door.goneTitle')}>
        <Text role="alert">{t('door.goneText')}</Text>
      </Door>
    )
  if (query.data) return <Asked task={query.data} token={token} onDone={onDone} />
  return (
    <Door width="middle" title={t('door.waiting')}>
      {query.error ? (
        <ProblemState problem={query.error} onRetry={() => query.refetch()} />
      ) : (
        <LoadingState />
      )}
    </Door>
  )
}

function Asked({ task, token, onDone }: FollowedProps & { readonly task: Linked }) {
  const t = useTaskWords()
  const say = useReadable()
  const format = useFormat()
  const api = useApi()
  const claim = useWrite('claimLinkedTask')
  const { companyName: company, forName: name } = task
  return (
    <Door
      width="middle"
      title={say(task.title)}
      above={name === null ? t('door.asks', { company }) : t('door.asksName', { company, name })}
    >
      <div>
        <Text fw={600} size="sm">
          {t('fact.due')}
        </Text>
        <DueDate task={task} />
      </div>
      <Instructions words={task.instructions} link={task.link} />
      <Divider />
      <Title order={2} size="h4">
        {t('claim.title')}
      </Title>
      <ClaimForm
        instructions={task.instructions}
        files={task.evidence}
        uploadTo={(fileName) => api.address('addLinkedEvidence', { params: { token }, query: { fileName } })}
        onClaim={(body) => claim.mutate({ params: { token }, body }, { onSuccess: onDone })}
        isBusy={claim.isPending}
        problem={claim.error}
      />
      <Text size="sm" c="dimmed">
        {t('door.once', { time: format.dateTime(task.expiresAt) })}
      </Text>
    </Door>
  )
}
