import { Button, Progress, Text } from '@mantine/core'
import type { Item } from '../../api/client.ts'
import { useWrite } from '../../api/write.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../shell/session.tsx'
import { useFormat } from '../../ui/format.ts'
import { ScreenLink } from '../../ui/link.tsx'
import { useToast } from '../../ui/toast.tsx'
import { useKindWords } from '../operations/parts/operation-state.tsx'
import { TaskCard } from './task-card.tsx'
import type { Tasks } from './tasks.ts'
import { useHomeWords } from './words.ts'

type Operation = Item<'listOperations'>

/** Batches with failed items, and those that go on. */
export function OperationCards({ tasks: { flawed, going } }: { readonly tasks: Tasks }) {
  const t = useHomeWords()
  const format = useFormat()
  const { slug, can } = useSession()
  return (
    <>
      {flawed.length > 0 && (
        <TaskCard<Operation>
          title={t('flawed.title')}
          text={t('flawed.text')}
          entries={flawed}
          entryKey={({ operationId }) => operationId}
          all={{ to: paths.batches(slug) }}
          render={(operation) => (
            <OperationLink
              operation={operation}
              detail={t('flawed.count', { count: operation.failed, number: format.number(operation.failed) })}
            />
          )}
          action={can('operations:write') ? (operation) => <Retry operation={operation} /> : undefined}
        />
      )}
      {going.length > 0 && (
        <TaskCard<Operation>
          title={t('going.title')}
          entries={going}
          entryKey={({ operationId }) => operationId}
          all={{ to: paths.batches(slug) }}
          render={(operation) => <Going operation={operation} />}
        />
      )}
    </>
  )
}

function OperationLink({ operation, detail }: { readonly operation: Operation; readonly detail: string }) {
  const { slug } = useSession()
  const format = useFormat()
  const kindOf = useKindWords()
  return (
    <>
      <ScreenLink to={paths.batch(slug, operation.operationId)}>
        {`${kindOf(operation.kind)} · ${format.dateTime(operation.createdAt)}`}
      </ScreenLink>
      <Text size="sm">{detail}</Text>
    </>
  )
}

function Going({ operation }: { readonly operation: Operation }) {
  const t = useHomeWords()
  const format = useFormat()
  const { total, pending, state } = operation
  const values = { done: format.number(total - pending), total: format.number(total) }
  return (
    <>
      <OperationLink
        operation={operation}
        detail={t(`going.${state === 'paused' || state === 'pending_approval' ? state : 'running'}`, values)}
      />
      <Progress
        value={total === 0 ? 100 : (100 * (total - pending)) / total}
        size="sm"
        mt={4}
        aria-label={t('going.progress')}
      />
    </>
  )
}

function Retry({ operation }: { readonly operation: Operation }) {
  const t = useHomeWords()
  const toast = useToast()
  const write = useWrite('retryOperation')
  const { operationId } = operation
  return (
    <Button
      size="compact-md"
      variant="default"
      loading={write.isPending}
      onClick={() =>
        write.mutate(
          { params: { operationId }, body: {} },
          { onSuccess: () => toast.done(t('retried')), onError: (problem) => toast.problem(problem) },
        )
      }
    >
      {t('retry')}
    </Button>
  )
}
