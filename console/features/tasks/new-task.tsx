import { Button, Group, Modal, Radio, Stack, Textarea, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type SubmitEvent, useState } from 'react'
import { useWrite } from '../../api/write.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../shell/session.tsx'
import { useCommonWords } from '../../ui/common-words.ts'
import { ProblemAlert } from '../../ui/states.tsx'
import { useToast } from '../../ui/toast.tsx'
import { MemberSelect } from '../people/parts/member-select.tsx'
import { useTaskWords } from './words.ts'

const doers = ['member', 'name', 'admins'] as const

const blank = {
  title: '',
  aboutId: '',
  instructions: '',
  evidence: '',
  link: '',
  dueAt: '',
  doer: 'member' as (typeof doers)[number],
  forMemberId: '',
  forName: '',
  forContact: '',
}
type Draft = typeof blank

interface NewTaskProps {
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** Asks somebody to do something about a member, in one's own words. */
export function NewTask({ isOpen, onClose }: NewTaskProps) {
  const t = useTaskWords()
  const common = useCommonWords()
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('new.title')}
      closeButtonProps={{ 'aria-label': common('close') }}
      size="lg"
    >
      {isOpen && <Form onClose={onClose} />}
    </Modal>
  )
}

function bodyOf(draft: Draft) {
  const { evidence, link, dueAt, forName, forContact } = draft
  return {
    subjectKind: 'member' as const,
    subjectId: draft.aboutId,
    title: draft.title,
    instructions: draft.instructions,
    ...(evidence.trim() && { evidence }),
    ...(link.trim() && { link: link.trim() }),
    ...(dueAt && { dueAt: new Date(dueAt).toISOString() }),
    ...(draft.doer === 'member' && draft.forMemberId && { forMemberId: draft.forMemberId }),
    ...(draft.doer === 'name' && { forName, ...(forContact.trim() && { forContact }) }),
  }
}

function Form({ onClose }: { readonly onClose: () => void }) {
  const t = useTaskWords()
  const common = useCommonWords()
  const toast = useToast()
  const navigate = useNavigate()
  const { slug } = useSession()
  const create = useWrite('createTask')
  const [draft, setDraft] = useState(blank)
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }))
  const isReady =
    draft.aboutId !== '' &&
    (draft.doer === 'admins' || (draft.doer === 'member' ? draft.forMemberId !== '' : draft.forName !== ''))
  function submit(event: SubmitEvent) {
    event.preventDefault()
    create.mutate(
      { body: bodyOf(draft) },
      {
        onSuccess: ({ taskId }) => {
          toast.done(t('new.done'))
          void navigate({ to: paths.task(slug, taskId) })
        },
      },
    )
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <Wish draft={draft} onChange={change} />
        <Doer draft={draft} onChange={change} />
        <ProblemAlert problem={create.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button type="submit" loading={create.isPending} disabled={!isReady}>
            {t('new.do')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

interface FieldProps {
  readonly draft: Draft
  readonly onChange: (part: Partial<Draft>) => void
}

function Wish({ draft, onChange }: FieldProps) {
  const t = useTaskWords()
  return (
    <>
      <TextInput
        label={t('new.what')}
        required
        maxLength={200}
        data-autofocus
        value={draft.title}
        onChange={(event) => onChange({ title: event.currentTarget.value })}
      />
      <MemberSelect
        label={t('new.about')}
        value={draft.aboutId}
        onChange={(aboutId) => onChange({ aboutId })}
      />
      <Textarea
        label={t('new.steps')}
        description={t('new.stepsText')}
        required
        autosize
        minRows={3}
        maxLength={5000}
        value={draft.instructions}
        onChange={(event) => onChange({ instructions: event.currentTarget.value })}
      />
      <TextInput
        label={t('new.evidence')}
        maxLength={1000}
        value={draft.evidence}
        onChange={(event) => onChange({ evidence: event.currentTarget.value })}
      />
      <TextInput
        label={t('new.link')}
        description={t('new.linkText')}
        type="url"
        maxLength={500}
        value={draft.link}
        onChange={(event) => onChange({ link: event.currentTarget.value })}
      />
      <TextInput
        label={t('new.due')}
        type="datetime-local"
        value={draft.dueAt}
        onChange={(event) => onChange({ dueAt: event.currentTarget.value })}
      />
    </>
  )
}

function Doer({ draft, onChange }: FieldProps) {
  const t = useTaskWords()
  return (
    <>
      <Radio.Group
        label={t('new.for')}
        value={draft.doer}
        onChange={(value) => onChange({ doer: doers.find((one) => one === value) ?? 'member' })}
      >
        <Group mt="xs">
          {doers.map((one) => (
            <Radio key={one} value={one} label={t(`new.for.${one}`)} />
          ))}
        </Group>
      </Radio.Group>
      {draft.doer === 'member' && (
        <MemberSelect
          label={t('new.member')}
          value={draft.forMemberId}
          onChange={(forMemberId) => onChange({ forMemberId })}
        />
      )}
      {draft.doer === 'name' && (
        <>
          <TextInput
            label={t('new.name')}
            required
            maxLength={100}
            value={draft.forName}
            onChange={(event) => onChange({ forName: event.currentTarget.value })}
          />
          <TextInput
            label={t('new.contact')}
            description={t('new.contactText')}
            maxLength={200}
            value={draft.forContact}
            onChange={(event) => onChange({ forContact: event.currentTarget.value })}
          />
        </>
      )}
    </>
  )
}
