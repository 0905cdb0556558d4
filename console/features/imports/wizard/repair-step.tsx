import { Button, Group, NativeSelect, Stack, Text, Title } from '@mantine/core'
import { IconArrowBackUp, IconDownload, IconReplace } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { ApiProblem } from '../../../api/client.ts'
import { useApi } from '../../../api/company.tsx'
import { saveFile } from '../../../api/save-file.ts'
import { useSession } from '../../../shell/session.tsx'
import { useFormat } from '../../../ui/format.ts'
import { useSearchState } from '../../../ui/search-state.ts'
import { EmptyState, ProblemAlert } from '../../../ui/states.tsx'
import type { Draft, Import } from '../use-draft.ts'
import { useImportWords } from '../words.ts'
import { nameOf, ProblemGroups } from './problem-groups.tsx'
import { ReplaceDialog } from './replace-dialog.tsx'
import { type RowFilter, RowsGrid } from './rows-grid.tsx'
import { StepFoot, type StepProps } from './step-foot.tsx'
import { type Repairs, useRepairs } from './use-repairs.ts'

/** What is wrong in the file, repaired in groups or cell by cell. */
export function RepairStep({ draft, goTo }: StepProps) {
  const t = useImportWords()
  const { can } = useSession()
  const repairs = useRepairs(draft)
  const [{ rows: asked }, set] = useSearchState({ rows: '' })
  const { shown } = draft
  const isWriter = can('imports:write')
  const wanted = viewOf(shown, asked)
  return (
    <Stack gap="lg">
      <Standing shown={shown} />
      {shown.problems.length === 0 ? (
        <EmptyState title={t('repair.none')} text={t('repair.noneText')} />
      ) : (
        <ProblemGroups
          draft={draft}
          repairs={repairs}
          chosen={wanted}
          onShow={(group) => {
            set({ rows: nameOf(group) }, { replace: true })
            document.getElementById('rows-heading')?.scrollIntoView({ block: 'start' })
          }}
        />
      )}
      <Stack gap="sm" component="section" aria-labelledby="rows-heading">
        <Title order={2} size="h4" id="rows-heading">
          {t('grid.label')}
        </Title>
        <Tools
          draft={draft}
          repairs={repairs}
          wanted={wanted}
          onWant={(rows) => set({ rows }, { replace: true })}
        />
        <RowsGrid shown={shown} filter={filterFor(wanted)} repairs={isWriter ? repairs : null} />
      </Stack>
      <Text size="sm">{t('repair.staysOut')}</Text>
      <StepFoot
        back={() => goTo('mapping')}
        next={() => goTo('preview')}
        nextLabel={t('repair.next')}
        isNextOff={draft.isBusy}
      />
    </Stack>
  )
}

const views = ['all', 'error', 'conflict', 'skipped'] as const

// What needs somebody is shown first.
function viewOf({ counts, problems }: Import, asked: string): string {
  if (views.some((view) => view === asked)) return asked
  if (problems.some((group) => nameOf(group) === asked)) return asked
  if (counts && counts.error > 0) return 'error'
  return counts && counts.conflict > 0 ? 'conflict' : 'all'
}

function filterFor(wanted: string): RowFilter {
  if (wanted === 'error' || wanted === 'conflict' || wanted === 'skipped') return { verdict: wanted }
  if (wanted === 'all') return {}
  const [problem = '', column = ''] = wanted.split(':')
  return { problem, ...(column && { column: wanted.slice(problem.length + 1) }) }
}

function Standing({ shown }: { readonly shown: Import }) {
  const t = useImportWords()
  const format = useFormat()
  const { counts } = shown
  if (!counts) return null
  const good = counts.new + counts.changed + counts.unchanged
  return (
    <Text role="status">
      {t('repair.standing', {
        count: counts.rows,
        all: format.number(counts.rows),
        good: format.number(good),
        out: format.number(counts.error),
        open: format.number(counts.conflict),
        skipped: format.number(counts.skipped),
      })}
    </Text>
  )
}

interface ToolsProps {
  readonly draft: Draft
  readonly repairs: Repairs
  readonly wanted: string
  readonly onWant: (rows: string) => void
}

function Tools({ draft, repairs, wanted, onWant }: ToolsProps) {
  const t = useImportWords()
  const format = useFormat()
  const { can } = useSession()
  const [isReplacing, setReplacing] = useState(false)
  const { shown, lastRepair } = draft
  const { counts, problems } = shown
  const counted = {
    all: counts?.rows,
    error: counts?.error,
    conflict: counts?.conflict,
    skipped: counts?.skipped,
  }
  const group = problems.find((one) => nameOf(one) === wanted)
  return (
    <Group gap="xs" align="flex-end">
      <NativeSelect
        label={t('grid.show')}
        value={wanted}
        onChange={(event) => onWant(event.currentTarget.value)}
        data={[
          ...views.map((view) => ({
            value: view,
            label: t('grid.counted', { what: t(`grid.${view}`), number: format.number(counted[view] ?? 0) }),
          })),
          ...(group ? [{ value: wanted, label: group.title }] : []),
        ]}
        maw="100%"
      />
      {can('imports:write') && (
        <>
          <Button
            variant="default"
            leftSection={<IconReplace size={16} aria-hidden />}
            onClick={() => setReplacing(true)}
          >
            {t('replace.open')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconArrowBackUp size={16} aria-hidden />}
            disabled={!lastRepair || draft.isBusy}
            onClick={() => void draft.undoLast()}
            {...(lastRepair ? { 'aria-label': t('repair.undoOf', { what: lastRepair.what }) } : {})}
          >
            {t('repair.undo')}
          </Button>
          <ReplaceDialog
            draft={draft}
            repairs={repairs}
            isOpen={isReplacing}
            onClose={() => setReplacing(false)}
          />
        </>
      )}
      <AnnotatedFile shown={shown} />
    </Group>
  )
}

/** The rows as a workbook with what is wrong beside each. */
export function AnnotatedFile({ shown }: { readonly shown: Import }) {
  const t = useImportWords()
  const api = useApi()
  const save = useMutation<string, ApiProblem, void>({
    mutationFn: () => {
      const address = api.address('downloadImport', {
        params: { importId: shown.importId },
        query: { rows: 'problems' },
      })
      return saveFile(api, address, `problems-${shown.fileName}`)
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
        {t('repair.download')}
      </Button>
      <ProblemAlert problem={save.error} />
    </>
  )
}
