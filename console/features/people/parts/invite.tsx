import { lazy, Suspense } from 'react'
import { useRead } from '../../../api/read.ts'
import type { MemberDialogProps } from '../actions/leaving-dialogs.tsx'
import { SignInLink } from '../actions/sign-in-link.tsx'

const InviteDialog = lazy(() =>
  import('../../invitations/parts/invite-dialog.tsx').then((room) => ({ default: room.InviteDialog })),
)

/** Lets somebody in; where Baton can send no code to prove a phone or e-mail, by a link with a password. */
export function Invite({ member, onClose }: MemberDialogProps) {
  const { data: ways, error } = useRead('readSignInWays', {})
  if (error || (ways && !ways.email && !ways.phone)) return <SignInLink member={member} onClose={onClose} />
  return <Suspense>{ways && <InviteDialog person={member} ways={ways} onClose={onClose} />}</Suspense>
}
