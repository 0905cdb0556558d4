import { Text } from '@mantine/core'
import { useMemo } from 'react'
import type { Item } from '../../../api/client.ts'
import { useRead } from '../../../api/read.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../shell/session.tsx'
import { useCommonWords } from '../../../ui/common-words.ts'
import type { Column } from '../../../ui/data-table/model.ts'
import { useFormat } from '../../../ui/format.ts'
import { ScreenLink } from '../../../ui/link.tsx'
import { Phone } from '../../../ui/phone.tsx'
import { MemberStatusBadge } from '../parts/member-status.tsx'
import { usePeopleWords } from '../words.ts'

export type ListedMember = Item<'listMembers'>

/** Every column of the list. */
export function useMemberColumns(): readonly Column<ListedMember>[] {
  const person = usePersonColumns()
  const standing = useStandingColumns()
  const particulars = useParticularColumns()
  return useMemo(() => [...person, ...standing, ...particulars], [person, standing, particulars])
}

function usePersonColumns(): readonly Column<ListedMember>[] {
  const t = usePeopleWords()
  const format = useFormat()
  const { slug } = useSession()
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('column.name'),
        cell: ({ memberId, name, alias }) => (
          <>
            <ScreenLink to={paths.person(slug, memberId)}>{name}</ScreenLink>
            {alias && (
              <Text span c="dimmed" ml={6} fz="inherit">
                {alias}
              </Text>
            )}
          </>
        ),
        sort: 'name',
        width: 210,
        isFixed: true,
      },
      {
        id: 'staffCode',
        header: t('column.staffCode'),
        cell: ({ staffCode }) => staffCode,
        sort: 'staffCode',
        width: 120,
      },
      {
        id: 'departments',
        header: t('column.departments'),
        cell: ({ departments }) =>
          departments.length > 0 ? (
            format.list(
              departments.map(({ name, isLead }) => (isLead ? t('leads', { department: name }) : name)),
            )
          ) : (
            <Nothing />
          ),
      },
    ],
    [t, format, slug],
  )
}

function useStandingColumns(): readonly Column<ListedMember>[] {
  const t = usePeopleWords()
  const common = useCommonWords()
  const held = useHeldWords()
  return useMemo(
    () => [
      {
        id: 'role',
        header: t('column.role'),
        cell: ({ role }) => common(`role.${role}`),
        width: 155,
      },
      {
        id: 'status',
        header: t('column.status'),
        cell: ({ status }) => <MemberStatusBadge status={status} />,
        width: 115,
      },
      {
        id: 'numbers',
        header: t('column.numbers'),
        cell: ({ numbersHeld }) => held(numbersHeld),
        width: 95,
        align: 'end',
      },
      {
        id: 'account',
        header: t('column.account'),
        cell: ({ account }) => t(`account.${account}`),
        width: 105,
      },
    ],
    [t, common, held],
  )
}

/** Says how many numbers somebody holds of those that one may, as far as the reader may know that. */
function useHeldWords(): (numbersHeld: number) => string {
  const t = usePeopleWords()
  const format = useFormat()
  const { can } = useSession()
  const cap = useRead('readSubscription', {}, { enabled: can('subscription:read'), staleMs: 300_000 }).data
    ?.cap
  return useMemo(
    () => (numbersHeld) => {
      const held = format.number(numbersHeld)
      return cap === undefined ? held : t('numbers.ofCap', { held, cap: format.number(cap) })
    },
    [t, format, cap],
  )
}

function useParticularColumns(): readonly Column<ListedMember>[] {
  const t = usePeopleWords()
  const format = useFormat()
  const { slug } = useSession()
  return useMemo(
    () => [
      {
        id: 'manager',
        header: t('column.manager'),
        cell: ({ managerId, managerName }) =>
          managerId === null ? (
            <Nothing />
          ) : (
            <ScreenLink to={paths.person(slug, managerId)}>{managerName ?? '…'}</ScreenLink>
          ),
        width: 150,
        isShownFirst: false,
      },
      {
        id: 'email',
        header: t('column.email'),
        cell: ({ email }) => email ?? <Nothing />,
        width: 220,
        isShownFirst: false,
      },
      {
        id: 'mobile',
        header: t('column.mobile'),
        cell: ({ mobile, contactMasked }) =>
          mobile === null ? <Nothing /> : contactMasked ? mobile : <Phone e164={mobile} />,
        width: 160,
        isShownFirst: false,
      },
      {
        id: 'title',
        header: t('column.jobTitle'),
        cell: ({ title }) => title ?? <Nothing />,
        width: 160,
        isShownFirst: false,
      },
      {
        id: 'created',
        header: t('column.created'),
        cell: ({ createdAt }) => format.dateTime(createdAt),
        sort: 'createdAt',
        isNewestFirst: true,
        width: 170,
        isShownFirst: false,
      },
    ],
    [t, format, slug],
  )
}

function Nothing() {
  return (
    <Text span c="dimmed" aria-hidden data-nothing>
      –
    </Text>
  )
}
