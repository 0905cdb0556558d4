import { Button, Group, Stack, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { usePages } from '../../../api/read.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../shell/session.tsx'
import { useCommonWords } from '../../../ui/common-words.ts'
import { EmptyState, LoadingState, ProblemAlert, ProblemState } from '../../../ui/states.tsx'
import { useNumberActions } from '../../numbers/parts/number-actions.tsx'
import { PassAllOn } from '../actions/pass-all-on.tsx'
import { AllHoldings } from './all-holdings.tsx'
import { HeldNumber } from './held-number.tsx'
import classes from './holds-tab.module.css'
import type { MemberDetail } from './member-detail.ts'
import { usePersonPageWords } from './page-words.ts'

/** Everything that a person holds (HAN-1), and the ways to pass it on. */
export function HoldsTab({ member }: { readonly member: MemberDetail }) {
  const t = usePersonPageWords()
  const { slug, can } = useSession()
  const { holdings, name, status } = member
  const others = holdings.filter(({ kind }) => kind !== 'number')
  if (holdings.length === 0)
    return (
      <EmptyState
        title={t('empty.title', { name })}
        {...(status === 'active' ? { text: t('empty.text') } : {})}
      >
        {can('numbers:write') && status === 'active' && (
          <Button component={Link} to={paths.numbers(slug)} search={{ state: 'parked' } as never}>
            {t('empty.action')}
          </Button>
        )}
      </EmptyState>
    )
  return (
    <Stack gap="lg">
      {holdings.length > others.length && <Numbers member={member} count={holdings.length - others.length} />}
      <AllHoldings memberId={member.memberId} />
    </Stack>
  )
}

function Numbers({ member, count }: { readonly member: MemberDetail; readonly count: number }) {
  const t = usePersonPageWords()
  const common = useCommonWords()
  const { act, dialogs } = useNumberActions()
  const { items, query } = usePages('listNumbers', {
    query: { holderId: member.memberId, sort: 'e164' },
  })
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="xs">
        <Title order={2} size="h4">
          {t('holds.numbers', { count })}
        </Title>
        <PassAllOn detail={member} />
      </Group>
      {query.isPending && <LoadingState rows={Math.min(count, 6)} height={44} />}
      {query.error && items.length === 0 && (
        <ProblemState problem={query.error} onRetry={() => query.refetch()} />
      )}
      <ul className={classes['list']} aria-label={t('holds.list')}>
        {items.map((number) => (
          <HeldNumber key={number.numberId} number={number} onAct={act} />
        ))}
      </ul>
      {query.isFetchNextPageError && <ProblemAlert problem={query.error} />}
      {query.hasNextPage && (
        <Button
          variant="subtle"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {common('showMore')}
        </Button>
      )}
      {dialogs}
    </Stack>
  )
}
