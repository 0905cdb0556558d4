import { Group, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useRead } from '../../../api/read.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../shell/session.tsx'
import { useFormat } from '../../../ui/format.ts'
import { ScreenLink } from '../../../ui/link.tsx'
import { Await } from '../../../ui/states.tsx'
import type { Department } from '../parts/all-departments.ts'
import { namesOf, subtreeOf } from '../parts/department-tree.ts'
import { MemberStatusBadge } from '../parts/member-status.tsx'
import { useDepartmentWords } from './department-words.ts'
import classes from './departments.module.css'

const mostPeople = 20

interface DetailProps {
  readonly departments: readonly Department[]
  readonly department: Department
  /** What can be done with it. */
  readonly menu: ReactNode
}

/** One department: where it stands, and who is in it. */
export function DepartmentDetail({ departments, department, menu }: DetailProps) {
  const t = useDepartmentWords()
  const format = useFormat()
  const { departmentId, name, memberCount } = department
  const above = namesOf(departments)(departmentId).slice(0, -1)
  const below = subtreeOf(departments, departmentId).size - 1
  return (
    <Stack>
      <Group justify="space-between" align="flex-start" gap="sm">
        <div style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
          {above.length > 0 && (
            <Text size="sm" c="dimmed">
              {above.join(' › ')}
            </Text>
          )}
          <Title order={2} size="h3">
            {name}
          </Title>
          <Text size="sm" c="dimmed">
            {[
              t('people', { count: memberCount, amount: format.number(memberCount) }),
              ...(below > 0 ? [t('below', { count: below, amount: format.number(below) })] : []),
            ].join(' · ')}
          </Text>
        </div>
        {menu}
      </Group>
      <People departmentId={departmentId} />
    </Stack>
  )
}

function People({ departmentId }: { readonly departmentId: string }) {
  const t = useDepartmentWords()
  const { slug, can } = useSession()
  const people = useRead('listMembers', {
    query: { departmentId, includeSubdepartments: 'true', limit: mostPeople },
  })
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        {t('members')}
      </Title>
      <Await query={people}>
        {({ items }) =>
          items.length === 0 ? (
            <Text>
              {t('members.empty')} {can('members:write') && t('members.how')}
            </Text>
          ) : (
            <ul className={classes['people']} aria-label={t('members')}>
              {items.map(({ memberId, name, alias, status, departments }) => (
                <Group component="li" key={memberId} gap="xs">
                  <ScreenLink to={paths.person(slug, memberId)}>{name}</ScreenLink>
                  {alias && (
                    <Text span c="dimmed">
                      {alias}
                    </Text>
                  )}
                  {status !== 'active' && <MemberStatusBadge status={status} />}
                  {departments
                    .filter(({ isLead }) => isLead)
                    .map((place) => (
                      <Text key={place.departmentId} span size="sm" c="dimmed">
                        {t('members.lead', { department: place.name })}
                      </Text>
                    ))}
                </Group>
              ))}
            </ul>
          )
        }
      </Await>
      <ScreenLink to={paths.people(slug)} search={{ departmentId }}>
        {t('members.all')}
      </ScreenLink>
    </Stack>
  )
}
