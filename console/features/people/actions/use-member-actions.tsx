import { lazy, type ReactNode, Suspense, useCallback, useState } from 'react'
import { useReturnToOpener } from '../../../ui/opener.ts'
import type { ActableMember, MemberAct } from './member-can.ts'
import { useSetStatus } from './use-set-status.ts'

export interface MemberActions {
  /** Does it at once with Undo beside the message, or opens the dialog for it. */
  readonly act: (act: MemberAct, member: ActableMember) => void
  /** The dialog that is open; stands once on the screen. */
  readonly dialogs: ReactNode
}

// Lists show many people and rarely a dialog.
const dialogOf = {
  invite: lazy(() => import('../parts/invite.tsx').then((room) => ({ default: room.Invite }))),
  leaving: lazy(() => import('./leaving-dialogs.tsx').then((room) => ({ default: room.LeavingDialog }))),
  left: lazy(() => import('./leaving-dialogs.tsx').then((room) => ({ default: room.LeftDialog }))),
  rehire: lazy(() => import('./leaving-dialogs.tsx').then((room) => ({ default: room.RehireDialog }))),
  endSessions: lazy(() =>
    import('../parts/account-dialogs.tsx').then((room) => ({ default: room.EndSessionsDialog })),
  ),
  askDeletion: lazy(() =>
    import('../parts/account-dialogs.tsx').then((room) => ({ default: room.AskDeletionDialog })),
  ),
  remove: lazy(() => import('./leaving-dialogs.tsx').then((room) => ({ default: room.RemoveDialog }))),
}

/** What can be done with one person, wherever they are shown. */
export function useMemberActions(): MemberActions {
  const [open, setOpen] = useState<{ act: keyof typeof dialogOf; member: ActableMember } | null>(null)
  useReturnToOpener(open !== null)
  const setStatus = useSetStatus()
  const act = useCallback(
    (act: MemberAct, member: ActableMember) => {
      if (act === 'suspend') void setStatus(member, 'suspended')
      else if (act === 'reactivate' || act === 'stays') void setStatus(member, 'active')
      else setOpen({ act, member })
    },
    [setStatus],
  )
  const Dialog = open && dialogOf[open.act]
  return {
    act,
    dialogs: Dialog && (
      <Suspense fallback={null}>
        <Dialog member={open.member} onClose={() => setOpen(null)} />
      </Suspense>
    ),
  }
}
