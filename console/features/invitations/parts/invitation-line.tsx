import { Button, Group, Modal } from '@mantine/core'
import { type ComponentProps, lazy, Suspense, useState } from 'react'
import { useWrite } from '../../../api/write.ts'
import { useCommonWords } from '../../../ui/common-words.ts'
import { useFormat } from '../../../ui/format.ts'
import { useToast } from '../../../ui/toast.tsx'
import { useInvitationWords } from '../words.ts'
import type { Invitation, SentInvitation } from './invited-person.ts'
import type { MadeLink as MadeLinkPart } from './made-link.tsx'

// It draws a QR code, which lists do not need.
const MadeLink = lazy(() => import('./made-link.tsx').then((room) => ({ default: room.MadeLink })))

/** How and until when somebody is invited, in a sentence. */
export function useInvitationLine(): (invitation: Invitation) => string {
  const t = useInvitationWords()
  const format = useFormat()
  return ({ to, state, expiresAt }) => {
    const way = to === null ? t('way.link') : t(`way.${to.kind}`, { to: to.masked ?? '' })
    return t(state === 'expired' ? 'line.expired' : 'line.open', { way, time: format.dateTime(expiresAt) })
  }
}

/** Sends an invitation again, or takes it back. */
export function InvitationActs({ invitation }: { readonly invitation: Invitation }) {
  const t = useInvitationWords()
  const toast = useToast()
  const again = useWrite('sendInvitationAgain')
  const revoke = useWrite('revokeInvitation')
  const [made, setMade] = useState<SentInvitation | null>(null)
  const { invitationId, memberName: name, to } = invitation
  const isHanded = to === null || to.kind === 'wechat'
  const onError = (problem: Parameters<typeof toast.problem>[0]) => toast.problem(problem)
  function sendAgain() {
    const onSuccess = (sent: SentInvitation) => {
      if (sent.isSent) toast.done(t('act.sent', { name }))
      else setMade(sent)
    }
    again.mutate({ params: { invitationId } }, { onSuccess, onError })
  }
  function takeBack() {
    const onSuccess = () => toast.done(t('act.revoked', { name }))
    revoke.mutate({ params: { invitationId } }, { onSuccess, onError })
  }
  return (
    <Group gap="xs">
      <Button
        size="sm"
        variant="default"
        loading={again.isPending}
        aria-label={isHanded ? t('act.newLinkFor', { name }) : t('act.againFor', { name })}
        onClick={sendAgain}
      >
        {isHanded ? t('act.newLink') : t('act.again')}
      </Button>
      <Button
        size="sm"
        variant="default"
        loading={revoke.isPending}
        aria-label={t('act.revokeFor', { name })}
        onClick={takeBack}
      >
        {t('act.revoke')}
      </Button>
      {made?.path && <NewLink invitation={made} path={made.path} onClose={() => setMade(null)} />}
    </Group>
  )
}

function NewLink(props: ComponentProps<typeof MadeLinkPart>) {
  const t = useInvitationWords()
  const common = useCommonWords()
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={t('invite.title', { name: props.invitation.memberName })}
      closeButtonProps={{ 'aria-label': common('close') }}
      closeOnClickOutside={false}
      closeOnEscape={false}
      size="lg"
    >
      <Suspense>
        <MadeLink {...props} />
      </Suspense>
    </Modal>
  )
}
