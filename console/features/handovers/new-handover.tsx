import { Accordion, Button, Card, Checkbox, Group, Radio, Stack, Textarea } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type SubmitEvent, useRef, useState } from 'react'
import { useRead } from '../../api/read.ts'
import { useWrite } from '../../api/write.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../shell/session.tsx'
import { useCommonWords } from '../../ui/common-words.ts'
import { useFormat } from '../../ui/format.ts'
import { ScreenLink } from '../../ui/link.tsx'
import { Page } from '../../ui/page.tsx'
import { useSearchState } from '../../ui/search-state.ts'
import { ForbiddenState, ProblemAlert } from '../../ui/states.tsx'
import { MemberSelect } from '../people/parts/member-select.tsx'
import {
  bodyOf,
  type Draft,
  emptyDraft,
  faultsOf,
  type HandoverKind,
  successorOf,
} from './new-handover/form.ts'
import { pending, SuccessorField } from './new-handover/successor-field.tsx'
import { type FieldsProps, WhenFields } from './new-handover/when-fields.tsx'
import { useHandoverWords } from './words.ts'

const kinds = ['leave', 'move', 'loan'] as const

/** Who hands over, when, and to whom: one click further is the plan. */
export function NewHandover() {
  const t = useHandoverWords()
  const { slug, can } = useSession()
  const [{ leaver, kind, gone }] = useSearchState({ leaver: '', kind: 'leave', gone: false })
  const start = { leaverId: leaver, kind: kinds.find((one) => one === kind) ?? 'leave', alreadyLeft: gone }
  if (can('handovers:write')) return <Form key={JSON.stringify(start)} start={start} />
  return (
    <Page
      title={t('new.title')}
      above={<ScreenLink to={paths.handovers(slug)}>{t('list.title')}</ScreenLink>}
    >
      <ForbiddenState />
    </Page>
  )
}

type Start = Pick<Draft, 'leaverId' | 'kind' | 'alreadyLeft'>

function Form({ start }: { readonly start: Start }) {
  const t = useHandoverWords()
  const { slug } = useSession()
  const { timeZone } = useFormat()
  const [draft, setDraft] = useState(() => emptyDraft({ ...start, timeZone }))
  const [isTried, setTried] = useState(false)
  const element = useRef<HTMLFormElement>(null)
  const { create, plan } = useMakePlan()
  const found = useSuggestions(draft.leaverId)
  const successorId = successorOf(draft, found.suggested)
  const missing = faultsOf(draft)
  const faults = isTried ? missing : []
  const onChange = (part: Partial<Draft>) => setDraft((shown) => ({ ...shown, ...part }))
  const fields: FieldsProps = { draft, faults, onChange }
  function submit(event: SubmitEvent) {
    event.preventDefault()
    setTried(true)
    if (missing.length > 0 || successorId === pending) return focusFault(element.current)
    plan(draft, successorId)
  }
  return (
    <Page
      title={t(titleOf(draft))}
      text={t('new.text')}
      above={<ScreenLink to={paths.handovers(slug)}>{t('list.title')}</ScreenLink>}
    >
      <form ref={element} onSubmit={submit} noValidate>
        <Stack maw={760}>
          <Card withBorder padding="lg">
            <Stack>
              <WhoFields {...fields} />
              <WhenFields {...fields} />
            </Stack>
          </Card>
          {draft.leaverId !== '' && (
            <Card withBorder padding="lg">
              <SuccessorField
                leaverId={draft.leaverId}
                {...found}
                value={successorId}
                isTried={isTried}
                onChange={(memberId) => onChange({ successorId: memberId })}
              />
            </Card>
          )}
          <More {...fields} />
          <ProblemAlert problem={create.error} />
          <Group>
            <Button
              type="submit"
              loading={create.isPending}
              disabled={found.isLoading && draft.leaverId !== ''}
            >
              {t('new.plan')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Page>
  )
}

function titleOf({ kind, alreadyLeft }: Draft) {
  if (kind !== 'leave') return 'new.title'
  return alreadyLeft ? 'new.gone' : 'new.leaving'
}

function useMakePlan() {
  const { slug } = useSession()
  const navigate = useNavigate()
  const create = useWrite('createHandover')
  function plan(draft: Draft, successorId: string) {
    create.mutate(
      { body: bodyOf(draft, successorId) },
      { onSuccess: ({ handoverId }) => void navigate({ to: paths.handover(slug, handoverId) }) },
    )
  }
  return { create, plan }
}

function useSuggestions(leaverId: string) {
  const query = useRead('listSuccessors', { params: { memberId: leaverId } }, { enabled: leaverId !== '' })
  return { suggested: query.data?.items ?? [], isLoading: query.isPending, problem: query.error }
}

function focusFault(form: HTMLFormElement | null): void {
  window.setTimeout(() => {
    form?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
  })
}

function WhoFields({ draft, faults, onChange }: FieldsProps) {
  const t = useHandoverWords()
  return (
    <>
      <MemberSelect
        label={t(`who.${draft.kind}`)}
        value={draft.leaverId}
        onChange={(leaverId) => onChange({ leaverId, successorId: null })}
        error={faults.includes('leaver') && t('who.missing')}
      />
      <Radio.Group
        label={t('kind.label')}
        value={draft.kind}
        onChange={(value) => onChange({ kind: kindOf(value) })}
      >
        <Stack gap={6} mt={4}>
          {kinds.map((kind) => (
            <Radio
              key={kind}
              value={kind}
              label={t(`kindChoice.${kind}`)}
              description={t(`kindText.${kind}`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      {draft.kind === 'leave' && (
        <Checkbox
          label={t('gone.label')}
          description={t('gone.text')}
          checked={draft.alreadyLeft}
          onChange={({ currentTarget: { checked } }) => onChange({ alreadyLeft: checked })}
        />
      )}
    </>
  )
}

function kindOf(value: string): HandoverKind {
  return kinds.find((kind) => kind === value) ?? 'leave'
}

function More({ draft, onChange }: FieldsProps) {
  const t = useHandoverWords()
  const common = useCommonWords()
  return (
    <Accordion variant="contained" chevronPosition="left">
      <Accordion.Item value="more">
        <Accordion.Control>{t('new.more')}</Accordion.Control>
        <Accordion.Panel>
          <Stack>
            <MemberSelect
              label={t('fallback.label')}
              description={t('fallback.text')}
              value={draft.fallbackId}
              onChange={(fallbackId) => onChange({ fallbackId })}
              exceptId={draft.leaverId}
            />
            <Textarea
              label={common('reason')}
              description={common('reasonKept')}
              maxLength={1000}
              autosize
              minRows={2}
              value={draft.reason}
              onChange={({ currentTarget: { value } }) => onChange({ reason: value })}
            />
          </Stack>
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  )
}
