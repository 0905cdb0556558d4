import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconArrowsExchange, IconInfoCircle } from '@tabler/icons-react'
import { useSession } from '../../../shell/session.tsx'
import { useFormat } from '../../../ui/format.ts'
import { HandOverLink } from '../../handovers/parts/hand-over-link.tsx'
import type { MemberActions } from '../actions/use-member-actions.tsx'
import { usePeopleWords } from '../words.ts'
import type { MemberDetail } from './member-detail.ts'
import { usePersonPageWords } from './page-words.ts'

interface StandingProps {
  readonly member: MemberDetail
  readonly onAct: MemberActions['act']
}

/** What somebody's status means, and what is to be done about it next. */
export function StandingNotice({ member, onAct }: StandingProps) {
  const t = usePersonPageWords()
  const people = usePeopleWords()
  const format = useFormat()
  const { can } = useSession()
  const { status, leftAt, holdings } = member
  const count = holdings.length
  if (status === 'active') return null
  if (status === 'left')
    return <Notice title={t('left.title', { date: format.date(leftAt ?? '') })} text={t('left.text')} />
  if (status === 'suspended') return <Notice title={t('suspended.title')} text={t('suspended.text')} />
  if (count > 0)
    return (
      <Notice title={t('leaving.holds', { count })} text={t('leaving.text')}>
        <HandOverLink leaver={member} />
      </Notice>
    )
  return (
    <Notice title={t('leaving.done')} text={t('leaving.doneText')}>
      {can('members:write') && (
        <Button variant="default" onClick={() => onAct('left', member)}>
          {people('act.left')}
        </Button>
      )}
    </Notice>
  )
}

function Notice({
  title,
  text,
  children,
}: {
  readonly title: string
  readonly text: string
  readonly children?: React.ReactNode
}) {
  return (
    <Alert variant="outline" icon={<IconInfoCircle />} title={title}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{text}</Text>
        {children}
      </Stack>
    </Alert>
  )
}

interface HandoverProps {
  readonly member: MemberDetail
  readonly onHoldings: () => void
  readonly onClose: () => void
}

/** After a change of role or departments: what belongs to the old place is to be passed on (NUM-17). */
export function HandoverNotice({ member, onHoldings, onClose }: HandoverProps) {
  const t = usePersonPageWords()
  const people = usePeopleWords()
  const { name, holdings } = member
  return (
    <Alert
      ref={showOnce}
      role="status"
      variant="outline"
      icon={<IconArrowsExchange />}
      title={t('handover.title')}
      withCloseButton
      onClose={onClose}
      closeButtonLabel={t('handover.close')}
    >
      <Stack gap="xs">
        <Text size="sm">{t('handover.text', { name, count: holdings.length })}</Text>
        <Group gap="xs">
          <Button variant="default" onClick={onHoldings}>
            {people('left.show')}
          </Button>
          <HandOverLink leaver={member} kind="move" />
        </Group>
      </Stack>
    </Alert>
  )
}

// It stands above the form that brought it about, which may have been scrolled down.
function showOnce(notice: HTMLElement | null): void {
  notice?.scrollIntoView({ block: 'center' })
}
