import { Alert, Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useNavigate, useParams } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useRead } from '../../api/read.ts'
import { useWrite } from '../../api/write.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../shell/session.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { useFormat } from '../../ui/format.ts'
import { ScreenLink } from '../../ui/link.tsx'
import { Page } from '../../ui/page.tsx'
import { useSearchState } from '../../ui/search-state.ts'
import { Await, ForbiddenState, ProblemAlert } from '../../ui/states.tsx'
import { ImportState } from './import-state.tsx'
import { type Import, useDraft } from './use-draft.ts'
import { type WizardStep, WizardSteps, wizardSteps } from './wizard/wizard-steps.tsx'
import { useImportWords } from './words.ts'

const FileStep = lazy(() => import('./wizard/file-step.tsx').then((room) => ({ default: room.FileStep })))
const ColumnsStep = lazy(() =>
  import('./wizard/columns-step.tsx').then((room) => ({ default: room.ColumnsStep })),
)
const RepairStep = lazy(() =>
  import('./wizard/repair-step.tsx').then((room) => ({ default: room.RepairStep })),
)
const PreviewStep = lazy(() =>
  import('./wizard/preview-step.tsx').then((room) => ({ default: room.PreviewStep })),
)
const ReportStep = lazy(() =>
  import('./wizard/report-step.tsx').then((room) => ({ default: room.ReportStep })),
)

const liveMs = 1_000
const calmMs = 5_000

/** One file on its way in: what it is, what is wrong, what it would do, and what it did. */
export function ImportPage() {
  const t = useImportWords()
  const { can, slug } = useSession()
  const { importId = '' } = useParams({ strict: false })
  const [everyMs, setEveryMs] = useState<number | false>(calmMs)
  const query = useRead('getImport', { params: { importId } }, { enabled: can('imports:read'), everyMs })
  const shown = query.data
  const nextMs = shown ? pauseOf(shown.state) : calmMs
  if (nextMs !== everyMs) setEveryMs(nextMs)
  if (!can('imports:read'))
    return (
      <Page title={t('page.title')}>
        <ForbiddenState />
      </Page>
    )
  const isDraft = shown?.state === 'draft' && can('imports:write')
  return (
    <Page
      title={shown?.fileName ?? t('page.title')}
      badge={shown && <ImportState shown={shown} />}
      text={shown && <Sent shown={shown} />}
      above={<ScreenLink to={paths.imports(slug)}>{t('list.title')}</ScreenLink>}
      actions={isDraft ? <Discard shown={shown} /> : undefined}
    >
      <Await query={query}>{(loaded) => <Wizard key={loaded.importId} shown={loaded} />}</Await>
    </Page>
  )
}

// A draft may be changed elsewhere; what is over changes no more.
function pauseOf(state: Import['state']): number | false {
  if (state === 'applying' || state === 'undoing') return liveMs
  return state === 'draft' ? calmMs : false
}

function Sent({ shown }: { readonly shown: Import }) {
  const t = useImportWords()
  const format = useFormat()
  const { createdAt, createdBy, createdByName } = shown
  return (
    <Text span>{t('page.sent', { time: format.dateTime(createdAt), who: createdByName ?? createdBy })}</Text>
  )
}

function Wizard({ shown }: { readonly shown: Import }) {
  const t = useImportWords()
  const { can } = useSession()
  const [{ step: asked }, set] = useSearchState({ step: '' })
  const draft = useDraft(shown)
  const isDraft = shown.state === 'draft'
  const reached = reachedBy(shown)
  const step = stepOf(shown, asked)
  function goTo(to: WizardStep) {
    set({ step: to === 'done' ? '' : to })
    window.scrollTo({ top: 0 })
    if (isDraft && can('imports:write') && to !== 'file' && to !== 'done' && to !== shown.step)
      void draft.change([{ step: to }])
  }
  const props = { draft, goTo }
  return (
    <Stack gap="lg">
      <WizardSteps step={step} reached={reached} onStep={goTo} />
      {isDraft && !can('imports:write') && (
        <Alert variant="outline" title={t('page.readOnly')}>
          {t('page.readOnlyText')}
        </Alert>
      )}
      <ProblemAlert problem={draft.problem} />
      <Suspense fallback={<Skeleton height={240} />}>
        {step === 'file' && <FileStep {...props} />}
        {step === 'mapping' && <ColumnsStep {...props} />}
        {step === 'repair' && <RepairStep {...props} />}
        {step === 'preview' && <PreviewStep {...props} />}
        {step === 'done' && <ReportStep shown={shown} />}
      </Suspense>
    </Stack>
  )
}

// A draft can go where its file is understood well enough; what was applied has only its report.
function reachedBy({ state, template, counts }: Import): WizardStep {
  if (state !== 'draft') return 'done'
  return template === null || counts === null ? 'mapping' : 'preview'
}

function stepOf(shown: Import, asked: string): WizardStep {
  const wanted = wizardSteps.find((one) => one === asked) ?? shown.step
  if (shown.state !== 'draft') return wanted === 'file' ? 'file' : 'done'
  const last = wizardSteps.indexOf(reachedBy(shown))
  return wizardSteps.indexOf(wanted) > last ? (wizardSteps[last] ?? 'mapping') : wanted
}

function Discard({ shown }: { readonly shown: Import }) {
  const t = useImportWords()
  const { slug } = useSession()
  const navigate = useNavigate()
  const [isAsked, setAsked] = useState(false)
  const discard = useWrite('discardImport')
  return (
    <Group>
      <Button
        variant="default"
        leftSection={<IconTrash size={16} aria-hidden />}
        onClick={() => setAsked(true)}
      >
        {t('discard.open')}
      </Button>
      <ConfirmDialog
        isOpen={isAsked}
        onClose={() => setAsked(false)}
        title={t('discard.title', { name: shown.fileName })}
        action={t('discard.open')}
        isDangerous
        isBusy={discard.isPending}
        problem={discard.error}
        onConfirm={() =>
          discard.mutate(
            { params: { importId: shown.importId } },
            { onSuccess: () => void navigate({ to: paths.imports(slug) }) },
          )
        }
      >
        {t('discard.text')}
      </ConfirmDialog>
    </Group>
  )
}
