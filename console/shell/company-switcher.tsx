import { ActionIcon, Popover } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconChevronDown } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { LoadingState } from '../ui/states.tsx'
import { useSession } from './session.tsx'
import { useShellWords } from './words.ts'

const Choices = lazy(() =>
  import('./company-switcher/choices.tsx').then((room) => ({ default: room.Choices })),
)

/** Leads to the like screen of another company; only for those who belong to several. */
export function CompanySwitcher() {
  const t = useShellWords()
  const { me } = useSession()
  const [isOpen, { toggle, close }] = useDisclosure(false)
  if (me.memberships.length + me.suspendedIn.length < 2) return null
  return (
    <Popover
      opened={isOpen}
      onChange={close}
      position="bottom-start"
      width={300}
      trapFocus
      returnFocus
      withinPortal
    >
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          size={36}
          aria-label={t('switcher.open')}
          aria-expanded={isOpen}
          onClick={toggle}
        >
          <IconChevronDown size={18} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p="xs" aria-label={t('switcher.open')}>
        <Suspense fallback={<LoadingState rows={2} />}>
          <Choices onGo={close} />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  )
}
