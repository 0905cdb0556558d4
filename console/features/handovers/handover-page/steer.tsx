import { Button } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useState } from 'react'
import { useWrite } from '../../../api/write.ts'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { useHandoverWords } from '../words.ts'
import { EditDialog } from './edit-dialog.tsx'
import type { Handover } from './types.ts'

/** What can be done with the handover as a whole now: change, pause, go on, give up. */
export function Steer({ handover }: { readonly handover: Handover }) {
  const t = useHandoverWords()
  const toast = useToast()
  const [open, setOpen] = useState<'edit' | 'cancel' | null>(null)
  const pause = useWrite('pauseHandover')
  const resume = useWrite('resumeHandover')
  const { actions, handoverId } = handover
  const input = { params: { handoverId }, body: {} }
  const onError = toast.problem
  return (
    <>
      {actions.includes('change') && (
        <Button variant="default" onClick={() => setOpen('edit')}>
          {t('steer.change')}
        </Button>
      )}
      {actions.includes('pause') && (
        <Button
          variant="default"
          leftSection={<IconPlayerPause size={18} aria-hidden />}
          loading={pause.isPending}
          onClick={() => pause.mutate(input, { onError })}
        >
          {t('steer.pause')}
        </Button>
      )}
      {actions.includes('resume') && (
        <Button
          leftSection={<IconPlayerPlay size={18} aria-hidden />}
          loading={resume.isPending}
          onClick={() => resume.mutate(input, { onError })}
        >
          {t('steer.resume')}
        </Button>
      )}
      {actions.includes('cancel') && (
        <Button variant="default" onClick={() => setOpen('cancel')}>
          {t('steer.cancel')}
        </Button>
      )}
      {open === 'edit' && <EditDialog handover={handover} onClose={() => setOpen(null)} />}
      {open === 'cancel' && <CancelDialog handover={handover} onClose={() => setOpen(null)} />}
    </>
  )
}

interface CancelProps {
  readonly handover: Handover
  readonly onClose: () => void
}

function CancelDialog({ handover: { handoverId, leaver, version }, onClose }: CancelProps) {
  const t = useHandoverWords()
  const cancel = useWrite('cancelHandover')
  return (
    <ConfirmDialog
      isOpen
      isCancelling
      onClose={onClose}
      title={t('cancel.title', { name: leaver.name })}
      action={t('cancel.action')}
      isBusy={cancel.isPending}
      problem={cancel.error}
      onConfirm={() => cancel.mutate({ params: { handoverId }, body: {}, version }, { onSuccess: onClose })}
    >
      {t('cancel.text')}
    </ConfirmDialog>
  )
}
