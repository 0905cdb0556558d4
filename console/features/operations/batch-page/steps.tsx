import { Button, Group, Stack, Text, Tooltip } from '@mantine/core'
import { IconArrowBackUp, IconPlayerPause, IconPlayerPlay, IconRefresh, IconX } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Answer } from '../../../api/client.ts'
import { useWrite } from '../../../api/write.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../shell/session.tsx'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { useFormat } from '../../../ui/format.ts'
import { ProblemAlert } from '../../../ui/states.tsx'
import { type BatchStep, whyNot } from '../batch-steps.ts'
import { useBatchWords } from '../words.ts'

type Operation = Answer<'getOperation'>

const icons = {
  pause: IconPlayerPause,
  resume: IconPlayerPlay,
  retry: IconRefresh,
  undo: IconArrowBackUp,
  cancel: IconX,
} as const

/** What can be done with an operation; what cannot says why. */
export function BatchSteps({ operation }: { readonly operation: Operation }) {
  const { can } = useSession()
  const [asked, setAsked] = useState<'cancel' | 'undo' | null>(null)
  const writes = {
    pause: useWrite('pauseOperation'),
    resume: useWrite('resumeOperation'),
    retry: useWrite('retryOperation'),
  }
  if (!can('operations:write')) return null
  const input = { params: { operationId: operation.operationId }, body: {} }
  const steps: readonly BatchStep[] = [
    operation.state === 'paused' ? 'resume' : 'pause',
    'retry',
    'undo',
    'cancel',
  ]
  const problem = writes.pause.error ?? writes.resume.error ?? writes.retry.error
  function take(step: BatchStep) {
    for (const write of Object.values(writes)) write.reset()
    if (step === 'cancel' || step === 'undo') setAsked(step)
    else writes[step].mutate(input)
  }
  return (
    <Stack gap="sm">
      <Group gap="xs">
        {steps.map((step) => (
          <StepButton
            key={step === 'resume' ? 'pause' : step}
            step={step}
            operation={operation}
            isBusy={step !== 'cancel' && step !== 'undo' && writes[step].isPending}
            onTake={() => take(step)}
          />
        ))}
      </Group>
      <ProblemAlert problem={problem} />
      <CancelDialog operation={operation} isOpen={asked === 'cancel'} onClose={() => setAsked(null)} />
      <UndoDialog operation={operation} isOpen={asked === 'undo'} onClose={() => setAsked(null)} />
    </Stack>
  )
}

interface StepButtonProps {
  readonly step: BatchStep
  readonly operation: Operation
  readonly isBusy: boolean
  readonly onTake: () => void
}

function StepButton({ step, operation, isBusy, onTake }: StepButtonProps) {
  const t = useBatchWords()
  const Icon = icons[step]
  const reason = whyNot(step, operation)
  return (
    <Tooltip label={reason ? t(reason) : ''} disabled={reason === null} multiline maw={320}>
      <Button
        variant="default"
        leftSection={<Icon size={18} aria-hidden />}
        loading={isBusy}
        // Reached by keyboard also while it is off, so that the reason can be read.
        aria-disabled={reason !== null || undefined}
        data-disabled={reason !== null || undefined}
        onClick={() => {
          if (reason === null) onTake()
        }}
      >
        {t(`step.${step}`)}
      </Button>
    </Tooltip>
  )
}

interface StepDialogProps {
  readonly operation: Operation
  readonly isOpen: boolean
  readonly onClose: () => void
}

function CancelDialog({ operation, isOpen, onClose }: StepDialogProps) {
  const t = useBatchWords()
  const format = useFormat()
  const write = useWrite('cancelOperation')
  const { operationId, done, waiting, pending } = operation
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={onClose}
      title={t('cancel.title')}
      action={t('step.cancel')}
      isDangerous
      isCancelling
      isBusy={write.isPending}
      problem={write.error}
      onConfirm={() => write.mutate({ params: { operationId }, body: {} }, { onSuccess: onClose })}
    >
      {t('cancel.text', {
        count: pending,
        left: format.number(pending),
        done: format.number(done + waiting),
      })}
    </ConfirmDialog>
  )
}

function UndoDialog({ operation, isOpen, onClose }: StepDialogProps) {
  const t = useBatchWords()
  const format = useFormat()
  const navigate = useNavigate()
  const { slug } = useSession()
  const write = useWrite('undoOperation')
  const { operationId, done, waiting } = operation
  function undo() {
    write.mutate(
      { params: { operationId }, body: {} },
      {
        onSuccess(begun) {
          onClose()
          void navigate({ to: paths.batch(slug, begun.operationId) })
        },
      },
    )
  }
  const count = done + waiting
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={onClose}
      title={t('undo.title')}
      action={t('undo.action', { count, number: format.number(count) })}
      isBusy={write.isPending}
      problem={write.error}
      onConfirm={undo}
    >
      <Text>{t('undo.text', { count, number: format.number(count) })}</Text>
      <Text mt="xs">{t('undo.limits')}</Text>
    </ConfirmDialog>
  )
}
