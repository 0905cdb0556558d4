import { Button, SimpleGrid } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { Link, Navigate } from '@tanstack/react-router'
import { useRead } from '../../api/read.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../shell/session.tsx'
import { Page } from '../../ui/page.tsx'
import { EmptyState, LoadingState, ProblemAlert } from '../../ui/states.tsx'
import { HandOverLink } from '../handovers/parts/hand-over-link.tsx'
import { ImportButton } from '../imports/parts/import-button.tsx'
import { HandoverCards } from './handover-cards.tsx'
import { OperationCards } from './operation-cards.tsx'
import { OverdueCard } from './overdue-card.tsx'
import { DecisionCards, PeopleCards } from './people-cards.tsx'
import { MoveCards, StandingCards } from './standing-cards.tsx'
import { isAllClear, useTasks } from './tasks.ts'
import { useHomeWords } from './words.ts'

/** What needs a person, most urgent first, and nothing else; members go to their own numbers. */
export function Home() {
  const { can, slug } = useSession()
  return can('requests:read') ? <Tasks /> : <Navigate to={paths.mine(slug)} replace />
}

function Tasks() {
  const t = useHomeWords()
  const tasks = useTasks()
  return (
    <Page title={t('title')} text={t('text')} actions={<HandOverLink word="leaving" />}>
      <ProblemAlert problem={tasks.problem} />
      {tasks.isPending ? (
        <LoadingState rows={6} height={28} />
      ) : isAllClear(tasks) ? (
        tasks.problem === null && <AllClear />
      ) : (
        <SimpleGrid cols={{ base: 1, lg: 2 }} style={{ alignItems: 'start' }}>
          <DecisionCards tasks={tasks} />
          <OverdueCard tasks={tasks} />
          <PeopleCards tasks={tasks} />
          <HandoverCards tasks={tasks} />
          <OperationCards tasks={tasks} />
          <MoveCards tasks={tasks} />
          <StandingCards tasks={tasks} />
        </SimpleGrid>
      )}
    </Page>
  )
}

function AllClear() {
  const t = useHomeWords()
  const { slug, can } = useSession()
  const numbers = useRead('countNumbers', {})
  const people = useRead('listMembers', { query: { limit: 2 } })
  if (!numbers.data || !people.data) return <LoadingState rows={3} />
  const icon = <IconCircleCheck />
  const isWithoutPeople = people.data.items.length < 2
  const isWithoutNumbers = numbers.data.total === 0
  if (can('members:write') && (isWithoutPeople || isWithoutNumbers))
    return (
      <EmptyState title={t('begin.title')} text={t('begin.text')}>
        {isWithoutPeople && (
          <Button component={Link} to={paths.people(slug)}>
            {t('begin.people')}
          </Button>
        )}
        {isWithoutNumbers && (
          <Button component={Link} to={paths.numbers(slug)} variant={isWithoutPeople ? 'default' : 'filled'}>
            {t('begin.numbers')}
          </Button>
        )}
        <ImportButton />
      </EmptyState>
    )
  return (
    <EmptyState title={t('clear.title')} text={t('clear.text')} icon={icon}>
      <Button component={Link} to={paths.numbers(slug)} variant="default">
        {t('clear.numbers')}
      </Button>
      {can('numbers:write') && (
        <Button component={Link} to={paths.newBatch(slug)} variant="default">
          {t('clear.batch')}
        </Button>
      )}
    </EmptyState>
  )
}
