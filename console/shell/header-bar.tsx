import { ActionIcon, Burger, Group, Kbd, Text, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { paths } from '../paths.ts'
import { ScreenLink } from '../ui/link.tsx'
import { AccountMenu } from './account-menu.tsx'
import { CompanySwitcher } from './company-switcher.tsx'
import classes from './header-bar.module.css'
import { NoticeBell } from './notice-bell.tsx'
import { openPalette } from './palette-store.ts'
import { useSession } from './session.tsx'
import { useShellWords } from './words.ts'

const commandKey = /mac|iphone|ipad/i.test(navigator.userAgent) ? '⌘' : 'Ctrl'

/** The bar on top: where one is, the way to anything, and who one is. */
export function HeaderBar({
  isNavigationOpen,
  onNavigation,
}: {
  readonly isNavigationOpen: boolean
  readonly onNavigation: () => void
}) {
  const t = useShellWords()
  const { slug, company } = useSession()
  const isNarrow = useMediaQuery('(max-width: 48em)')
  return (
    <Group h="100%" px="md" gap="sm" wrap="nowrap" justify="space-between">
      <Group gap="sm" wrap="nowrap" style={{ minWidth: 0 }}>
        <Burger
          opened={isNavigationOpen}
          onClick={onNavigation}
          hiddenFrom="sm"
          size="sm"
          aria-label={isNavigationOpen ? t('nav.close') : t('nav.open')}
          aria-expanded={isNavigationOpen}
        />
        <img src="/icon.svg" alt="" width={28} height={28} className={classes['mark']} />
        <ScreenLink to={paths.home(slug)} c="inherit" fw={650} className={classes['company']}>
          {company.name}
        </ScreenLink>
        <CompanySwitcher />
      </Group>
      <Group gap="xs" wrap="nowrap">
        {isNarrow ? (
          <ActionIcon variant="default" size="lg" onClick={openPalette} aria-label={t('palette.open')}>
            <IconSearch size={18} aria-hidden />
          </ActionIcon>
        ) : (
          <UnstyledButton className={classes['search']} onClick={openPalette}>
            <IconSearch size={16} aria-hidden />
            <Text size="sm" component="span">
              {t('palette.open')}
            </Text>
            <VisuallyHidden>, </VisuallyHidden>
            <Kbd size="xs">{commandKey} K</Kbd>
          </UnstyledButton>
        )}
        <NoticeBell />
        <AccountMenu />
      </Group>
    </Group>
  )
}
