import { Alert, Button, Card, Grid, Group, Stack, Text, Title } from '@mantine/core'
import { IconArrowBackUp, IconCircleCheck, IconCircleOff } from '@tabler/icons-react'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useApi } from '../../api/company.tsx'
import { useRead } from '../../api/read.ts'
import { useWrite } from '../../api/write.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../shell/session.tsx'
import { useFormat } from '../../ui/format.ts'
import { ScreenLink } from '../../ui/link.tsx'
import { Page } from '../../ui/page.tsx'
import { LoadingState, ProblemState } from '../../ui/states.tsx'
import { useToast } from '../../ui/toast.tsx'
import { ClaimForm } from './parts/claim-form.tsx'
import { Instructions } from './parts/instructions.tsx'
import { type TaskDetail, usePersonWord, useReadable } from './parts/task.ts'
import { TaskState } from './parts/task-state.tsx'
import { TaskActions } from './task-page/actions.tsx'
import { TaskFacts } from './task-page/facts.tsx'
import { TaskHistory } from './task-page/history.tsx'
import { SaidToBeDone } from './task-page/said.tsx'
import { useTaskWords } from './words.ts'

/** One task: what to do and why, for whoever does it; what shows it, for whoever asked. */
export function TaskPage() {
  const { taskId = '' } = useParams({ strict: false })
  const t = useTaskWords()
  const query = useRead('readTask', { params: { taskId } })
  if (query.data) return <Shown key={taskId} task={query.data} />
  return (
    <Page title={t('task')} above={<Above />}>
      {query.error ? (
        <ProblemState problem={query.error} onRetry={() => query.refetch()} />
      ) : (
        <LoadingState rows={8} />
      )}
    </Page>
  )
}

function Above() {
  const t = useTaskWords()
  const { slug, can } = useSession()
  return <ScreenLink to={paths.tasks(slug)}>{t(can('requests:read') ? 'above' : 'above.mine')}</ScreenLink>
}

function Shown({ task }: { readonly task: TaskDetail }) {
  const say = useReadable()
  const t = useTaskWords()
  return (
    <Page
      title={say(task.title)}
      above={<Above />}
      badge={<TaskState state={task.state} />}
      actions={<TaskActions task={task} />}
    >
      <Ended task={task} />
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 8 }}>
          <Stack gap="lg">
            {(task.state === 'claimed' || task.state === 'observed') && <SaidToBeDone task={task} />}
            <Card withBorder>
              <Instructions words={task.instructions} link={task.link} />
            </Card>
            {task.state === 'planned' && <Claim task={task} />}
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <Stack gap="lg">
            <Card withBorder>
              <Title order={2} size="h4" mb="sm">
                {t('facts')}
              </Title>
              <TaskFacts task={task} />
            </Card>
            <Card withBorder>
              <Title order={2} size="h4" mb="sm">
                {t('history')}
              </Title>
              <TaskHistory task={task} />
            </Card>
          </Stack>
        </Grid.Col>
      </Grid>
    </Page>
  )
}

/** How it ended, or why it is to do again. */
function Ended({ task }: { readonly task: TaskDetail }) {
  const t = useTaskWords()
  const format = useFormat()
  const personOf = usePersonWord()
  const { state, endReason, observedAt } = task
  if (state === 'observed' && observedAt !== null)
    return (
      <Alert variant="outline" color="teal" icon={<IconCircleCheck />} title={t('ended.observed')}>
        {t('ended.observedText', {
          name: personOf(task.observedBy, task.observedByName),
          time: format.dateTime(observedAt),
        })}
        {task.observedNote && <Text size="sm">{task.observedNote}</Text>}
      </Alert>
    )
  if (state === 'cancelled')
    return (
      <Alert variant="outline" icon={<IconCircleOff />} title={t('ended.cancelled')}>
        {endReason}
      </Alert>
    )
  if (state === 'planned' && endReason !== null)
    return (
      <Alert variant="outline" color="red" icon={<IconArrowBackUp />} title={t('reopened')}>
        {t('reopenedText', { reason: endReason })}
      </Alert>
    )
  return null
}

function Claim({ task }: { readonly task: TaskDetail }) {
  const t = useTaskWords()
  const api = useApi()
  const toast = useToast()
  const claim = useWrite('claimTask')
  const { memberId } = useSession()
  const [isForThem, setForThem] = useState(false)
  const { taskId, forMemberId, forName, instructions } = task
  const name = forName ?? t('for.admins')
  const isOthers = forName !== null && (forMemberId === null || forMemberId !== memberId)
  if (!task.mayClaim || (isOthers && !isForThem))
    return (
      <Group>
        <Text>{t('claim.notYours', { name })}</Text>
        {/* Nobody consents for somebody else. */}
        {task.mayClaim && instructions.consent === null && (
          <Button variant="default" onClick={() => setForThem(true)}>
            {t('claim.forThem')}
          </Button>
        )}
      </Group>
    )
  return (
    <Card withBorder>
      <Title order={2} size="h4" mb="sm">
        {t('claim.title')}
      </Title>
      <ClaimForm
        instructions={instructions}
        files={task.evidence}
        uploadTo={(fileName) => api.address('addEvidence', { params: { taskId }, query: { fileName } })}
        onClaim={(body) =>
          claim.mutate({ params: { taskId }, body }, { onSuccess: () => toast.done(t('claim.done')) })
        }
        isBusy={claim.isPending}
        problem={claim.error}
      />
    </Card>
  )
}
