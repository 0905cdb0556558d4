import { Button, List, Modal, Stack, Text, Textarea } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Answer, ApiProblem } from '../../../api/client.ts'
import { useRead } from '../../../api/read.ts'
import { useWrite } from '../../../api/write.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../shell/session.tsx'
import { useCommonWords } from '../../../ui/common-words.ts'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { Await } from '../../../ui/states.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { HoldingName } from '../parts/holding-name.tsx'
import { usePeopleWords } from '../words.ts'
import type { ActableMember } from './member-can.ts'
import { PassAllOn } from './pass-all-on.tsx'
import { useSetStatus } from './use-set-status.ts'

export interface MemberDialogProps {
  readonly member: ActableMember
  readonly onClose: () => void
}

/** Says what leaving means before it begins, then leads to what the person holds. */
export function LeavingDialog({ member, onClose }: MemberDialogProps) {
  const t = usePeopleWords()
  const { slug } = useSession()
  const navigate = useNavigate()
  const setStatus = useSetStatus()
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  function confirm() {
    setBusy(true)
    setProblem(null)
    void setStatus(member, 'leaving', setProblem).then((isDone) => {
      setBusy(false)
      if (!isDone) return
      onClose()
      void navigate({ to: paths.person(slug, member.memberId) })
    })
  }
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t('leaving.title', { name: member.name })}
      action={t('leaving.action')}
      isBusy={isBusy}
      problem={problem}
      onConfirm={confirm}
    >
      <List spacing="xs">
        <List.Item>{t('leaving.calls')}</List.Item>
        <List.Item>{t('leaving.custody')}</List.Item>
        <List.Item>{t('leaving.new')}</List.Item>
        <List.Item>{t('leaving.access')}</List.Item>
      </List>
    </ConfirmDialog>
  )
}

/** Ends somebody's time in the company; who still holds something is shown with the ways to pass it on (NUM-13). */
export function LeftDialog({ member, onClose }: MemberDialogProps) {
  const common = useCommonWords()
  const { memberId } = member
  const detail = useRead('readMember', { params: { memberId } })
  if (detail.data && detail.data.holdings.length === 0)
    return <EndConfirm member={member} onClose={onClose} />
  return (
    <Modal
      opened
      onClose={onClose}
      title={<LeftTitle member={member} />}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <Await query={detail}>{(data) => <StillHolds detail={data} onClose={onClose} />}</Await>
    </Modal>
  )
}

function LeftTitle({ member }: Pick<MemberDialogProps, 'member'>) {
  return usePeopleWords()('left.title', { name: member.name })
}

const mostShown = 8

function StillHolds({
  detail,
  onClose,
}: {
  readonly detail: Answer<'readMember'>
  readonly onClose: () => void
}) {
  const t = usePeopleWords()
  const { slug } = useSession()
  const { holdings, memberId, name } = detail
  const more = holdings.length - mostShown
  return (
    <Stack align="flex-start">
      <Text fw={600}>{t('left.holds', { name, count: holdings.length })}</Text>
      <List>
        {holdings.slice(0, mostShown).map((holding) => (
          <List.Item key={holding.kind + holding.id}>
            <HoldingName holding={holding} />
          </List.Item>
        ))}
        {more > 0 && <List.Item>{t('left.more', { count: more })}</List.Item>}
      </List>
      <Text>{t('left.first')}</Text>
      <Button component={Link} to={paths.person(slug, memberId)} onClick={onClose} data-autofocus>
        {t('left.show')}
      </Button>
      <PassAllOn detail={detail} />
    </Stack>
  )
}

function EndConfirm({ member, onClose }: MemberDialogProps) {
  const t = usePeopleWords()
  const toast = useToast()
  const change = useWrite('changeMember')
  const { memberId, name } = member
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t('left.title', { name })}
      action={t('left.action')}
      isBusy={change.isPending}
      problem={change.error}
      onConfirm={() =>
        change.mutate(
          { params: { memberId }, body: { status: 'left' } },
          {
            onSuccess: () => {
              toast.done(t('done.left', { name }))
              onClose()
            },
          },
        )
      }
    >
      {t('left.text')}
    </ConfirmDialog>
  )
}

/** Takes somebody back who has left, with a reason for the ledger. */
export function RehireDialog({ member, onClose }: MemberDialogProps) {
  const t = usePeopleWords()
  const common = useCommonWords()
  const toast = useToast()
  const change = useWrite('changeMember')
  const [reason, setReason] = useState('')
  const [isAsked, setAsked] = useState(false)
  const { memberId, name } = member
  const written = reason.trim()
  function confirm() {
    setAsked(true)
    if (written === '') return
    change.mutate(
      { params: { memberId }, body: { status: 'active', reason: written } },
      {
        onSuccess: () => {
          toast.done(t('done.active', { name }))
          onClose()
        },
      },
    )
  }
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t('rehire.title', { name })}
      action={t('rehire.action')}
      isBusy={change.isPending}
      problem={change.error}
      onConfirm={confirm}
    >
      <Stack>
        <Text>{t('rehire.text')}</Text>
        <Textarea
          label={common('reason')}
          description={common('reasonKept')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={isAsked && written === '' && t('rehire.reasonMissing')}
          maxLength={500}
          autosize
          minRows={2}
          data-autofocus
          withAsterisk
        />
      </Stack>
    </ConfirmDialog>
  )
}

/** Removes somebody who was added by mistake; the name is typed, since nothing brings them back. */
export function RemoveDialog({ member, onClose }: MemberDialogProps) {
  const t = usePeopleWords()
  const { slug } = useSession()
  const navigate = useNavigate()
  const toast = useToast()
  const remove = useWrite('removeMember')
  const { memberId, name } = member
  return (
    <ConfirmDialog
      isOpen
      isDangerous
      onClose={onClose}
      title={t('remove.title', { name })}
      action={t('remove.action')}
      typed={name}
      isBusy={remove.isPending}
      problem={remove.error}
      onConfirm={() =>
        remove.mutate(
          { params: { memberId } },
          {
            onSuccess: () => {
              toast.done(t('done.removed', { name }))
              onClose()
              if (window.location.pathname === paths.person(slug, memberId))
                void navigate({ to: paths.people(slug) })
            },
          },
        )
      }
    >
      {t('remove.text', { name })}
    </ConfirmDialog>
  )
}
