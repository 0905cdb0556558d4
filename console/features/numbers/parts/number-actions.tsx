import { lazy, type ReactNode, Suspense, useState } from 'react'
import type { PhoneNumber } from '../../../../src/features/numbers/model.ts'
import { ApiProblem } from '../../../api/client.ts'
import { useWrite } from '../../../api/write.ts'
import { copyText } from '../../../ui/copy-text.tsx'
import { useReturnToOpener } from '../../../ui/opener.ts'
import { usePhone } from '../../../ui/phone.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { useNumberWords } from '../words.ts'
import type { NumberAct } from './number-can.ts'
import { useUndoMove } from './undo-move.ts'

const ReassignDialog = lazy(() =>
  import('./reassign-dialog.tsx').then((module) => ({ default: module.ReassignDialog })),
)
const ReleaseDialog = lazy(() =>
  import('./number-actions-release.tsx').then((room) => ({ default: room.ReleaseDialog })),
)

export interface NumberActions {
  /** Does it at once with Undo beside the message, or opens the dialog for it. */
  readonly act: (act: NumberAct | 'copy', number: PhoneNumber) => void
  /** The dialog that is open; stands once on the screen. */
  readonly dialogs: ReactNode
}

/** What can be done with one number, wherever it is shown. */
export function useNumberActions(): NumberActions {
  const [open, setOpen] = useState<{ act: 'pass' | 'release'; number: PhoneNumber } | null>(null)
  useReturnToOpener(open !== null)
  const park = usePark()
  const undo = useUndoMove()
  const copy = useCopyNumber()
  function act(act: NumberAct | 'copy', number: PhoneNumber) {
    if (act === 'park') park(number)
    else if (act === 'undo') void undo(number)
    else if (act === 'copy') copy(number)
    else setOpen({ act: act === 'release' ? 'release' : 'pass', number })
  }
  const close = () => setOpen(null)
  return {
    act,
    dialogs: (
      <>
        {open?.act === 'pass' && (
          <Suspense fallback={null}>
            <ReassignDialog numberId={open.number.numberId} onClose={close} />
          </Suspense>
        )}
        {open?.act === 'release' && (
          <Suspense fallback={null}>
            <ReleaseDialog number={open.number} onClose={close} />
          </Suspense>
        )}
      </>
    ),
  }
}

/** Takes a number back now; the message offers Undo, since the undo window is open (NUM-11). */
function usePark(): (number: PhoneNumber) => void {
  const t = useNumberWords()
  const phone = usePhone()
  const toast = useToast()
  const undo = useUndoMove()
  const { mutateAsync } = useWrite('parkNumber')
  return ({ numberId, e164, holder }) => {
    const body = holder ? { expectedHolderId: holder.memberId } : {}
    const onDone = (parked: PhoneNumber) => {
      const text = t('done.parked', { number: phone(e164), member: holder?.name ?? '' })
      toast.done(text, parked.undoUntil === null ? {} : { onUndo: () => void undo(parked) })
    }
    void mutateAsync({ params: { numberId }, body }).then(onDone, (error: unknown) => {
      if (error instanceof ApiProblem) toast.problem(error)
    })
  }
}

function useCopyNumber(): (number: PhoneNumber) => void {
  const t = useNumberWords()
  const phone = usePhone()
  const toast = useToast()
  return ({ e164 }) => {
    void copyText(e164).then((isDone) =>
      toast.done(isDone ? t('done.copied', { number: phone(e164) }) : t('done.copyFailed')),
    )
  }
}
