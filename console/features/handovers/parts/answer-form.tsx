import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useWrite } from '../../../api/write.ts'
import { ProblemAlert } from '../../../ui/states.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { useHandoverWords } from '../words.ts'

interface AnswerFormProps {
  readonly handover: { readonly handoverId: string; readonly leaver: { readonly name: string } }
}

/** A successor says whether they take over what is meant for them (HAN-6). */
export function AnswerForm({ handover: { handoverId, leaver } }: AnswerFormProps) {
  const t = useHandoverWords()
  const toast = useToast()
  const [reason, setReason] = useState('')
  const [isAsked, setAsked] = useState(false)
  const answer = useWrite('acceptHandover')
  function send(accept: boolean) {
    // Who declines says why, so that somebody else can be found.
    if (!accept && reason.trim() === '') return setAsked(true)
    const body = { accept, ...(reason.trim() ? { reason: reason.trim() } : {}) }
    answer.mutate(
      { params: { handoverId }, body },
      { onSuccess: () => toast.done(t(accept ? 'answer.accepted' : 'answer.declined')) },
    )
  }
  return (
    <Stack gap="xs" maw={560}>
      <Text>{t('answer.text', { name: leaver.name })}</Text>
      <TextInput
        label={t('answer.reason')}
        maxLength={1000}
        value={reason}
        error={isAsked && reason.trim() === '' && t('answer.reasonMissing')}
        onChange={({ currentTarget: { value } }) => setReason(value)}
      />
      <ProblemAlert problem={answer.error} />
      <Group gap="xs">
        <Button loading={answer.isPending} onClick={() => send(true)}>
          {t('answer.accept')}
        </Button>
        <Button variant="default" disabled={answer.isPending} onClick={() => send(false)}>
          {t('answer.decline')}
        </Button>
      </Group>
    </Stack>
  )
}
