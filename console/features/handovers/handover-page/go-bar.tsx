import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconPlayerPlay, IconRefresh, IconUserCheck, IconUserQuestion } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useWrite } from '../../../api/write.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../shell/session.tsx'
import { useFormat } from '../../../ui/format.ts'
import { ScreenLink } from '../../../ui/link.tsx'
import { ProblemAlert } from '../../../ui/states.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { useHandoverWords } from '../words.ts'
import { DifferenceList } from './difference.tsx'
import classes from './plan.module.css'
import type { Handover, Plan } from './types.ts'

interface GoProps {
  readonly handover: Handover
  readonly plan: Plan
}

/** What comes next for a plan: write it down anew, ask who has to agree, approve it, or set it going. */
export function GoBar({ handover, plan }: GoProps) {
  const t = useHandoverWords()
  const hash = plan.planHash.slice(0, 8)
  if (!plan.isWritten || handover.state === 'stopped') return <PlanAgain handover={handover} plan={plan} />
  if (handover.state === 'pending_approval') return <Awaited handover={handover} plan={plan} />
  if (handover.state === 'scheduled') return null
  const needsSecond = plan.needsApproval && handover.approval.approvedBy === null
  const asked = handover.acceptances.some(({ state }) => state === 'asked')
  const answered = handover.acceptances.every(({ state }) => state === 'accepted' || state === 'declined')
  const needsAnswers = plan.needsAcceptance && !answered
  return (
    <div className={classes['bar']}>
      <Stack gap="sm">
        {needsSecond ? (
          <Ask handover={handover} plan={plan} word="second" />
        ) : needsAnswers && !asked ? (
          <Ask handover={handover} plan={plan} word="successors" />
        ) : needsAnswers ? (
          <Text fw={600}>{t('go.awaitsAnswers')}</Text>
        ) : (
          <Run handover={handover} plan={plan} />
        )}
        {handover.approval.approvedBy !== null && (
          <Text size="sm">{t('go.approvedBy', { name: handover.approval.approvedByName ?? '', hash })}</Text>
        )}
      </Stack>
    </div>
  )
}

function Run({ handover, plan }: GoProps) {
  const t = useHandoverWords()
  const format = useFormat()
  const run = useWrite('runHandover')
  const { handoverId, version, effectiveAt, actions } = handover
  if (!actions.includes('run')) return null
  const isLater = Date.parse(effectiveAt) > Date.now()
  const { blocked, planHash } = plan
  const go = () =>
    run.mutate({ params: { handoverId }, body: { planHash, despiteBlockers: blocked > 0 }, version })
  const word = blocked > 0 ? 'go.runRest' : isLater ? 'go.schedule' : 'go.run'
  return (
    <>
      {blocked > 0 && <Text size="sm">{t('go.blocked', { count: blocked })}</Text>}
      <ProblemAlert problem={run.error} />
      <Group>
        <Button
          onClick={go}
          loading={run.isPending}
          disabled={blocked === plan.total && plan.total > 0}
          leftSection={<IconPlayerPlay size={18} aria-hidden />}
        >
          {t(word, { time: format.dateTime(effectiveAt), count: blocked })}
        </Button>
        <Text size="sm">{t(isLater ? 'go.scheduleText' : 'go.runText')}</Text>
      </Group>
    </>
  )
}

function Ask({ handover, plan, word }: GoProps & { readonly word: 'second' | 'successors' }) {
  const t = useHandoverWords()
  const submit = useWrite('submitHandover')
  const { handoverId, version, actions } = handover
  return (
    <>
      <ProblemAlert problem={submit.error} />
      <Group>
        {actions.includes('submit') && (
          <Button
            leftSection={<IconUserQuestion size={18} aria-hidden />}
            loading={submit.isPending}
            onClick={() =>
              submit.mutate({ params: { handoverId }, body: { planHash: plan.planHash }, version })
            }
          >
            {t(`go.ask.${word}`)}
          </Button>
        )}
        {word === 'second' && <Approve handover={handover} plan={plan} />}
        <Text size="sm">{t(`go.askText.${word}`)}</Text>
      </Group>
    </>
  )
}

function Awaited({ handover, plan }: GoProps) {
  const t = useHandoverWords()
  const { slug } = useSession()
  const { requestId } = handover.approval
  return (
    <div className={classes['bar']}>
      <Stack gap="sm" align="flex-start">
        <Text fw={600}>{t('go.awaitsSecond', { hash: plan.planHash.slice(0, 8) })}</Text>
        <Approve handover={handover} plan={plan} />
        {requestId && (
          <ScreenLink to={paths.requests(slug)} search={{ request: requestId }}>
            {t('go.request')}
          </ScreenLink>
        )}
      </Stack>
    </div>
  )
}

/** Approves exactly the plan that is shown; not for whoever made it. */
function Approve({ handover, plan }: GoProps): ReactNode {
  const t = useHandoverWords()
  const toast = useToast()
  const { memberId } = useSession()
  const approve = useWrite('approveHandover')
  const { handoverId, version, actions, createdBy } = handover
  if (!actions.includes('approve') || createdBy === memberId) return null
  const { planHash } = plan
  return (
    <>
      <ProblemAlert problem={approve.error} />
      <Button
        leftSection={<IconUserCheck size={18} aria-hidden />}
        loading={approve.isPending}
        onClick={() =>
          approve.mutate(
            { params: { handoverId }, body: { planHash }, version },
            { onSuccess: () => toast.done(t('go.approved')) },
          )
        }
      >
        {t('go.approve', { hash: planHash.slice(0, 8) })}
      </Button>
    </>
  )
}

function PlanAgain({ handover, plan }: GoProps) {
  const t = useHandoverWords()
  const again = useWrite('planHandover')
  const { handoverId, version, actions, stopCause } = handover
  const difference = plan.difference ?? handover.difference
  const title = stopCause === null ? t('drift.title') : t(`drift.${stopCause}`)
  return (
    <Alert role="alert" color="orange" variant="outline" title={title}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t('drift.text')}</Text>
        {difference && <DifferenceList difference={difference} />}
        <ProblemAlert problem={again.error} />
        {actions.includes('plan') && (
          <Button
            leftSection={<IconRefresh size={18} aria-hidden />}
            loading={again.isPending}
            onClick={() => again.mutate({ params: { handoverId }, version })}
          >
            {t('drift.again')}
          </Button>
        )}
      </Stack>
    </Alert>
  )
}
