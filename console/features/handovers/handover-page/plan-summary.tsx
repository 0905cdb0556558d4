import { Alert, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useFormat } from '../../../ui/format.ts'
import { usePhone } from '../../../ui/phone.tsx'
import { readable } from '../../../ui/readable.ts'
import { useHandoverWords } from '../words.ts'
import classes from './plan.module.css'
import { Remarks } from './remarks.tsx'
import type { Plan } from './types.ts'

/** A plan in a few facts: who gets how much, licences, when it is done, and who has to agree. */
export function PlanSummary({ plan }: { readonly plan: Plan }) {
  const t = useHandoverWords()
  const format = useFormat()
  const phone = usePhone()
  const { groups, licences, finishAt, waitsForPeople, approvalReason } = plan
  const receivers = groups.filter(({ way, to }) => way === 'pass_on' && to !== null)
  return (
    <Stack gap="sm">
      <dl className={classes['facts']}>
        <Fact name={t('summary.items')}>{format.number(plan.total)}</Fact>
        {receivers.map(({ to, items }) => (
          <Fact key={to?.memberId} name={t('summary.gets', { name: to?.name ?? '' })}>
            {format.number(items)}
          </Fact>
        ))}
        <Fact name={t('summary.licences')}>
          {licences === 0
            ? t('summary.licencesSame')
            : t(licences > 0 ? 'summary.licencesMore' : 'summary.licencesFewer', {
                count: Math.abs(licences),
              })}
        </Fact>
        <Fact name={t('summary.finish')}>
          {format.dateTime(finishAt)}
          {waitsForPeople > 0 && ` · ${t('summary.people', { count: waitsForPeople })}`}
        </Fact>
        <Fact name={t('summary.hash')}>
          <span style={{ fontFamily: 'monospace' }}>{plan.planHash.slice(0, 8)}</span>
        </Fact>
      </dl>
      <Remarks tone="warning" remarks={plan.remarks} />
      {approvalReason && (
        <Alert variant="outline" title={readable(approvalReason.title, format, phone)}>
          <Text size="sm">{readable(approvalReason.next, format, phone)}</Text>
        </Alert>
      )}
    </Stack>
  )
}

export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
