import { Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useRead } from '../../../api/read.ts'
import { useSession } from '../../../shell/session.tsx'
import { useCommonWords } from '../../../ui/common-words.ts'
import { useFormat } from '../../../ui/format.ts'
import { Section } from './section.tsx'
import { useMyAccountWords } from './words.ts'

/** Who one is in this company; changed by those who keep the list of people. */
export function Profile() {
  const t = useMyAccountWords()
  const common = useCommonWords()
  const f = useFormat()
  const { me, company, memberId } = useSession()
  const member = useRead(
    'readMember',
    { params: { memberId: memberId ?? '' } },
    { enabled: memberId !== null },
  ).data
  const name = me.account?.displayName ?? member?.name
  const departments = member?.departments.map((department) => department.name) ?? []
  return (
    <Section title={t('profile')} {...(memberId === null ? {} : { text: t('profile.wrong') })}>
      {memberId === null && <Text>{t('profile.operator')}</Text>}
      <dl
        style={{
          display: 'grid',
          gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 14rem), 1fr))',
          gap: '0.75rem 1.5rem',
          margin: 0,
        }}
      >
        {name !== undefined && <Fact name={t('profile.name')}>{name}</Fact>}
        <Fact name={t('profile.company')}>{company.name}</Fact>
        <Fact name={t('profile.role')}>{common(`role.${company.role}`)}</Fact>
        {departments.length > 0 && <Fact name={t('profile.departments')}>{f.list(departments)}</Fact>}
        {member && <Fact name={t('profile.staffCode')}>{member.staffCode}</Fact>}
        {me.account && <Fact name={t('profile.emails')}>{f.list(me.account.emails)}</Fact>}
      </dl>
    </Section>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <Text component="dt" size="sm" c="dimmed">
        {name}
      </Text>
      <Text component="dd" m={0} style={{ overflowWrap: 'anywhere' }}>
        {children}
      </Text>
    </div>
  )
}
