import { Stack, Text, TextInput, UnstyledButton } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { Link, useLocation } from '@tanstack/react-router'
import { useState } from 'react'
import { paths } from '../../paths.ts'
import { useCommonWords } from '../../ui/common-words.ts'
import { ScreenLink } from '../../ui/link.tsx'
import { likeScreen } from '../like-screen.ts'
import { useSession } from '../session.tsx'
import { useShellWords } from '../words.ts'
import classes from './choices.module.css'

const searchFrom = 9

/** The companies that one belongs to, with a search where they are many. */
export function Choices({ onGo }: { readonly onGo: () => void }) {
  const t = useShellWords()
  const { me } = useSession()
  const [search, setSearch] = useState('')
  const wanted = search.trim().toLocaleLowerCase()
  const isWanted = ({ name }: { readonly name: string }) => name.toLocaleLowerCase().includes(wanted)
  const open = me.memberships.filter(isWanted)
  const suspended = me.suspendedIn.filter(isWanted)
  const isLong = me.memberships.length + me.suspendedIn.length >= searchFrom
  return (
    <Stack gap="xs">
      {isLong && (
        <TextInput
          aria-label={t('switcher.search')}
          placeholder={t('switcher.search')}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          data-autofocus
        />
      )}
      <ul className={classes['list']}>
        {open.map((company) => (
          <li key={company.companyId}>
            <Choice company={company} onGo={onGo} />
          </li>
        ))}
        {suspended.map(({ companyId, name }) => (
          <li key={companyId} className={classes['shut']}>
            <Text c="dimmed">{name}</Text>
            <Text size="sm" c="dimmed">
              {t('switcher.suspended')}
            </Text>
          </li>
        ))}
      </ul>
      {open.length + suspended.length === 0 && (
        <Text role="status" size="sm" c="dimmed" px="xs">
          {t('switcher.found')}
        </Text>
      )}
      <ScreenLink to={paths.companies()} search={{ choose: 'yes' }} size="sm" px="xs" py="xs">
        {t('switcher.all')}
      </ScreenLink>
    </Stack>
  )
}

type Company = ReturnType<typeof useSession>['me']['memberships'][number]

function Choice({ company, onGo }: { readonly company: Company; readonly onGo: () => void }) {
  const common = useCommonWords()
  const { slug } = useSession()
  const { pathname } = useLocation()
  const isHere = company.slug === slug
  return (
    <UnstyledButton
      component={Link}
      to={isHere ? paths.home(slug) : likeScreen(pathname, slug, company)}
      onClick={onGo}
      className={classes['choice']}
      aria-current={isHere ? 'true' : undefined}
    >
      <span className={classes['name']}>{company.name}</span>
      <Text size="sm" c="dimmed" component="span">
        {common(`role.${company.role}`)}
      </Text>
      {isHere && <IconCheck size={18} aria-hidden />}
    </UnstyledButton>
  )
}
