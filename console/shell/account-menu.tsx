import { ActionIcon, Menu, useMantineColorScheme } from '@mantine/core'
import {
  IconApi,
  IconBuildingSkyscraper,
  IconKeyboard,
  IconLogout,
  IconShieldLock,
  IconUserCircle,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useWrite } from '../api/write.ts'
import { paths } from '../paths.ts'
import { type Language, setPreferences, usePreferences } from '../ui/preferences.ts'
import { useToast } from '../ui/toast.tsx'
import { openShortcuts } from './palette-store.ts'
import { useSession } from './session.tsx'
import { useShellWords } from './words.ts'

// Each language is written in itself, for those who cannot read the other.
const languageNames: readonly (readonly [Language, string])[] = [
  ['en', 'English'],
  ['zh-CN', '简体中文'],
]

/** Who is signed in, and how the console looks and speaks for them. */
export function AccountMenu() {
  const t = useShellWords()
  const { slug, me } = useSession()
  const signOut = useWrite('endSession')
  const toast = useToast()
  return (
    <Menu position="bottom-end" width={260} shadow="md">
      <Menu.Target>
        <ActionIcon variant="default" size="lg" radius="xl" aria-label={t('menu.account')}>
          <IconUserCircle size={20} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {me.account && <Menu.Label>{me.account.displayName}</Menu.Label>}
        <Menu.Label>{t('menu.settings')}</Menu.Label>
        <Menu.Item
          component={Link}
          to={paths.me(slug)}
          leftSection={<IconUserCircle size={16} aria-hidden />}
        >
          {t('menu.account.mine')}
        </Menu.Item>
        {me.account && (
          <Menu.Item
            component={Link}
            to={paths.account()}
            leftSection={<IconShieldLock size={16} aria-hidden />}
          >
            {t('menu.account.security')}
          </Menu.Item>
        )}
        <Menu.Item
          component={Link}
          to={`${paths.companies()}?choose=yes`}
          leftSection={<IconBuildingSkyscraper size={16} aria-hidden />}
        >
          {t('menu.companies')}
        </Menu.Item>
        <DisplayItems />
        <Menu.Divider />
        <Menu.Item leftSection={<IconKeyboard size={16} aria-hidden />} onClick={openShortcuts}>
          {t('menu.shortcuts')}
        </Menu.Item>
        <Menu.Item component="a" href="/docs" leftSection={<IconApi size={16} aria-hidden />}>
          {t('menu.api')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconLogout size={16} aria-hidden />}
          onClick={() =>
            signOut.mutate(
              {},
              { onSuccess: () => window.location.assign(paths.signIn()), onError: toast.problem },
            )
          }
        >
          {t('menu.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function DisplayItems() {
  const t = useShellWords()
  const { language } = usePreferences()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <>
      <Menu.Divider />
      <Menu.Label>{t('menu.language')}</Menu.Label>
      {languageNames.map(([value, name]) => (
        <Menu.RadioItem
          key={value}
          value={value}
          checked={language === value}
          onChange={() => setPreferences({ language: value })}
          lang={value}
          closeMenuOnClick={false}
        >
          {name}
        </Menu.RadioItem>
      ))}
      <Menu.Label>{t('menu.theme')}</Menu.Label>
      {(['light', 'dark', 'auto'] as const).map((scheme) => (
        <Menu.RadioItem
          key={scheme}
          value={scheme}
          checked={colorScheme === scheme}
          onChange={() => setColorScheme(scheme)}
          closeMenuOnClick={false}
        >
          {t(`menu.theme.${scheme}`)}
        </Menu.RadioItem>
      ))}
    </>
  )
}
