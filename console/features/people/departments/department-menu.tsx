import { Menu, Text } from '@mantine/core'
import {
  IconArrowDown,
  IconArrowsMove,
  IconArrowUp,
  IconPencil,
  IconPlus,
  IconTrash,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { MenuButton } from '../../../ui/menu-button.tsx'
import type { Department } from '../parts/all-departments.ts'
import { childrenOf } from '../parts/department-tree.ts'
import { useDepartmentWords } from './department-words.ts'
import { stepped, type WishedPlace } from './reorder.ts'

export type DepartmentDialog = 'below' | 'rename' | 'move' | 'remove'

interface DepartmentMenuProps {
  readonly departments: readonly Department[]
  readonly department: Department
  readonly onOpen: (dialog: DepartmentDialog) => void
  readonly onMove: (wish: WishedPlace) => void
}

/** What can be done with a department; what cannot is off and says why. */
export function DepartmentMenu({ departments, department, onOpen, onMove }: DepartmentMenuProps) {
  const t = useDepartmentWords()
  const { departmentId, name, memberCount } = department
  const isEmpty = memberCount === 0 && childrenOf(departments, departmentId).length === 0
  const up = stepped(departments, departmentId, -1)
  const down = stepped(departments, departmentId, 1)
  return (
    <MenuButton label={t('change')} name={t('more', { name })}>
      <Act icon={<IconPlus size={16} aria-hidden />} onAct={() => onOpen('below')}>
        {t('addBelow')}
      </Act>
      <Act icon={<IconPencil size={16} aria-hidden />} onAct={() => onOpen('rename')}>
        {t('rename')}
      </Act>
      <Act icon={<IconArrowsMove size={16} aria-hidden />} onAct={() => onOpen('move')}>
        {t('moveTo')}
      </Act>
      <Act
        icon={<IconArrowUp size={16} aria-hidden />}
        onAct={() => up && onMove(up)}
        whyNot={up ? null : t('why.first')}
      >
        {t('up')}
      </Act>
      <Act
        icon={<IconArrowDown size={16} aria-hidden />}
        onAct={() => down && onMove(down)}
        whyNot={down ? null : t('why.last')}
      >
        {t('down')}
      </Act>
      <Menu.Divider />
      <Act
        icon={<IconTrash size={16} aria-hidden />}
        onAct={() => onOpen('remove')}
        whyNot={isEmpty ? null : t('why.notEmpty')}
      >
        {t('remove')}
      </Act>
    </MenuButton>
  )
}

interface ActProps {
  readonly icon: ReactNode
  readonly onAct: () => void
  readonly whyNot?: string | null
  readonly children: ReactNode
}

function Act({ icon, onAct, whyNot = null, children }: ActProps) {
  // Off, yet reachable by the arrow keys, so that everybody can read why.
  const off = whyNot === null ? {} : { 'aria-disabled': true, closeMenuOnClick: false, c: 'dimmed' }
  return (
    <Menu.Item leftSection={icon} onClick={() => whyNot === null && onAct()} {...off}>
      {children}
      {whyNot !== null && (
        <Text size="xs" maw={240}>
          {whyNot}
        </Text>
      )}
    </Menu.Item>
  )
}
