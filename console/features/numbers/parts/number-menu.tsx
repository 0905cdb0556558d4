import { Menu, Text } from '@mantine/core'
import {
  IconArchive,
  IconArrowBackUp,
  IconArrowsExchange,
  IconCopy,
  IconHistory,
  IconTrash,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { PhoneNumber } from '../../../../src/features/numbers/model.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../shell/session.tsx'
import { useNumberWords } from '../words.ts'
import type { NumberActions } from './number-actions.tsx'
import { type NumberAct, passingOf, whyNot } from './number-can.ts'

interface NumberMenuProps {
  readonly number: PhoneNumber
  readonly onAct: NumberActions['act']
}

/** What is behind the three dots of a number; what its state forbids is off and says why. */
export function NumberMenu({ number, onAct }: NumberMenuProps) {
  const t = useNumberWords()
  const { slug, can } = useSession()
  const mayMove = can('numbers:write')
  const passing = passingOf(number)
  const proposal = passing === 'assign' ? t('act.proposeAssign') : t('act.proposeReassign')
  return (
    <>
      {(mayMove || can('requests:create')) && (
        <Act act={passing} number={number} onAct={onAct} icon={<IconArrowsExchange size={16} />}>
          {mayMove ? t(`act.${passing}`) : proposal}
        </Act>
      )}
      {mayMove && (
        <>
          <Act act="park" number={number} onAct={onAct} icon={<IconArchive size={16} />}>
            {t('act.park')}
          </Act>
          <Act act="undo" number={number} onAct={onAct} icon={<IconArrowBackUp size={16} />}>
            {t('act.undo')}
          </Act>
          <Menu.Divider />
        </>
      )}
      <Menu.Item
        component={Link}
        to={paths.number(slug, number.numberId)}
        leftSection={<IconHistory size={16} aria-hidden />}
      >
        {t('act.history')}
      </Menu.Item>
      <Menu.Item onClick={() => onAct('copy', number)} leftSection={<IconCopy size={16} aria-hidden />}>
        {t('act.copy')}
      </Menu.Item>
      {mayMove && (
        <>
          <Menu.Divider />
          <Act act="release" number={number} onAct={onAct} icon={<IconTrash size={16} />}>
            {t('act.release')}
          </Act>
        </>
      )}
    </>
  )
}

function Act({
  act,
  number,
  onAct,
  icon,
  children,
}: NumberMenuProps & { readonly act: NumberAct; readonly icon: ReactNode; readonly children: ReactNode }) {
  const t = useNumberWords()
  const reason = whyNot(act, number, Date.now())
  // Off, yet reachable by the arrow keys, so that everybody can read why.
  const off = reason === null ? {} : { 'aria-disabled': true, closeMenuOnClick: false, c: 'dimmed' }
  return (
    <Menu.Item leftSection={icon} onClick={() => reason === null && onAct(act, number)} {...off}>
      {children}
      {reason !== null && (
        <Text size="xs" maw={240}>
          {t(`why.${reason}`)}
        </Text>
      )}
    </Menu.Item>
  )
}
