import { Button, Group, Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useRead } from '../../../api/read.ts'
import { paths } from '../../../paths.ts'
import { Section } from '../my-account/section.tsx'
import { AddEmail } from './add-email.tsx'
import { AddOutside } from './add-outside.tsx'
import { IdentifierLine } from './identifier-line.tsx'
import type { Account, Identifier } from './names.ts'
import { VendorLabel } from './vendor-label.tsx'
import { useSecurityWords } from './words.ts'

const outsideKinds = ['wechat', 'wecom', 'qq', 'wechat_official'] as const

/** What is bound to the account, by kind; both uses of each are shown apart (ACC-8). */
export function Identifiers({ account }: { readonly account: Account }) {
  return (
    <>
      <Mobile account={account} />
      <Emails account={account} />
      <Outside account={account} />
    </>
  )
}

function Mobile({ account }: { readonly account: Account }) {
  const t = useSecurityWords()
  const phones = account.identifiers.filter(({ kind }) => kind === 'phone')
  return (
    <Section
      title={t('mobile')}
      text={t('mobile.text')}
      actions={
        <Button component={Link} to={paths.changeMobile()} variant="default" disabled={account.isFrozen}>
          {t('mobile.change')}
        </Button>
      }
    >
      <Bound identifiers={phones} none={t('mobile.none')} />
      <VendorLabel label={t('vendor.mobile')} />
    </Section>
  )
}

function Emails({ account }: { readonly account: Account }) {
  const t = useSecurityWords()
  const [isAdding, setAdding] = useState(false)
  const emails = account.identifiers.filter(({ kind }) => kind === 'email')
  return (
    <Section
      title={t('email')}
      actions={
        <Button variant="default" disabled={account.isFrozen} onClick={() => setAdding(true)}>
          {t('email.add')}
        </Button>
      }
    >
      <Bound identifiers={emails} none={t('email.none')} />
      {isAdding && <AddEmail onClose={() => setAdding(false)} />}
    </Section>
  )
}

function Outside({ account }: { readonly account: Account }) {
  const t = useSecurityWords()
  const ways = useRead('readSignInWays', {})
  const bound = account.identifiers.filter(({ kind }) => kind !== 'phone' && kind !== 'email')
  return (
    <Section title={t('outside')} text={t('outside.text')}>
      <Bound identifiers={bound} none={t(ways.data?.oauth.length === 0 ? 'outside.away' : 'outside.none')} />
      <AddOutside kinds={outsideKinds} isFrozen={account.isFrozen} />
    </Section>
  )
}

function Bound({
  identifiers,
  none,
}: {
  readonly identifiers: readonly Identifier[]
  readonly none: string
}) {
  if (identifiers.length === 0) return <Text c="dimmed">{none}</Text>
  return (
    <Stack component="ul" gap="md" m={0} p={0} style={{ listStyle: 'none' }}>
      {identifiers.map((one) => (
        <Group component="li" key={one.identifierId}>
          <IdentifierLine identifier={one} />
        </Group>
      ))}
    </Stack>
  )
}
