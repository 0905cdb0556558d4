import { Anchor, Breadcrumbs, Container, Group, Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { paths } from '../../../paths.ts'
import { LanguageSwitch } from '../../../ui/language-switch.tsx'
import { Page } from '../../../ui/page.tsx'
import touch from '../../../ui/touch.module.css'
import classes from './frame.module.css'
import { useSecurityWords } from './words.ts'

interface AccountPageProps {
  readonly title: string
  readonly text?: ReactNode
  /** What stands between "Account & security" and this page, in the vendor's order (ALL-8). */
  readonly under?: readonly string[]
  readonly children: ReactNode
}

/** A page of the own account: it belongs to no company, and says where it is in the words of the seed. */
export function AccountFrame({ title, text, under, children }: AccountPageProps) {
  const t = useSecurityWords()
  const isInside = under !== undefined
  return (
    <Container
      component="main"
      className={`${touch['touch']} ${classes['account']}`}
      size={760}
      py={{ base: 'md', sm: 'xl' }}
      px={{ base: 'sm', sm: 'md' }}
    >
      <Stack gap="lg">
        <Group justify="space-between">
          <Group gap="sm">
            <img src="/icon.svg" alt="" width={36} height={36} />
            <Text fw={700} size="xl">
              Baton
            </Text>
          </Group>
          <Group gap="sm">
            <Anchor component={Link} to={paths.companies()}>
              {t('toCompanies')}
            </Anchor>
            <LanguageSwitch />
          </Group>
        </Group>
        <Page
          title={title}
          {...(text === undefined ? {} : { text })}
          above={
            <Breadcrumbs component="nav" aria-label={t('where')} separator="›" separatorMargin={6} mb={6}>
              <span>{t('settings')}</span>
              {isInside ? (
                <Anchor component={Link} to={paths.account()}>
                  {t('title')}
                </Anchor>
              ) : (
                <span>{t('title')}</span>
              )}
              {under?.map((name) => (
                <span key={name}>{name}</span>
              ))}
            </Breadcrumbs>
          }
        >
          {children}
        </Page>
      </Stack>
    </Container>
  )
}
