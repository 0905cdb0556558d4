import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconClock } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { MoveOutcome, PhoneNumber } from '../../../../src/features/numbers/model.ts'
import { useRead } from '../../../api/read.ts'
import { useSession } from '../../../shell/session.tsx'
import { useCommonWords } from '../../../ui/common-words.ts'
import { useFormat } from '../../../ui/format.ts'
import { usePhone } from '../../../ui/phone.tsx'
import { Await, EmptyState } from '../../../ui/states.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { useActorName } from './actor-name.ts'
import { ReassignForm } from './reassign-form.tsx'
import { isOnLoan } from './reassign-order.ts'
import { ReassignProposal } from './reassign-proposal.tsx'
import { type Ending, ReassignResult } from './reassign-result.tsx'
import { useReassignWords } from './reassign-words.ts'
import type { ChosenRecipient } from './recipient.ts'
import { useCancelMove, useUndoMove } from './undo-move.ts'

export interface ReassignDialogProps {
  readonly numberId: string
  readonly onClose: () => void
  /** Who is to have it, where that was chosen before. */
  readonly presetMemberId?: string | undefined
}

/** Passes one number to somebody, or proposes it: to whom, with which history, when, and what it will do. Mounted, it is open. */
export function ReassignDialog({ numberId, onClose, presetMemberId }: ReassignDialogProps) {
  const t = useReassignWords()
  const common = useCommonWords()
  const { can } = useSession()
  const phone = usePhone()
  const isNarrow = useMediaQuery('(max-width: 36em)')
  const number = useRead('getNumber', { params: { numberId } })
  const preset = useRead(
    'readMember',
    { params: { memberId: presetMemberId ?? '' } },
    { enabled: presetMemberId !== undefined },
  )
  const [ending, setEnding] = useState<Ending | null>(null)
  const word = !can('numbers:write')
    ? 'title.propose'
    : number.data?.state === 'parked'
      ? 'title.assign'
      : 'title.reassign'
  useFocusReturn()
  const isWaiting = presetMemberId !== undefined && preset.isPending
  return (
    <Modal
      opened
      onClose={onClose}
      size="60rem"
      fullScreen={isNarrow ?? false}
      title={number.data ? t(word, { number: phone(number.data.e164) }) : common('loading')}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      {ending ? (
        <ReassignResult ending={ending} onClose={onClose} />
      ) : (
        <Await query={isWaiting ? { ...number, data: undefined } : number}>
          {(data) => (
            <Content
              number={data}
              preset={preset.data ?? null}
              onClose={onClose}
              onEnding={setEnding}
              onRefresh={() => void number.refetch()}
            />
          )}
        </Await>
      )}
    </Modal>
  )
}

/** Brings the focus back to what opened the dialog; to the heading where that is gone or there was nothing. */
function useFocusReturn(): void {
  const [opener] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      requestAnimationFrame(() => {
        if (document.querySelector('[role=dialog]')) return
        const isThere = opener instanceof HTMLElement && opener.isConnected && opener !== document.body
        const target = isThere ? opener : document.querySelector<HTMLElement>('main h1')
        target?.focus()
      })
    },
    [opener],
  )
}

interface ContentProps {
  readonly number: PhoneNumber
  readonly preset: ChosenRecipient | null
  readonly onClose: () => void
  readonly onEnding: (ending: Ending) => void
  readonly onRefresh: () => void
}

function Content({ number, preset, onClose, onEnding, onRefresh }: ContentProps) {
  const t = useReassignWords()
  const { can } = useSession()
  const finish = useFinish(onClose, onEnding)
  // Once the form is open it stays, so that what was filled in is not lost when something changes elsewhere.
  const isOccupied = number.waiting.some(({ kind }) => kind === 'move')
  const [isForm, setForm] = useState(!isOccupied)
  if (number.state === 'released') return <EmptyState title={t('released')} text={t('released.text')} />
  if (!can('numbers:write'))
    return can('requests:create') ? (
      <ReassignProposal
        number={number}
        preset={preset}
        onClose={onClose}
        onDone={({ requestId }) => onEnding({ kind: 'proposed', requestId })}
      />
    ) : (
      <EmptyState title={t('forbidden')} text={t('forbidden.text')} />
    )
  if (isOccupied && !isForm) return <Occupied number={number} onClose={onClose} />
  return (
    <Stack>
      <LoanNotice number={number} />
      <ReassignForm
        number={number}
        preset={preset ?? lenderOf(number)}
        onClose={onClose}
        onDone={finish}
        onRefresh={() => {
          setForm(!isOccupied)
          onRefresh()
        }}
      />
    </Stack>
  )
}

function lenderOf({ waiting }: PhoneNumber): ChosenRecipient | null {
  return waiting.find(({ kind }) => kind === 'return')?.to ?? null
}

function useFinish(onClose: () => void, onEnding: (ending: Ending) => void) {
  const t = useReassignWords()
  const phone = usePhone()
  const toast = useToast()
  const undo = useUndoMove()
  return (outcome: MoveOutcome) => {
    const { number } = outcome
    const onUndo = () => void undo(number)
    if (outcome.outcome !== 'done') return onEnding({ kind: 'waits', outcome })
    if (outcome.deleteRequestId) return onEnding({ kind: 'deletes', outcome, onUndo })
    const values = { number: phone(number.e164), name: number.holder?.name ?? '' }
    toast.done(t(isOnLoan(number) ? 'done.lent' : 'done', values), outcome.undoUntil ? { onUndo } : {})
    onClose()
  }
}

/** A number that waits for a move already: that one is cancelled first. */
function Occupied({ number, onClose }: { readonly number: PhoneNumber; readonly onClose: () => void }) {
  const t = useReassignWords()
  const common = useCommonWords()
  const format = useFormat()
  const cancel = useCancelMove()
  const move = number.waiting.find(({ kind }) => kind === 'move')
  const by = useActorName(move?.scheduledBy ?? '')
  if (!move) return null
  return (
    <Stack>
      <Alert variant="outline" icon={<IconClock />} title={t('occupied', { name: move.to.name })}>
        <Text size="sm">
          {t(`occupied.${move.waitsFor ?? 'time'}`, {
            time: format.dateTime(move.dueAt),
            by,
          })}
        </Text>
        <Text size="sm">{t('occupied.next')}</Text>
      </Alert>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {common('close')}
        </Button>
        <Button data-autofocus onClick={() => void cancel(move)}>
          {t('occupied.cancel')}
        </Button>
      </Group>
    </Stack>
  )
}

function LoanNotice({ number }: { readonly number: PhoneNumber }) {
  const t = useReassignWords()
  const format = useFormat()
  const loan = number.waiting.find(({ kind }) => kind === 'return')
  if (!loan) return null
  return (
    <Alert
      variant="outline"
      icon={<IconClock />}
      title={t('onLoan', { name: loan.to.name, time: format.dateTime(loan.dueAt) })}
    >
      <Text size="sm">{t('onLoan.text', { name: loan.to.name })}</Text>
    </Alert>
  )
}
