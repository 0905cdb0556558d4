import { Alert, Box, Progress, Stack, Text } from '@mantine/core'
import type { Item } from '../../../api/client.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../shell/session.tsx'
import { useFormat } from '../../../ui/format.ts'
import { ScreenLink } from '../../../ui/link.tsx'
import { shareDone } from '../batch-steps.ts'
import { useBatchWords } from '../words.ts'
import classes from './progress.module.css'

type Operation = Item<'listOperations'>

/** How far an operation is, how fast, and when it will end. */
export function BatchProgress({ operation }: { readonly operation: Operation }) {
  const t = useBatchWords()
  const format = useFormat()
  const { done, waiting, failed, pending, total, state } = operation
  const share = shareDone(operation)
  const number = (value: number) => format.number(value)
  const part = (value: number) => (total === 0 ? 0 : (100 * value) / total)
  return (
    <Stack gap="sm">
      <Box>
        <Text fw={600} mb={4}>
          {t('progress.done', { done: number(done + waiting), total: number(total) })}
          {state === 'running' && ` · ${format.percent(share)}`}
        </Text>
        <Progress.Root size="lg">
          <Progress.Section value={part(done + waiting)} aria-label={t('progress.label')} />
          <Progress.Section value={part(failed)} color="red.8" aria-label={t('progress.failed')} />
        </Progress.Root>
      </Box>
      <dl className={classes['facts']}>
        <Fact name={t('fact.done')} value={number(done)} />
        {waiting > 0 && <Fact name={t('fact.waiting')} value={number(waiting)} />}
        <Fact name={t('fact.failed')} value={number(failed)} />
        {pending > 0 && (
          <Fact
            name={operation.state === 'cancelled' ? t('fact.left') : t('fact.pending')}
            value={number(pending)}
          />
        )}
        <Timing operation={operation} />
      </dl>
      <Related operation={operation} />
    </Stack>
  )
}

function Timing({ operation }: { readonly operation: Operation }) {
  const t = useBatchWords()
  const format = useFormat()
  const { perSecond, nextAt, finishAt, state } = operation
  const isGoing = state === 'running'
  const isLater = nextAt !== null && Date.parse(nextAt) - Date.now() > 5_000
  return (
    <>
      {perSecond !== null && (
        <Fact
          name={t('fact.rate')}
          value={t('perSecond', { number: format.number(Math.round(perSecond)) })}
        />
      )}
      {isGoing && isLater && nextAt && (
        <Fact name={t('fact.next')} value={`${format.relative(nextAt)} (${format.time(nextAt)})`} />
      )}
      {isGoing && finishAt && (
        <Fact name={t('fact.finish')} value={`${format.dateTime(finishAt)} (${format.relative(finishAt)})`} />
      )}
    </>
  )
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}

function Related({ operation }: { readonly operation: Operation }) {
  const t = useBatchWords()
  const { slug } = useSession()
  const { state, requestId, undoes, undoneBy } = operation
  return (
    <>
      {state === 'pending_approval' && (
        <Alert variant="outline" title={t('approval.title')}>
          <Text size="sm">{t('approval.text')}</Text>
          {requestId && (
            <ScreenLink to={paths.requests(slug)} search={{ request: requestId }}>
              {t('approval.open')}
            </ScreenLink>
          )}
        </Alert>
      )}
      {undoes && <ScreenLink to={paths.batch(slug, undoes)}>{t('page.undoes')}</ScreenLink>}
      {undoneBy && <ScreenLink to={paths.batch(slug, undoneBy)}>{t('page.undoneBy')}</ScreenLink>}
    </>
  )
}
