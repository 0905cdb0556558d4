import { Menu, Text } from '@mantine/core'
import {
  IconDoorExit,
  IconLogout,
  IconMailForward,
  IconMailQuestion,
  IconPlayerPause,
  IconPlayerPlay,
  IconTrash,
  IconUser,
  IconUserOff,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../shell/session.tsx'
import { usePeopleWords } from '../words.ts'
import { type ActableMember, type MemberAct, type StatusAct, statusActs, whyNot } from './member-can.ts'
import type { MemberActions } from './use-member-actions.tsx'

interface MemberMenuProps {
  readonly member: ActableMember
  readonly onAct: MemberActions['act']
}

const icons: Readonly<Record<StatusAct, ReactNode>> = {
  suspend: <IconPlayerPause size={16} aria-hidden />,
  reactivate: <IconPlayerPlay size={16} aria-hidden />,
  stays: <IconPlayerPlay size={16} aria-hidden />,
  rehire: <IconPlayerPlay size={16} aria-hidden />,
  leaving: <IconDoorExit size={16} aria-hidden />,
  left: <IconUserOff size={16} aria-hidden />,
}

/** What is behind the three dots of a person; what cannot be done is off and says why. */
export function MemberMenu({
  member,
  onAct,
  hasOpen = false,
}: MemberMenuProps & { readonly hasOpen?: boolean }) {
  const t = usePeopleWords()
  const { slug, can } = useSession()
  const both = { member, onAct }
  return (
    <>
      {hasOpen && (
        <Menu.Item
          component={Link}
          to={paths.person(slug, member.memberId)}
          leftSection={<IconUser size={16} aria-hidden />}
        >
          {t('act.open')}
        </Menu.Item>
      )}
      {can('members:write') && (
        <>
          <Act act="invite" icon={<IconMailForward size={16} aria-hidden />} {...both} />
          <Menu.Divider />
          {statusActs(member.status).map((act) => (
            <Act key={act} act={act} icon={icons[act]} {...both} />
          ))}
          <Menu.Divider />
          <Act act="endSessions" icon={<IconLogout size={16} aria-hidden />} {...both} />
          <Act act="askDeletion" icon={<IconMailQuestion size={16} aria-hidden />} {...both} />
          <Menu.Divider />
          <Act act="remove" icon={<IconTrash size={16} aria-hidden />} {...both} />
        </>
      )}
    </>
  )
}

function Act({
  act,
  icon,
  member,
  onAct,
}: MemberMenuProps & { readonly act: MemberAct; readonly icon: ReactNode }) {
  const t = usePeopleWords()
  const { company, memberId } = useSession()
  const reason = whyNot(act, member, { memberId, isOwner: company.role === 'owner' })
  // Off, yet reachable by the arrow keys, so that everybody can read why.
  const off = reason === null ? {} : { 'aria-disabled': true, closeMenuOnClick: false, c: 'dimmed' }
  return (
    <Menu.Item leftSection={icon} onClick={() => reason === null && onAct(act, member)} {...off}>
      {t(`act.${act}`)}
      {reason !== null && (
        <Text size="xs" maw={240}>
          {t(`why.${reason}`)}
        </Text>
      )}
    </Menu.Item>
  )
}
