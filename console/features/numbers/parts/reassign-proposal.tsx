import { Button, Group, Radio, Stack, Text, Textarea } from '@mantine/core'
import { type SyntheticEvent, useRef, useState } from 'react'
import type { History, PhoneNumber } from '../../../../src/features/numbers/model.ts'
import type { Answer } from '../../../api/client.ts'
import { useWrite } from '../../../api/write.ts'
import { useCommonWords } from '../../../ui/common-words.ts'
import { ProblemAlert } from '../../../ui/states.tsx'
import { useReassignWords } from './reassign-words.ts'
import type { ChosenRecipient } from './recipient.ts'
import { RecipientSearch } from './recipient-search.tsx'

const histories: readonly History[] = ['keep', 'hide', 'delete']

/** A lead's proposal: an Owner or Admin decides it (NUM-2). */
export function ReassignProposal({
  number,
  preset,
  onClose,
  onDone,
}: {
  readonly number: PhoneNumber
  readonly preset: ChosenRecipient | null
  readonly onClose: () => void
  readonly onDone: (request: Answer<'createRequest'>) => void
}) {
  const t = useReassignWords()
  const common = useCommonWords()
  const [to, setTo] = useState(preset)
  const [history, setHistory] = useState<History>('keep')
  const [reason, setReason] = useState('')
  const [hasTried, setHasTried] = useState(false)
  const write = useWrite('createRequest')
  const form = useRef<HTMLFormElement>(null)

  function submit(event: SyntheticEvent) {
    event.preventDefault()
    setHasTried(true)
    if (!to || !reason.trim()) {
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus())
      return
    }
    const body = {
      kind: 'proposal' as const,
      numberId: number.numberId,
      toMemberId: to.memberId,
      history,
      reason: reason.trim(),
    }
    write.mutate({ body }, { onSuccess: onDone })
  }

  return (
    <form ref={form} onSubmit={submit} noValidate>
      <Stack>
        <Text size="sm">{t('propose.text')}</Text>
        <RecipientSearch
          numberId={number.numberId}
          label={t('to.label')}
          value={to}
          onChange={setTo}
          error={hasTried && !to && t('missing.to')}
          isRequired
          isFirst
        />
        <HistoryChoice history={history} onChange={setHistory} />
        <Textarea
          label={common('reason')}
          description={t('propose.reason')}
          withAsterisk
          aria-required
          error={hasTried && !reason.trim() && t('missing.proposalReason')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          maxLength={1000}
          autosize
          minRows={2}
        />
        <ProblemAlert problem={write.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button type="submit" loading={write.isPending}>
            {t('submit.propose')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function HistoryChoice({
  history,
  onChange,
}: {
  readonly history: History
  readonly onChange: (history: History) => void
}) {
  const t = useReassignWords()
  const common = useCommonWords()
  return (
    <Radio.Group
      label={t('history.label')}
      value={history}
      onChange={(value) => onChange(histories.find((one) => one === value) ?? 'keep')}
    >
      <Stack gap="xs" mt={6}>
        {histories.map((one) => (
          <Radio
            key={one}
            value={one}
            label={common(`history.${one}`)}
            description={t(`history.${one}.proposed`)}
          />
        ))}
      </Stack>
    </Radio.Group>
  )
}
