import { Alert, Button, Group, List, Progress, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Answer, ApiProblem } from '../../../api/client.ts'
import { useApi } from '../../../api/company.tsx'
import { ProblemAlert } from '../../../ui/states.tsx'
import { useInTurn } from './in-turn.ts'
import { type Leaver, nameOf } from './use-leavers.ts'
import { useLeaverWords } from './words.ts'

type Made = Answer<'createHandovers'>['items'][number]

const atOnce = 10

interface MakeProps {
  readonly ready: readonly Leaver[]
  readonly onMade: () => Promise<void>
}

/** Makes the plans, some at a time; whoever has one by now gets no second, so that it can be begun again at any point. */
export function MakePlans({ ready, onMade }: MakeProps) {
  const t = useLeaverWords()
  const api = useApi()
  const turns = useInTurn<Leaver, Made>(atOnce)
  const [needsApproval, setNeedsApproval] = useState(false)
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map())
  const make = useMutation<void, ApiProblem, readonly Leaver[]>({
    mutationFn: async (all) => {
      setNames(new Map(all.map((leaver) => [leaver.leaver?.memberId ?? '', nameOf(leaver)])))
      await turns.begin(all, async (some) => {
        const body = { leavers: some.flatMap(orderOf), unlessLeaving: true }
        const answer = await api.call('createHandovers', { body }, { idempotencyKey: crypto.randomUUID() })
        setNeedsApproval((before) => before || answer.needsApproval)
        return answer.items
      })
    },
    onSettled: onMade,
  })
  const refused = turns.outcomes.filter(({ handover }) => handover === null)
  return (
    <>
      {needsApproval && (
        <Alert variant="outline" color="orange">
          <Text size="sm">{t('needsApproval')}</Text>
        </Alert>
      )}
      {refused.length > 0 && (
        <Alert role="alert" variant="outline" color="red" title={t('refused')}>
          <List size="sm">
            {refused.map(({ leaverId, title, next }) => (
              <List.Item key={leaverId}>{`${names.get(leaverId) ?? ''}: ${title} ${next}`}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      <ProblemAlert problem={make.error} />
      {turns.isBusy ? (
        <Stack gap="xs" role="status">
          <Text size="sm">{t('making', { done: turns.done, total: turns.total })}</Text>
          <Progress value={(100 * turns.done) / turns.total} aria-label={t('progress')} />
          <Group>
            <Button variant="default" onClick={turns.stop}>
              {t('stop')}
            </Button>
          </Group>
        </Stack>
      ) : (
        ready.length > 0 && (
          <Group>
            <Button loading={make.isPending} onClick={() => make.mutate(ready)}>
              {t('make', { count: ready.length })}
            </Button>
          </Group>
        )
      )}
    </>
  )
}

/** Exactly what the line shows: the manager of today, not the one of the moment at which the plan is made. */
function orderOf({ leaver, successor, effectiveAt }: Leaver) {
  if (leaver === null) return []
  return [
    {
      leaverId: leaver.memberId,
      successorId: successor?.memberId ?? null,
      ...(effectiveAt === null ? {} : { effectiveAt }),
    },
  ]
}
