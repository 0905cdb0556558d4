import { type ReactNode, useCallback, useState } from 'react'
import { useReturnToOpener } from '../../../ui/opener.ts'
import { AskDeletionDialog, EndSessionsDialog } from './account-dialogs.tsx'
import { Invite } from './invite.tsx'
import { LeavingDialog, LeftDialog, RehireDialog, RemoveDialog } from './leaving-dialogs.tsx'
import type { ActableMember, MemberAct } from './member-can.ts'
import { useSetStatus } from './use-set-status.ts'

export interface MemberActions {
  /** Does it at once with Undo beside the message, or opens the dialog for it. */
  readonly act: (act: MemberAct, member: ActableMember) => void
  /** The dialog that is open; stands once on the screen. */
  readonly dialogs: ReactNode
}

const dialogOf = {
  invite: Invite,
  leaving: LeavingDialog,
  left: LeftDialog,
  rehire: RehireDialog,
  endSessions: EndSessionsDialog,
  askDeletion: AskDeletionDialog,
  remove: RemoveDialog,
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
  return { act, dialogs: Dialog && <Dialog member={open.member} onClose={() => setOpen(null)} /> }
}
