import { Button, Group, Modal, Radio, Select, Stack, Text, Textarea } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { type SubmitEvent, useState } from 'react'
import { useRead } from '../../api/read.ts'
import { useWrite } from '../../api/write.ts'
import { useCommonWords } from '../../ui/common-words.ts'
import { usePhone } from '../../ui/phone.tsx'
import { ProblemAlert } from '../../ui/states.tsx'
import { useToast } from '../../ui/toast.tsx'
import { useHoldWords } from './hold-words.ts'

type Kind = 'member' | 'number'
const kinds: readonly Kind[] = ['member', 'number']

/** Places a legal hold on a person or a number. */
export function PlaceDialog({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const t = useHoldWords()
  const common = useCommonWords()
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('place')}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      {isOpen && <Form onClose={onClose} />}
    </Modal>
  )
}

function Form({ onClose }: { readonly onClose: () => void }) {
  const t = useHoldWords()
  const common = useCommonWords()
  const toast = useToast()
  const place = useWrite('placeLegalHold')
  const [kind, setKind] = useState<Kind>('member')
  const [subjectId, setSubjectId] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  function submit(event: SubmitEvent) {
    event.preventDefault()
    if (subjectId === null) return
    place.mutate(
      { body: { subjectKind: kind, subjectId, reason } },
      {
        onSuccess: () => {
          onClose()
          toast.done(t('place.done'))
        },
      },
    )
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm">{t('place.text')}</Text>
        <Radio.Group
          label={t('place.kind')}
          value={kind}
          onChange={(value) => {
            setKind(kinds.find((one) => one === value) ?? 'member')
            setSubjectId(null)
          }}
        >
          <Group mt="xs">
            {kinds.map((one) => (
              <Radio key={one} value={one} label={t(`place.${one}`)} />
            ))}
          </Group>
        </Radio.Group>
        <SubjectSearch key={kind} kind={kind} value={subjectId} onChange={setSubjectId} />
        <Textarea
          label={t('place.reason')}
          description={t('place.reasonText')}
          required
          autosize
          minRows={2}
          maxLength={2000}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <ProblemAlert problem={place.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button type="submit" loading={place.isPending} disabled={subjectId === null}>
            {t('place')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

interface SubjectProps {
  readonly kind: Kind
  readonly value: string | null
  readonly onChange: (subjectId: string | null) => void
}

const pauseMs = 150

// The server searches, also by pinyin and by last digits, so nothing is filtered here.
function SubjectSearch({ kind, value, onChange }: SubjectProps) {
  const t = useHoldWords()
  const phone = usePhone()
  const [typed, setTyped] = useState('')
  const [wanted] = useDebouncedValue(typed.trim(), pauseMs)
  const search = wanted ? { search: wanted } : {}
  const people = useRead(
    'listMembers',
    { query: { ...search, limit: 20 } },
    { enabled: kind === 'member', keepsPrevious: true },
  )
  const numbers = useRead(
    'listNumbers',
    { query: { ...search, limit: 20 } },
    { enabled: kind === 'number', keepsPrevious: true },
  )
  const data =
    kind === 'member'
      ? (people.data?.items ?? []).map((one) => ({
          value: one.memberId,
          label: `${one.name} · ${one.staffCode}`,
        }))
      : (numbers.data?.items ?? []).map((one) => ({
          value: one.numberId,
          label: [phone(one.e164), one.label].filter(Boolean).join(' · '),
        }))
  return (
    <Select
      label={t(`place.${kind}`)}
      placeholder={t(`place.search.${kind}`)}
      required
      searchable
      filter={({ options }) => options}
      nothingFoundMessage={t('place.nothing')}
      data={data}
      value={value}
      onChange={onChange}
      onSearchChange={setTyped}
    />
  )
}
