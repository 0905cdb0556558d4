import { Button, Group, List, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type Api, ApiProblem } from '../../../api/client.ts'
import { useApi } from '../../../api/company.tsx'
import { refreshCompany } from '../../../api/refresh.ts'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { ProblemAlert } from '../../../ui/states.tsx'
import { StatusBadge } from '../../../ui/status-badge.tsx'
import { useInTurn } from './in-turn.ts'
import { type Leaver, nameOf } from './use-leavers.ts'
import { useLeaverWords } from './words.ts'

interface Ran {
  readonly row: number
  readonly name: string
  readonly became: 'started' | 'asked' | ApiProblem
}

// Somebody else has to say yes first: they are asked.
const wantsOthers = [
  'handover.needs_approval',
  'handover.over_leavers',
  'handover.over_moves',
  'handover.needs_acceptance',
]
const notBegun: readonly string[] = ['draft', 'approved']

interface RunProps {
  readonly planned: readonly Leaver[]
  readonly onRun: () => Promise<void>
}

/** Sets the plans of the list going one after the other, each under the same rules as alone. */
export function RunPlans({ planned, onRun }: RunProps) {
  const t = useLeaverWords()
  const api = useApi()
  const client = useQueryClient()
  const [isAsking, setAsking] = useState(false)
  const turns = useInTurn<Leaver, Ran>(1)
  const run = useMutation<void, ApiProblem, readonly Leaver[]>({
    mutationFn: (all) => turns.begin(all, (some) => Promise.all(some.map((leaver) => runOne(api, leaver)))),
    onSettled: async () => {
      await onRun()
      void refreshCompany(client, api.company)
    },
  })
  const waiting = planned.filter(({ handover }) => handover && notBegun.includes(handover.state))
  const [first, ...others] = waiting.map(nameOf)
  const names = others.length === 0 ? (first ?? '') : t('names', { first: first ?? '', count: others.length })
  return (
    <>
      <Outcomes outcomes={turns.outcomes} />
      <ProblemAlert problem={run.error} />
      {turns.isBusy ? (
        <Stack gap="xs" role="status">
          <Text size="sm">{t('running', { done: turns.done, total: turns.total })}</Text>
          <Group>
            <Button variant="default" onClick={turns.stop}>
              {t('stop')}
            </Button>
          </Group>
        </Stack>
      ) : (
        waiting.length > 0 && (
          <Group>
            <Button variant="light" onClick={() => setAsking(true)}>
              {t('run', { count: waiting.length })}
            </Button>
          </Group>
        )
      )}
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('runTitle')}
        action={t('run', { count: waiting.length })}
        onConfirm={() => {
          setAsking(false)
          run.mutate(waiting)
        }}
      >
        {t('runText', { count: waiting.length, names })}
      </ConfirmDialog>
    </>
  )
}

async function runOne(api: Api, leaver: Leaver): Promise<Ran> {
  const about = { row: leaver.line.row, name: nameOf(leaver) }
  const params = { handoverId: leaver.handover?.handoverId ?? '' }
  try {
    const { planHash } = await api.call('getHandover', { params })
    const body = { planHash }
    try {
      await api.call('runHandover', { params, body }, { idempotencyKey: crypto.randomUUID() })
      return { ...about, became: 'started' }
    } catch (problem) {
      if (!(problem instanceof ApiProblem) || !wantsOthers.includes(problem.code)) throw problem
      await api.call('submitHandover', { params, body }, { idempotencyKey: crypto.randomUUID() })
      return { ...about, became: 'asked' }
    }
  } catch (problem) {
    // One that is refused keeps none of the others up; without Baton there is no going on.
    if (problem instanceof ApiProblem && problem.status >= 400 && problem.status < 500)
      return { ...about, became: problem }
    throw problem
  }
}

function Outcomes({ outcomes }: { readonly outcomes: readonly Ran[] }) {
  const t = useLeaverWords()
  if (outcomes.length === 0) return null
  return (
    <List listStyleType="none" spacing={4}>
      {outcomes.map(({ row, name, became }) => (
        <List.Item key={row}>
          <Group gap="xs">
            <Text fw={600}>{name}</Text>
            {became instanceof ApiProblem ? (
              <>
                <StatusBadge kind="bad">{became.message}</StatusBadge>
                <Text size="sm">{became.next}</Text>
              </>
            ) : (
              <StatusBadge kind={became === 'started' ? 'good' : 'wait'}>{t(became)}</StatusBadge>
            )}
          </Group>
        </List.Item>
      ))}
    </List>
  )
}
