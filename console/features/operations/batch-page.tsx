import { Alert, Stack, Text } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import type { Answer } from '../../api/client.ts'
import { useRead } from '../../api/read.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../shell/session.tsx'
import { useFormat } from '../../ui/format.ts'
import { ScreenLink } from '../../ui/link.tsx'
import { Page } from '../../ui/page.tsx'
import { Await } from '../../ui/states.tsx'
import { useToast } from '../../ui/toast.tsx'
import { BatchItems } from './batch-page/items.tsx'
import { BatchSteps } from './batch-page/steps.tsx'
import { shareDone } from './batch-steps.ts'
import { OperationState, useKindWords } from './parts/operation-state.tsx'
import { BatchProgress } from './parts/progress.tsx'
import { useBatchWords } from './words.ts'

type Operation = Answer<'getOperation'>

const liveMs = 1_000
const calmMs = 5_000

/** One operation, live: how far it is, what can be done with it, and what became of each item. */
export function BatchPage() {
  const t = useBatchWords()
  const { slug } = useSession()
  const { operationId = '' } = useParams({ strict: false })
  const [everyMs, setEveryMs] = useState<number | false>(liveMs)
  const query = useRead('getOperation', { params: { operationId }, query: { limit: 0 } }, { everyMs })
  const operation = query.data
  const kindOf = useKindWords()
  const title = operation ? kindOf(operation.kind) : t('page.title')
  const state = operation?.state
  useEffect(() => {
    setEveryMs(state === undefined || state === 'running' ? liveMs : isOver(state) ? false : calmMs)
  }, [state])
  useWindowTitle(title, operation)
  useEndToast(operation)
  const isAway = query.error !== null || query.failureCount > 0
  return (
    <Page
      title={title}
      badge={operation && <OperationState operation={operation} />}
      text={operation && <Begun operation={operation} />}
      above={<ScreenLink to={paths.batches(slug)}>{t('list.title')}</ScreenLink>}
    >
      {operation && isAway && (
        <Alert role="alert" color="red" variant="outline" title={t('away.title')}>
          {t('away.text')}
        </Alert>
      )}
      <Await query={query}>
        {(shown) => (
          <Stack gap="lg">
            <BatchProgress operation={shown} />
            <BatchSteps operation={shown} />
            <BatchItems operation={shown} />
          </Stack>
        )}
      </Await>
    </Page>
  )
}

function isOver(state: Operation['state']): boolean {
  return state === 'done' || state === 'cancelled'
}

function Begun({ operation }: { readonly operation: Operation }) {
  const t = useBatchWords()
  const format = useFormat()
  const { createdAt, createdByName, createdBy, finishedAt } = operation
  const who = createdByName ?? createdBy
  return (
    <Text span>
      {format.sentences(
        t('page.begun', { time: format.dateTime(createdAt), who }),
        finishedAt ? t('page.ended', { time: format.dateTime(finishedAt) }) : '',
      )}
    </Text>
  )
}

// Seen from another tab: how far it is, and that it is over.
function useWindowTitle(title: string, operation: Operation | undefined): void {
  const t = useBatchWords()
  const format = useFormat()
  const share = operation ? shareDone(operation) : 0
  const state = operation?.state
  const failed = operation?.failed ?? 0
  useEffect(() => {
    if (!state) return
    const end =
      state === 'done' && failed > 0
        ? t('state.doneWithFailures', { count: failed, number: format.number(failed) })
        : t(`state.${state}`)
    document.title = `${state === 'running' ? format.percent(share) : end} · ${title} · Baton`
  }, [title, share, state, failed, t, format])
}

function useEndToast(operation: Operation | undefined): void {
  const t = useBatchWords()
  const format = useFormat()
  const toast = useToast()
  const before = useRef<Operation['state'] | null>(null)
  useEffect(() => {
    if (!operation) return
    const wasGoing = before.current === 'running'
    before.current = operation.state
    if (!wasGoing || operation.state !== 'done') return
    const { done, waiting, failed, total } = operation
    const key = failed > 0 ? 'ended.failed' : 'ended.done'
    toast.done(
      t(key, {
        done: format.number(done + waiting),
        failed: format.number(failed),
        total: format.number(total),
      }),
    )
  }, [operation, t, format, toast])
}
