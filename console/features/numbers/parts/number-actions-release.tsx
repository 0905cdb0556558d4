import { Stack, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import type { PhoneNumber } from '../../../../src/features/numbers/model.ts'
import { useWrite } from '../../../api/write.ts'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { usePhone } from '../../../ui/phone.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { useNumberWords } from '../words.ts'

interface ReleaseDialogProps {
  readonly number: PhoneNumber
  readonly onClose: () => void
}

/** Gives a number up for good, once it is typed out and a reason stands there (NUM-15). */
export function ReleaseDialog({ number, onClose }: ReleaseDialogProps) {
  const t = useNumberWords()
  const written = usePhone()(number.e164)
  const toast = useToast()
  const release = useWrite('releaseNumber')
  const [reason, setReason] = useState('')
  const [isAsked, setAsked] = useState(false)
  const isMissing = isAsked && reason.trim() === ''
  function confirm() {
    setAsked(true)
    if (reason.trim() === '') return
    release.mutate(
      { params: { numberId: number.numberId }, body: { confirm: number.e164, reason: reason.trim() } },
      {
        onSuccess: () => {
          toast.done(t('done.released', { number: written }))
          onClose()
        },
      },
    )
  }
  return (
    <ConfirmDialog
      isOpen
      isDangerous
      onClose={onClose}
      title={t('release.title', { number: written })}
      action={t('release.action')}
      typed={written}
      isBusy={release.isPending}
      problem={release.error}
      onConfirm={confirm}
    >
      <Stack>
        <Text size="sm">{t('release.text', { number: written })}</Text>
        <Textarea
          label={t('release.reason')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={isMissing && t('release.reasonMissing')}
          maxLength={500}
          autosize
          minRows={2}
        />
      </Stack>
    </ConfirmDialog>
  )
}
