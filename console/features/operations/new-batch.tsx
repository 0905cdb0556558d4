import { Button, Group, Stack, Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useCallback, useMemo, useState } from 'react'
import { paths } from '../../paths.ts'
import { useSession } from '../../shell/session.tsx'
import { ScreenLink } from '../../ui/link.tsx'
import { Page } from '../../ui/page.tsx'
import { useSearchState } from '../../ui/search-state.ts'
import { ForbiddenState, ProblemAlert } from '../../ui/states.tsx'
import { type BatchWork, type Draft, useBatchWork, usualOptions } from './new-batch/draft.ts'
import type { DraftLine } from './new-batch/lines.ts'
import { ListSource } from './new-batch/list-source.tsx'
import { ListSummary, type Source } from './new-batch/list-summary.tsx'
import { OptionsForm } from './new-batch/options-form.tsx'
import { PersonSource } from './new-batch/person-source.tsx'
import { PlanSection } from './new-batch/plan-section.tsx'
import { Recipients } from './new-batch/recipients.tsx'
import { useBatchWords } from './words.ts'

/** Puts many moves together: a list or all numbers of one person, checked as a whole before anything is moved (NUM-8). */
export function NewBatch() {
  const t = useBatchWords()
  const session = useSession()
  return (
    <Page
      title={t('new.title')}
      text={t('new.text')}
      above={<ScreenLink to={paths.batches(session.slug)}>{t('list.title')}</ScreenLink>}
    >
      {session.can('numbers:write') ? <Form /> : <ForbiddenState />}
    </Page>
  )
}

function Form() {
  const [{ member }, setSearch] = useSearchState({ member: '' })
  const [source, setSource] = useState<Source | null>(null)
  const [lines, setLines] = useState<readonly DraftLine[]>([])
  const [options, setOptions] = useState(usualOptions)
  const recipientKind = source?.kind === 'list' ? source.list.columns.recipientKind : 'either'
  const draft = useMemo<Draft>(() => ({ lines, recipientKind, options }), [lines, recipientKind, options])
  const work = useBatchWork()
  const onPerson = useCallback((name: string, held: readonly DraftLine[]) => {
    setSource({ kind: 'person', name })
    setLines(held)
  }, [])

  if (source === null)
    return member === '' ? (
      <ListSource
        onList={(list) => {
          setSource({ kind: 'list', list })
          setLines(list.lines)
        }}
      />
    ) : (
      <PersonSource memberId={member} onLines={onPerson} />
    )

  function startOver() {
    setSource(null)
    setLines([])
    work.forget()
    setSearch({ member: '' }, { replace: true })
  }
  return (
    <Stack gap="lg">
      <ListSummary source={source} count={lines.length} onOther={startOver} />
      {needsRecipients(source) && <Recipients lines={lines} onLines={setLines} />}
      <OptionsForm options={options} onOptions={setOptions} />
      <Check draft={draft} work={work} />
      {work.checked && <Plan draft={draft} work={work} onLines={setLines} />}
    </Stack>
  )
}

function needsRecipients(source: Source): boolean {
  return source.kind === 'person' || source.list.columns.recipient === null
}

function Check({ draft, work }: { readonly draft: Draft; readonly work: BatchWork }) {
  const t = useBatchWords()
  const { options, lines } = draft
  const lacksReason = options.history === 'delete' && options.reason.trim() === ''
  const isDone = work.checked?.draft === draft
  return (
    <Stack gap="sm" align="flex-start">
      <Group>
        <Button
          variant={isDone ? 'default' : 'filled'}
          onClick={() => work.check(draft)}
          loading={work.isChecking}
          disabled={lacksReason || lines.length === 0}
        >
          {work.checked ? t('check.again') : t('check')}
        </Button>
        {lacksReason && <Text size="sm">{t('options.reasonNeeded')}</Text>}
        {work.checked && !isDone && !lacksReason && <Text size="sm">{t('check.stale')}</Text>}
      </Group>
      <ProblemAlert problem={work.problem} />
    </Stack>
  )
}

interface PlanProps {
  readonly draft: Draft
  readonly work: BatchWork
  readonly onLines: (lines: readonly DraftLine[]) => void
}

function Plan({ draft, work, onLines }: PlanProps) {
  const navigate = useNavigate()
  const { slug } = useSession()
  return work.checked ? (
    <PlanSection
      checked={work.checked}
      draft={draft}
      changes={work.changes}
      isStarting={work.isStarting}
      onLines={onLines}
      onStart={() => work.start((operationId) => void navigate({ to: paths.batch(slug, operationId) }))}
    />
  ) : null
}
