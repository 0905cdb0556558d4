import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core'
import { IconArrowBackUp, IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import type { ApiProblem } from '../../../api/client.ts'
import { useApi } from '../../../api/company.tsx'
import { saveFile } from '../../../api/save-file.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../shell/session.tsx'
import { useFormat } from '../../../ui/format.ts'
import { ScreenLink } from '../../../ui/link.tsx'
import { ProblemAlert } from '../../../ui/states.tsx'
import { OperationState } from '../../operations/parts/operation-state.tsx'
import { BatchProgress } from '../../operations/parts/progress.tsx'
import type { Import } from '../use-draft.ts'
import { useImportWords } from '../words.ts'
import { AnnotatedFile } from './repair-step.tsx'
import { ReportRows } from './report-rows.tsx'

const UndoDialog = lazy(() => import('./undo-dialog.tsx').then((module) => ({ default: module.UndoDialog })))

type Operation = NonNullable<Import['operation']>

/** How far applying is, what became of each row, and the way to take all of it back. */
export function ReportStep({ shown }: { readonly shown: Import }) {
  const t = useImportWords()
  const { operation, undoOperation } = shown
  if (!operation) return <Text>{t('report.notBegun')}</Text>
  return (
    <Stack gap="lg">
      {undoOperation && <Progress operation={undoOperation} title={t('report.undoing')} />}
      <Progress operation={operation} title={t('report.applying')} />
      <NotApplied counts={shown.counts} />
      <Ways shown={shown} operation={operation} />
      <ReportRows shown={shown} operation={undoOperation ?? operation} isUndo={undoOperation !== null} />
    </Stack>
  )
}

function Progress({ operation, title }: { readonly operation: Operation; readonly title: string }) {
  const t = useImportWords()
  const { slug } = useSession()
  return (
    <Stack gap="sm" component="section" aria-label={title}>
      <Group gap="sm">
        <Title order={2} size="h4">
          {title}
        </Title>
        <OperationState operation={operation} />
      </Group>
      <BatchProgress operation={operation} />
      {operation.state !== 'done' && (
        <ScreenLink size="sm" to={paths.batch(slug, operation.operationId)}>
          {t('report.steer')}
        </ScreenLink>
      )}
      {operation.state === 'done' && operation.failed > 0 && (
        <Alert variant="outline" color="orange" title={t('report.failedTitle', { count: operation.failed })}>
          {t('report.failedText')}{' '}
          <ScreenLink to={paths.batch(slug, operation.operationId)}>{t('report.retry')}</ScreenLink>
        </Alert>
      )}
    </Stack>
  )
}

// The operation has only the rows that were applied; the others are part of the answer too.
function NotApplied({ counts }: Pick<Import, 'counts'>) {
  const t = useImportWords()
  const format = useFormat()
  const keptOut = (counts?.error ?? 0) + (counts?.conflict ?? 0)
  const untouched = (counts?.skipped ?? 0) + (counts?.unchanged ?? 0)
  if (keptOut + untouched === 0) return null
  return (
    <Stack gap={2}>
      {keptOut > 0 && (
        <Text size="sm">{t('report.keptOut', { count: keptOut, number: format.number(keptOut) })}</Text>
      )}
      {untouched > 0 && (
        <Text size="sm">{t('report.untouched', { count: untouched, number: format.number(untouched) })}</Text>
      )}
    </Stack>
  )
}

const seen = {
  numbers: { to: paths.numbers, words: 'report.numbers' },
  moves: { to: paths.numbers, words: 'report.numbers' },
  records: { to: paths.numbers, words: 'report.numbers' },
  'other-systems': { to: paths.systems, words: 'report.systems' },
} as const
const people = { to: paths.people, words: 'report.people' } as const

function seenAt(template: string | null) {
  return Object.entries(seen).find(([name]) => name === template)?.[1] ?? people
}

interface WaysProps {
  readonly shown: Import
  readonly operation: Operation
}

function Ways({ shown, operation }: WaysProps) {
  const t = useImportWords()
  const { slug, can } = useSession()
  const [isAsked, setAsked] = useState(false)
  const { counts, state, canUndo, template } = shown
  const isOver = state === 'applied' || state === 'undone'
  const made = seenAt(template)
  const keptOut = (counts?.error ?? 0) + (counts?.conflict ?? 0)
  if (!isOver) return null
  return (
    <Stack gap="sm">
      <Group gap="xs">
        <Button component={Link} to={made.to(slug)} variant="default">
          {t(made.words)}
        </Button>
        {operation.failed > 0 && <FailedRows operation={operation} />}
        {keptOut > 0 && <AnnotatedFile shown={shown} />}
        {state === 'applied' && canUndo && can('imports:write') && (
          <Button
            variant="default"
            leftSection={<IconArrowBackUp size={16} aria-hidden />}
            onClick={() => setAsked(true)}
          >
            {t('undo.open')}
          </Button>
        )}
      </Group>
      {!canUndo && <Text size="sm">{t('undoes.never')}</Text>}
      {isAsked && (
        <Suspense fallback={null}>
          <UndoDialog shown={shown} onClose={() => setAsked(false)} />
        </Suspense>
      )}
    </Stack>
  )
}

function FailedRows({ operation }: { readonly operation: Operation }) {
  const t = useImportWords()
  const api = useApi()
  const save = useMutation<string, ApiProblem, void>({
    mutationFn: () => {
      const { operationId } = operation
      const query = { format: 'csv', items: 'failed' } as const
      const address = api.address('exportOperation', { params: { operationId }, query })
      return saveFile(api, address, `import-${operationId}.csv`)
    },
  })
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconDownload size={16} aria-hidden />}
        loading={save.isPending}
        onClick={() => save.mutate()}
      >
        {t('report.failedFile')}
      </Button>
      <ProblemAlert problem={save.error} />
    </>
  )
}
