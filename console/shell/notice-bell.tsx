import { ActionIcon, Indicator } from '@mantine/core'
import { IconBell } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { paths } from '../paths.ts'
import { useSession } from './session.tsx'
import { useShellWords } from './words.ts'

/** Leads to what one was told; the number is of what is new. */
export function NoticeBell() {
  const t = useShellWords()
  const { slug, me, memberId } = useSession()
  if (memberId === null) return null
  const count = me.unreadNotices
  return (
    <Indicator
      disabled={count === 0}
      label={count > 99 ? '99+' : count}
      size={16}
      color="red.9"
      aria-hidden={false}
    >
      <ActionIcon
        component={Link}
        to={paths.me(slug)}
        variant="default"
        size="lg"
        aria-label={count === 0 ? t('notices') : t('notices.count', { count })}
      >
        <IconBell size={18} aria-hidden />
      </ActionIcon>
    </Indicator>
  )
}
