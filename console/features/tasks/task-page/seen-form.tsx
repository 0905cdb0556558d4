import { Button, Group, Radio, Stack, Textarea } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import { useWrite } from '../../../api/write.ts'
import { ProblemAlert } from '../../../ui/states.tsx'
import { useToast } from '../../../ui/toast.tsx'
import type { TaskDetail } from '../parts/task.ts'
import { useTaskWords } from '../words.ts'
import { ReasonDialog } from './reason-dialog.tsx'

const ways = ['evidence', 'read_back', 'attested'] as const

interface SeenFormProps {
  readonly task: TaskDetail
  readonly onDone?: () => void
}

/** Says that one saw it done, and how one knows; what was asked for takes effect then. */
export function SeenForm({ task, onDone }: SeenFormProps) {
  const t = useTaskWords()
  const toast = useToast()
  const observe = useWrite('observeTask')
  const hasEvidence = task.claimNote !== null || task.evidence.length > 0
  const offered = hasEvidence ? ways : ways.slice(1)
  const [how, setHow] = useState<(typeof ways)[number]>(hasEvidence ? 'evidence' : 'read_back')
  const [note, setNote] = useState('')
  const [isAsked, setAsked] = useState(false)
  const isMissing = how === 'attested' && note.trim() === ''
  function submit(event: SubmitEvent) {
    event.preventDefault()
    setAsked(true)
    if (isMissing) return
    observe.mutate(
      { params: { taskId: task.taskId }, body: { how, ...(note.trim() && { note: note.trim() }) } },
      {
        onSuccess: () => {
          onDone?.()
          toast.done(t('see.done'))
        },
      },
    )
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Radio.Group
          label={t('see.how')}
          value={how}
          onChange={(value) => setHow(ways.find((one) => one === value) ?? how)}
        >
          <Stack gap="xs" mt="xs">
            {offered.map((one) => (
              <Radio key={one} value={one} label={t(`see.how.${one}`)} />
            ))}
          </Stack>
        </Radio.Group>
        <Textarea
          label={t('see.note')}
          autosize
          minRows={2}
          maxLength={2000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          error={isAsked && isMissing && t('see.noteNeeded')}
        />
        <ProblemAlert problem={observe.error} />
        <Group>
          <Button type="submit" loading={observe.isPending}>
            {t('see.do')}
          </Button>
          {task.state === 'claimed' && <SendBack task={task} />}
        </Group>
      </Stack>
    </form>
  )
}

function SendBack({ task }: { readonly task: TaskDetail }) {
  const t = useTaskWords()
  const reopen = useWrite('reopenTask')
  const [isAsking, setAsking] = useState(false)
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {t('back')}
      </Button>
      <ReasonDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('back.title')}
        text={t('back.text', { name: task.claimedByName ?? task.forName ?? t('anybody') })}
        action={t('back.do')}
        done={t('back.done')}
        write={reopen}
        taskId={task.taskId}
      />
    </>
  )
}
