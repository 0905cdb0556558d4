import { Alert, Stack, Text } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useRead } from '../../api/read.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../shell/session.tsx'
import { useFormat } from '../../ui/format.ts'
import { ScreenLink } from '../../ui/link.tsx'
import { Page } from '../../ui/page.tsx'
import { Await, LoadingState } from '../../ui/states.tsx'
import { Acceptances } from './handover-page/acceptances.tsx'
import { CoverageMeter } from './handover-page/coverage.tsx'
import { GoBar } from './handover-page/go-bar.tsx'
import { Outcome } from './handover-page/outcome.tsx'
import classes from './handover-page/plan.module.css'
import { Fact, PlanSummary } from './handover-page/plan-summary.tsx'
import { PlanView } from './handover-page/plan-view.tsx'
import { RunItems } from './handover-page/run-items.tsx'
import { Steer } from './handover-page/steer.tsx'
import { StillLinked } from './handover-page/still-linked.tsx'
import type { Handover } from './handover-page/types.ts'
import { HandoverState } from './parts/handover-state.tsx'
import { useHandoverWords } from './words.ts'

const liveMs = 1_000
const calmMs = 10_000
const planned: readonly Handover['state'][] = [
  'draft',
  'pending_approval',
  'approved',
  'scheduled',
  'stopped',
]

/** One handover: its plan before it starts, its run while it goes on, its receipt when it is over. */
export function HandoverPage() {
  const t = useHandoverWords()
  const { slug, can } = useSession()
  const { handoverId = '' } = useParams({ strict: false })
  const [everyMs, setEveryMs] = useState<number>(liveMs)
  const query = useRead('getHandover', { params: { handoverId } }, { everyMs })
  const handover = query.data
  const state = handover?.state
  useEffect(() => {
    setEveryMs(state === 'running' || state === 'undoing' ? liveMs : calmMs)
  }, [state])
  const name = handover?.leaver.name ?? ''
  const isAway = handover !== undefined && (query.error !== null || query.failureCount > 0)
  return (
    <Page
      title={handover ? t(`page.${handover.kind}`, { name }) : t('page.title')}
      badge={handover && <HandoverState handover={handover} />}
      text={handover && <Begun handover={handover} />}
      actions={handover && <Steer handover={handover} />}
      above={
        can('requests:read') ? (
          <ScreenLink to={paths.handovers(slug)}>{t('list.title')}</ScreenLink>
        ) : (
          <ScreenLink to={paths.mine(slug)}>{t('page.mine')}</ScreenLink>
        )
      }
    >
      {isAway && (
        <Alert role="alert" color="red" variant="outline" title={t('away.title')}>
          {t('away.text')}
        </Alert>
      )}
      <Await query={query}>{(shown) => <Shown handover={shown} />}</Await>
    </Page>
  )
}

function Shown({ handover }: { readonly handover: Handover }) {
  const isPlanned = planned.includes(handover.state)
  const { can } = useSession()
  return (
    <Stack gap="lg">
      <Facts handover={handover} />
      {isPlanned && can('handovers:write') ? (
        <Planned handover={handover} />
      ) : (
        <>
          {!isPlanned && handover.state !== 'cancelled' && <CoverageMeter handover={handover} />}
          <Outcome handover={handover} />
          {!isPlanned && handover.state !== 'cancelled' && <StillLinked handover={handover} />}
          <Acceptances handover={handover} />
          <RunItems handover={handover} />
        </>
      )}
    </Stack>
  )
}

function Planned({ handover }: { readonly handover: Handover }) {
  // The version tells the plans of one handover apart: what was decided anew is asked for anew.
  const query = useRead(
    'getPlan',
    { params: { handoverId: handover.handoverId }, query: { limit: 0 } },
    { keepsPrevious: true },
  )
  return (
    <Await query={query} loading={<LoadingState rows={8} height={36} />}>
      {(plan) => (
        <>
          <PlanSummary plan={plan} />
          <Acceptances handover={handover} />
          {(!plan.isWritten || handover.state === 'stopped') && <GoBar handover={handover} plan={plan} />}
          <PlanView handover={handover} plan={plan} />
          {plan.isWritten && handover.state !== 'stopped' && <GoBar handover={handover} plan={plan} />}
        </>
      )}
    </Await>
  )
}

function Begun({ handover }: { readonly handover: Handover }) {
  const t = useHandoverWords()
  const format = useFormat()
  const { createdAt, createdBy, createdByName, orderedByName, startedAt, finishedAt, undoneAt } = handover
  const who = createdByName ?? createdBy
  return (
    <Text span>
      {format.sentences(
        t('page.made', { time: format.dateTime(createdAt), who }),
        startedAt ? t('page.started', { time: format.dateTime(startedAt), who: orderedByName ?? who }) : '',
        finishedAt ? t('page.finished', { time: format.dateTime(finishedAt) }) : '',
        undoneAt ? t('page.undone', { time: format.dateTime(undoneAt) }) : '',
      )}
    </Text>
  )
}

function Facts({ handover }: { readonly handover: Handover }) {
  const t = useHandoverWords()
  const format = useFormat()
  const { slug, can } = useSession()
  const { leaver, effectiveAt, timeZone, endsAt, defaultSuccessor, fallback, reason, alreadyLeft } = handover
  const isAtOnce = planned.includes(handover.state) && Date.parse(effectiveAt) <= Date.now()
  return (
    <dl className={classes['facts']}>
      <Fact name={t('fact.who')}>
        {can('requests:read') ? (
          <ScreenLink to={paths.person(slug, leaver.memberId)}>{leaver.name}</ScreenLink>
        ) : (
          leaver.name
        )}
        {alreadyLeft && ` · ${t('fact.gone')}`}
      </Fact>
      <Fact name={t('fact.when')}>
        {isAtOnce ? t('fact.atOnce') : format.dateTime(effectiveAt)}
        {!isAtOnce && timeZone !== format.timeZone && ` · ${t('fact.zone', { zone: timeZone })}`}
      </Fact>
      {endsAt !== null && <Fact name={t('fact.ends')}>{format.dateTime(endsAt)}</Fact>}
      <Fact name={t('fact.to')}>{defaultSuccessor?.name ?? t('to.nobody')}</Fact>
      {fallback !== null && <Fact name={t('fact.fallback')}>{fallback.name}</Fact>}
      {reason !== null && <Fact name={t('fact.reason')}>{reason}</Fact>}
    </dl>
  )
}
