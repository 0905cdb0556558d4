import { AppShell } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Outlet, useParams } from '@tanstack/react-router'
import { CompanyApi } from '../api/company.tsx'
import classes from './company-frame.module.css'
import { HeaderBar } from './header-bar.tsx'
import { useLiveRefresh } from './live-refresh.ts'
import { Navigation } from './navigation.tsx'
import { Palette } from './palette.tsx'
import { SampleBanner } from './sample-banner.tsx'
import { CompanySession } from './session.tsx'
import { Shortcuts } from './shortcuts.tsx'
import { useShellWords } from './words.ts'

/** Everything around the screens of one company. */
export function CompanyFrame() {
  const { company = '' } = useParams({ strict: false })
  return (
    // Another company begins anew: nothing chosen, filled in or shown in one is ever there in the other.
    <CompanyApi key={company} company={company}>
      <CompanySession slug={company}>
        <Frame />
      </CompanySession>
    </CompanyApi>
  )
}

function Frame() {
  const t = useShellWords()
  const [isOpen, { toggle, close }] = useDisclosure(false)
  useLiveRefresh()
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 248, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding="md"
      transitionDuration={0}
    >
      <a className={classes['skip']} href="#content">
        {t('skip')}
      </a>
      <AppShell.Header>
        <HeaderBar isNavigationOpen={isOpen} onNavigation={toggle} />
      </AppShell.Header>
      <AppShell.Navbar p="xs" component="nav" aria-label={t('nav.label')}>
        <Navigation onGo={close} />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} className={classes['main']}>
        <SampleBanner />
        <Outlet />
      </AppShell.Main>
      <Palette />
      <Shortcuts />
    </AppShell>
  )
}
