import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import type { ApiProblem, Item } from '../../api/client.ts'
import { useWrite } from '../../api/write.ts'
import { useCommonWords } from '../../ui/common-words.ts'
import { ProblemAlert } from '../../ui/states.tsx'
import { useToast } from '../../ui/toast.tsx'
import { type Choice, wordOf } from './payload.ts'
import { useRequestWords } from './words.ts'

interface DecideProps {
  readonly request: Item<'listRequests'>
  readonly subject: string
  readonly choice: Choice | null
  readonly onClose: () => void
}

/** Approves or rejects as the second person, with what the kind asks for: evidence of a check, a reason. */
export function DecideDialog(props: DecideProps) {
  const t = useRequestWords()
  const common = useCommonWords()
  const { choice, request, subject, onClose } = props
  return (
    <Modal
      opened={choice !== null}
      onClose={onClose}
      title={t(choice === 'reject' ? 'reject.title' : `kind.${wordOf(request)}`, { subject })}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      {choice !== null && <Form {...props} choice={choice} />}
    </Modal>
  )
}

type Field = 'evidence' | 'reason' | 'why'

function fieldOf(choice: Choice, kind: string): Field {
  if (choice === 'reject') return 'why'
  return kind === 'country_check' ? 'evidence' : 'reason'
}

function Form({ request, choice, onClose }: DecideProps & { readonly choice: Choice }) {
  const t = useRequestWords()
  const common = useCommonWords()
  const [words, setWords] = useState('')
  const field = fieldOf(choice, request.kind)
  const isDangerous = choice === 'reject' || request.kind === 'delete_history'
  const { decide, problem, isBusy } = useDecision(request, onClose)
  function submit(event: SubmitEvent) {
    event.preventDefault()
    decide(field, words.trim())
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm">{t(choice === 'approve' ? `effect.${wordOf(request)}` : 'reject.text')}</Text>
        <Textarea
          label={t(`field.${field}`)}
          description={t(`field.${field}Text`)}
          required={field !== 'reason'}
          autosize
          minRows={2}
          maxLength={field === 'evidence' ? 2000 : 1000}
          data-autofocus
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        <ProblemAlert problem={problem} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button type="submit" loading={isBusy} {...(isDangerous ? { color: 'red.9' } : {})}>
            {choice === 'approve' ? t(`approve.${wordOf(request)}`) : t('reject')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

interface Deciding {
  readonly decide: (field: Field, words: string) => void
  readonly problem: ApiProblem | null
  readonly isBusy: boolean
}

function useDecision(request: DecideProps['request'], onClose: () => void): Deciding {
  const t = useRequestWords()
  const toast = useToast()
  const approve = useWrite('approveRequest')
  const reject = useWrite('rejectRequest')
  const params = { requestId: request.requestId }
  function end(word: 'approved' | 'rejected') {
    onClose()
    toast.done(t(`done.${word}`))
  }
  return {
    decide(field, words) {
      if (field === 'why')
        return reject.mutate({ params, body: { reason: words } }, { onSuccess: () => end('rejected') })
      approve.mutate({ params, body: words ? { [field]: words } : {} }, { onSuccess: () => end('approved') })
    },
    problem: approve.error ?? reject.error,
    isBusy: approve.isPending || reject.isPending,
  }
}
