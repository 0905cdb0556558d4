import { Button, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Item } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../shell/session.tsx'
import { useFormat } from '../../ui/format.ts'
import { ScreenLink } from '../../ui/link.tsx'
import { Phone, usePhone } from '../../ui/phone.tsx'
import { type AllOf, TaskCard } from './task-card.tsx'
import type { Found, Tasks } from './tasks.ts'
import { useHomeWords } from './words.ts'

type Move = Item<'listScheduledMoves'>

/** Moves that failed, that are due today, and numbers whose cool-down is about to end. */
export function MoveCards({ tasks }: { readonly tasks: Tasks }) {
  const t = useHomeWords()
  const format = useFormat()
  const { slug } = useSession()
  return (
    <>
      <MoveCard
        kind="failedMoves"
        found={tasks.failedMoves}
        all={{ to: paths.moves(slug), search: { state: 'failed' } }}
      />
      <MoveCard kind="today" found={tasks.today} all={{ to: paths.moves(slug) }} />
      {tasks.cooling.items.length > 0 && (
        <TaskCard<Item<'listNumbers'>>
          title={t('cooling.title')}
          text={t('cooling.text')}
          entries={tasks.cooling.items}
          hasMore={tasks.cooling.hasMore}
          entryKey={({ numberId }) => numberId}
          all={{ to: paths.numbers(slug), search: { coolingDown: true, waiting: true } }}
          render={(number) => (
            <>
              <ScreenLink to={paths.number(slug, number.numberId)}>
                <Phone e164={number.e164} />
              </ScreenLink>
              {number.availableAt && (
                <Text size="sm">
                  {t('cooling.until', {
                    time: format.time(number.availableAt),
                    relative: format.relative(number.availableAt),
                  })}
                </Text>
              )}
            </>
          )}
        />
      )}
    </>
  )
}

interface MoveCardProps {
  readonly kind: 'failedMoves' | 'today'
  readonly found: Found<Move>
  readonly all: AllOf
}

function MoveCard({ kind, found, all }: MoveCardProps) {
  const t = useHomeWords()
  const format = useFormat()
  const { slug } = useSession()
  const isFailed = kind === 'failedMoves'
  if (found.items.length === 0) return null
  return (
    <TaskCard<Move>
      title={t(`${kind}.title`)}
      text={t(`${kind}.text`)}
      entries={found.items}
      hasMore={found.hasMore}
      entryKey={({ moveId }) => moveId}
      all={all}
      render={(move) => (
        <>
          <ScreenLink to={paths.number(slug, move.numberId)}>
            <Phone e164={move.e164} />
          </ScreenLink>
          <Text size="sm">
            {t(move.kind === 'return' ? 'move.return' : 'move.to', {
              name: move.to.name,
              time: format.dateTime(move.dueAt),
            })}
          </Text>
        </>
      )}
      action={(move) => (
        <Button
          component={Link}
          to={isFailed ? paths.moves(slug) : paths.number(slug, move.numberId)}
          search={(isFailed ? { state: 'failed' } : {}) as never}
          size="compact-md"
          variant="default"
        >
          {t(isFailed ? 'why' : 'look')}
        </Button>
      )}
    />
  )
}

/** What can become a hindrance soon: licences, and holds that one person has lifted. */
export function StandingCards({ tasks }: { readonly tasks: Tasks }) {
  const t = useHomeWords()
  const phone = usePhone()
  const format = useFormat()
  const { slug } = useSession()
  const { scarceLicences, lifting } = tasks
  return (
    <>
      {scarceLicences && (
        <TaskCard
          title={t('licences.title')}
          entries={[scarceLicences]}
          isUncounted
          entryKey={() => 'licences'}
          all={{ to: paths.subscription(slug) }}
          render={({ free, total }) => (
            <Text>{t('licences.text', { count: free, total: format.number(total) })}</Text>
          )}
          action={() => (
            <Button component={Link} to={paths.subscription(slug)} size="compact-md" variant="default">
              {t('licences.action')}
            </Button>
          )}
        />
      )}
      {lifting.items.length > 0 && (
        <TaskCard<Item<'listLegalHolds'>>
          title={t('lifting.title')}
          text={t('lifting.text')}
          entries={lifting.items}
          hasMore={lifting.hasMore}
          entryKey={({ holdId }) => holdId}
          all={{ to: paths.holds(slug) }}
          render={({ subjectLabel }) => (
            <Text>{subjectLabel === null ? t('lifting.subject') : phone(subjectLabel)}</Text>
          )}
          action={() => (
            <Button component={Link} to={paths.holds(slug)} size="compact-md" variant="default">
              {t('decide')}
            </Button>
          )}
        />
      )}
    </>
  )
}
