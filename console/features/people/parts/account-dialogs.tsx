import { List, Stack, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useWrite } from '../../../api/write.ts'
import { useCommonWords } from '../../../ui/common-words.ts'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { usePeopleWords } from '../words.ts'

interface AccountDialogProps {
  readonly member: { readonly memberId: string; readonly name: string }
  readonly onClose: () => void
}

/** Ends what somebody is signed in with in this company; the account and other companies are left alone (ACC-1). */
export function EndSessionsDialog({ member: { memberId, name }, onClose }: AccountDialogProps) {
  const t = usePeopleWords()
  const toast = useToast()
  const end = useWrite('endMemberSessions')
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t('endSessions.title', { name })}
      action={t('endSessions.action')}
      isBusy={end.isPending}
      problem={end.error}
      onConfirm={() =>
        end.mutate(
          { params: { memberId }, body: {} },
          {
            onSuccess: () => {
              toast.done(t('done.sessionsEnded', { name }))
              onClose()
            },
          },
        )
      }
    >
      {t('endSessions.text', { name })}
    </ConfirmDialog>
  )
}

interface AskDeletionProps extends AccountDialogProps {
  /** What the person is told why, to be changed before it is sent. */
  readonly why?: string
}

/** Asks somebody to delete the own account, which only they can (ACC-1). */
export function AskDeletionDialog({ member: { memberId, name }, onClose, why = '' }: AskDeletionProps) {
  const t = usePeopleWords()
  const common = useCommonWords()
  const toast = useToast()
  const ask = useWrite('askForDeletion')
  const [reason, setReason] = useState(why)
  function confirm() {
    const written = reason.trim()
    ask.mutate(
      { params: { memberId }, body: written === '' ? {} : { reason: written } },
      {
        onSuccess: () => {
          toast.done(t('done.deletionAsked', { name }))
          onClose()
        },
      },
    )
  }
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t('askDeletion.title', { name })}
      action={t('askDeletion.action')}
      isBusy={ask.isPending}
      problem={ask.error}
      onConfirm={confirm}
    >
      <Stack>
        <Text>{t('askDeletion.text', { name })}</Text>
        <List spacing="xs">
          <List.Item>{t('askDeletion.answer')}</List.Item>
          <List.Item>{t('askDeletion.stays')}</List.Item>
        </List>
        <Textarea
          label={common('reason')}
          description={t('askDeletion.reason', { name })}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          maxLength={500}
          autosize
          minRows={2}
          data-autofocus
        />
      </Stack>
    </ConfirmDialog>
  )
}
