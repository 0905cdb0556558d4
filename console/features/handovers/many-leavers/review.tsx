import { Alert, Button, Group, Stack, Table, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { useFormat } from '../../../ui/format.ts'
import { ProblemAlert } from '../../../ui/states.tsx'
import { TableScroller } from '../../../ui/table-scroller.tsx'
import { LeaverRow } from './leaver-row.tsx'
import { MakePlans } from './make-plans.tsx'
import { RunPlans } from './run-plans.tsx'
import type { Leaver, Leavers } from './use-leavers.ts'
import { useLeaverWords } from './words.ts'

const groups = ['choose', 'cannot', 'ready', 'planned'] as const

interface ReviewProps {
  readonly leavers: Leavers
  readonly read: NonNullable<Leavers['read']>
}

/** What a list means, by what has to be done about it; then its plans are made, and set going. */
export function Review({ leavers, read }: ReviewProps) {
  const t = useLeaverWords()
  const format = useFormat()
  const { items, unread } = read
  const of = (group: Leaver['group']) => items.filter((leaver) => leaver.group === group)
  return (
    <Stack>
      {unread.length > 0 && (
        <Alert variant="outline" color="gray">
          <Text size="sm">{t('unread', { count: unread.length, names: format.list(unread) })}</Text>
        </Alert>
      )}
      <ProblemAlert problem={leavers.problem} />
      {groups.map((group) => (
        <LeaverGroup key={group} group={group} found={of(group)} leavers={leavers} />
      ))}
      <MakePlans ready={of('ready')} onMade={leavers.lookAgain} />
      <RunPlans planned={of('planned')} onRun={leavers.lookAgain} />
      <Group>
        <Button variant="default" loading={leavers.isBusy} onClick={() => void leavers.lookAgain()}>
          {t('look')}
        </Button>
        <Button variant="default" onClick={leavers.forget}>
          {t('again')}
        </Button>
      </Group>
    </Stack>
  )
}

const shownAtOnce = 25

interface GroupProps {
  readonly group: (typeof groups)[number]
  readonly found: readonly Leaver[]
  readonly leavers: Leavers
}

function LeaverGroup({ group, found, leavers }: GroupProps) {
  const t = useLeaverWords()
  const format = useFormat()
  const [shown, setShown] = useState(shownAtOnce)
  if (found.length === 0) return null
  const title = t(`group.${group}`, { number: format.number(found.length) })
  const more = Math.min(found.length - shown, 4 * shownAtOnce)
  return (
    <div>
      <Title order={2} size="h4">
        {title}
      </Title>
      <TableScroller label={title} minWidth={720}>
        <Table verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('who')}</Table.Th>
              <Table.Th>{t('to')}</Table.Th>
              <Table.Th>{t('when')}</Table.Th>
              <Table.Td />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {found.slice(0, shown).map((leaver) => (
              <LeaverRow key={leaver.line.row} leaver={leaver} onChoose={leavers.choose} />
            ))}
          </Table.Tbody>
        </Table>
      </TableScroller>
      {more > 0 && (
        <Button variant="subtle" onClick={() => setShown(shown + more)}>
          {t('more', { count: more })}
        </Button>
      )}
    </div>
  )
}
