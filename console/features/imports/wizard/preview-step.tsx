import { Alert, Button, List, Stack, Text, Title } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useWrite } from '../../../api/write.ts'
import { useSession } from '../../../shell/session.tsx'
import { useFormat } from '../../../ui/format.ts'
import { ProblemAlert } from '../../../ui/states.tsx'
import type { Draft, Import } from '../use-draft.ts'
import { useImportWords } from '../words.ts'
import { PreviewOptions } from './preview-options.tsx'
import { PreviewRows } from './preview-rows.tsx'
import { StepFoot, type StepProps } from './step-foot.tsx'

/** What applying would do, what it must know before, and the button that does it. */
export function PreviewStep({ draft, goTo }: StepProps) {
  const t = useImportWords()
  const { can } = useSession()
  const { shown } = draft
  return (
    <Stack gap="lg">
      <PreviewOptions draft={draft} />
      <PreviewRows shown={shown} />
      <Consequences shown={shown} />
      {can('imports:write') ? (
        <Apply draft={draft} onBack={() => goTo('repair')} />
      ) : (
        <Text size="sm">{t('page.readOnlyText')}</Text>
      )}
    </Stack>
  )
}

const departmentsShown = 20

function Consequences({ shown }: { readonly shown: Import }) {
  const t = useImportWords()
  const format = useFormat()
  const { newDepartments, newDepartmentCount, licencesNeeded, needsApproval, canUndo, template } = shown
  const more = newDepartmentCount - Math.min(departmentsShown, newDepartments.length)
  return (
    <Stack gap="sm" component="section" aria-labelledby="besides-heading">
      <Title order={2} size="h4" id="besides-heading">
        {t('besides.title')}
      </Title>
      <List size="sm" spacing={4}>
        {newDepartmentCount > 0 && (
          <List.Item>
            {t('besides.departments', {
              count: newDepartmentCount,
              number: format.number(newDepartmentCount),
              list: format.list([
                ...newDepartments.slice(0, departmentsShown),
                ...(more > 0 ? [t('besides.more', { count: more })] : []),
              ]),
            })}
          </List.Item>
        )}
        {licencesNeeded > 0 && (
          <List.Item>
            {t('besides.licences', { count: licencesNeeded, number: format.number(licencesNeeded) })}
          </List.Item>
        )}
        {needsApproval && <List.Item>{t('besides.approval')}</List.Item>}
        <List.Item>{t('besides.again')}</List.Item>
        <List.Item>{canUndo ? undoWords(t, template) : t('undoes.never')}</List.Item>
      </List>
    </Stack>
  )
}

function undoWords(t: ReturnType<typeof useImportWords>, template: Import['template']): string {
  if (template === 'numbers') return t('undoes.numbers')
  if (template === 'moves') return t('undoes.moves')
  return template === 'other-systems' ? t('undoes.systems') : t('undoes.members')
}

/** Why an import cannot be applied as it stands; null when it can. */
function whyNot({ counts, options, problems }: Import): 'choice' | 'problems' | 'nothing' | null {
  if (problems.some(({ fixes }) => fixes.some(({ fix }) => fix === 'choose_existing'))) return 'choice'
  if (!counts || counts.new + counts.changed === 0) return 'nothing'
  return options.stopOnError && counts.error + counts.conflict > 0 ? 'problems' : null
}

function Apply({ draft, onBack }: { readonly draft: Draft; readonly onBack: () => void }) {
  const t = useImportWords()
  const format = useFormat()
  const apply = useWrite('applyImport')
  const { shown } = draft
  const { counts, importId, version } = shown
  const reason = whyNot(shown)
  const kept = (counts?.error ?? 0) + (counts?.conflict ?? 0)
  const doing = (counts?.new ?? 0) + (counts?.changed ?? 0)
  function begin() {
    if (!counts) return
    const { new: added, changed, conflict, error } = counts
    apply.mutate(
      { params: { importId }, body: { expected: { new: added, changed, conflict, error } }, version },
      { onSuccess: () => window.scrollTo({ top: 0 }) },
    )
  }
  return (
    <Stack gap="sm">
      {reason && (
        <Alert variant="outline" color="orange" title={t(`not.${reason}`)}>
          {t(`not.${reason}Next`)}
        </Alert>
      )}
      {!reason && kept > 0 && (
        <Alert variant="outline" title={t('keptOut', { count: kept, number: format.number(kept) })}>
          {t('keptOutText')}
        </Alert>
      )}
      <ProblemAlert problem={apply.error} />
      <StepFoot back={onBack}>
        <Button
          leftSection={<IconCheck size={18} aria-hidden />}
          loading={apply.isPending}
          disabled={reason !== null || draft.isBusy}
          onClick={begin}
        >
          {t('apply', { count: doing, number: format.number(doing) })}
        </Button>
      </StepFoot>
    </Stack>
  )
}
