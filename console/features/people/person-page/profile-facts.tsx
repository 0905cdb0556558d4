import { Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../shell/session.tsx'
import { useCommonWords } from '../../../ui/common-words.ts'
import { useFormat } from '../../../ui/format.ts'
import { ScreenLink } from '../../../ui/link.tsx'
import { usePhone } from '../../../ui/phone.tsx'
import { usePeopleWords } from '../words.ts'
import type { MemberDetail } from './member-detail.ts'
import { usePersonPageWords } from './page-words.ts'
import classes from './profile-facts.module.css'

/** Who somebody is, for those who only look. */
export function ProfileFacts({
  member,
  isOwnerOnly,
}: {
  readonly member: MemberDetail
  readonly isOwnerOnly: boolean
}) {
  const t = usePersonPageWords()
  const say = usePeopleWords()
  const common = useCommonWords()
  const format = useFormat()
  const { slug } = useSession()
  const phone = usePhone()
  const write = (number: string) => (member.contactMasked ? number : phone(number))
  const facts: readonly (readonly [string, ReactNode])[] = [
    [say('field.name'), member.name],
    [say('field.alias'), member.alias],
    [say('field.staffCode'), member.staffCode],
    [say('field.email'), member.email],
    [say('field.mobile'), member.mobile && write(member.mobile)],
    [say('field.destination'), member.destination ? write(member.destination) : t('profile.nowhere')],
    [say('field.title'), member.title],
    [
      say('field.departments'),
      format.list(
        member.departments.map(({ name, isLead }) => (isLead ? say('leads', { department: name }) : name)),
      ),
    ],
    [say('field.role'), common(`role.${member.role}`)],
    [
      say('field.manager'),
      member.managerId && (
        <ScreenLink to={paths.person(slug, member.managerId)}>{member.managerName ?? '…'}</ScreenLink>
      ),
    ],
    [say('column.account'), say(`account.${member.account}`)],
    [say('column.created'), format.dateTime(member.createdAt)],
  ]
  return (
    <Stack>
      {member.contactMasked && <Text>{t('profile.masked')}</Text>}
      {isOwnerOnly && <Text>{t('profile.ownerOnly')}</Text>}
      <dl className={classes['facts']}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value || common('none')}</dd>
          </div>
        ))}
      </dl>
    </Stack>
  )
}
