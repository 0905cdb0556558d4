import { AppShell, Divider, NavLink, ScrollArea, Text } from '@mantine/core'
import {
  IconAddressBook,
  IconApps,
  IconArrowsExchange,
  IconBuilding,
  IconCalendarTime,
  IconCertificate,
  IconChecklist,
  IconHome,
  IconKey,
  IconListCheck,
  IconLock,
  IconPhone,
  IconSettings,
  IconSitemap,
  IconTableImport,
  IconTransfer,
  IconUserCircle,
  IconUserQuestion,
} from '@tabler/icons-react'
import { Link, useLocation } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import type { Permission } from '../../src/kernel/permission.ts'
import { paths } from '../paths.ts'
import { type Session, useSession } from './session.tsx'
import { TaskCount } from './task-count.tsx'
import { useShellWords } from './words.ts'

/** A place in the navigation and the permission that it asks for; `G` then its key goes there. */
export interface Place {
  readonly word:
    | 'home'
    | 'numbers'
    | 'people'
    | 'departments'
    | 'imports'
    | 'batches'
    | 'moves'
    | 'tasks'
    | 'systems'
    | 'handovers'
    | 'requests'
    | 'subscription'
    | 'audit'
    | 'holds'
    | 'tokens'
    | 'settings'
    | 'mine'
    | 'me'
  readonly to: (slug: string) => string
  readonly icon: ComponentType<{ size?: number; 'aria-hidden'?: boolean }>
  readonly needs: Permission | null
  readonly key: string
}

const daily: readonly Place[] = [
  { word: 'home', to: paths.home, icon: IconHome, needs: 'requests:read', key: 'h' },
  { word: 'numbers', to: paths.numbers, icon: IconPhone, needs: 'requests:read', key: 'n' },
  { word: 'people', to: paths.people, icon: IconAddressBook, needs: 'requests:read', key: 'p' },
  { word: 'departments', to: paths.departments, icon: IconSitemap, needs: 'requests:read', key: 'd' },
  { word: 'imports', to: paths.imports, icon: IconTableImport, needs: 'imports:read', key: 'f' },
  { word: 'batches', to: paths.batches, icon: IconArrowsExchange, needs: 'operations:read', key: 'b' },
  { word: 'moves', to: paths.moves, icon: IconCalendarTime, needs: 'requests:read', key: 'w' },
  { word: 'tasks', to: paths.tasks, icon: IconChecklist, needs: 'tasks:read', key: 'k' },
  { word: 'systems', to: paths.systems, icon: IconApps, needs: 'requests:read', key: 'y' },
  { word: 'handovers', to: paths.handovers, icon: IconTransfer, needs: 'requests:read', key: 'v' },
  { word: 'requests', to: paths.requests, icon: IconUserQuestion, needs: 'requests:read', key: 'r' },
]

const ofCompany: readonly Place[] = [
  {
    word: 'subscription',
    to: paths.subscription,
    icon: IconCertificate,
    needs: 'subscription:read',
    key: 'l',
  },
  { word: 'audit', to: paths.audit, icon: IconListCheck, needs: 'audit:read', key: 'a' },
  { word: 'holds', to: paths.holds, icon: IconLock, needs: 'holds:read', key: 'o' },
  { word: 'tokens', to: paths.tokens, icon: IconKey, needs: 'tokens:read', key: 't' },
  { word: 'settings', to: paths.settings, icon: IconSettings, needs: 'company:write', key: 's' },
]

const own: readonly Place[] = [
  { word: 'mine', to: paths.mine, icon: IconBuilding, needs: null, key: 'm' },
  { word: 'me', to: paths.me, icon: IconUserCircle, needs: null, key: 'i' },
]

/** The places that someone may go to, in the order of the navigation. */
export function placesOf(session: Session): readonly (readonly Place[])[] {
  const allowed = (place: Place) => place.needs === null || session.can(place.needs)
  const mine = session.memberId === null ? own.filter(({ word }) => word !== 'mine') : own
  return [daily.filter(allowed), ofCompany.filter(allowed), mine]
}

/** The place that an address of a company belongs to; null for none of these. */
export function placeAt(pathname: string, slug: string): Place | null {
  const rest = pathname.replace(/\/+$/, '')
  const all = [...daily, ...ofCompany, ...own].filter(({ word }) => word !== 'home')
  const found = all.filter(({ to }) => rest === to(slug) || rest.startsWith(`${to(slug)}/`))
  return found.toSorted((one, other) => other.to(slug).length - one.to(slug).length)[0] ?? null
}

/** The sidebar, in the words of the person who works here. */
export function Navigation({ onGo }: { readonly onGo: () => void }) {
  const session = useSession()
  const t = useShellWords()
  const [top = [], company = [], mine = []] = placesOf(session)
  return (
    <AppShell.Section grow component={ScrollArea}>
      <Places places={top} onGo={onGo} />
      {company.length > 0 && (
        <Text size="xs" fw={600} c="dimmed" mt="md" mb={4} px="sm">
          {t('nav.company')}
        </Text>
      )}
      <Places places={company} onGo={onGo} />
      {top.length > 0 && <Divider my="sm" />}
      <Places places={mine} onGo={onGo} />
    </AppShell.Section>
  )
}

function Places({ places, onGo }: { readonly places: readonly Place[]; readonly onGo: () => void }) {
  const { slug } = useSession()
  const { pathname } = useLocation()
  const t = useShellWords()
  return places.map(({ word, to, icon: Icon }) => {
    const target = to(slug)
    const isHere = word === 'home' ? pathname.replace(/\/$/, '') === target : pathname.startsWith(target)
    return (
      <NavLink
        key={word}
        component={Link}
        to={target}
        onClick={onGo}
        label={t(`nav.${word}`)}
        leftSection={<Icon size={18} aria-hidden />}
        rightSection={word === 'tasks' && <TaskCount />}
        active={isHere}
        activeOptions={{ exact: word === 'home', includeSearch: false }}
        variant="light"
        style={{ borderRadius: 8 }}
      />
    )
  })
}
