import { Button, Card, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { PhoneNumber } from '../../../../src/features/numbers/model.ts'
import { useApi } from '../../../api/company.tsx'
import { refreshCompany } from '../../../api/refresh.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../shell/session.tsx'
import { useCommonWords } from '../../../ui/common-words.ts'
import { useFormat } from '../../../ui/format.ts'
import { ScreenLink } from '../../../ui/link.tsx'
import { Countdown } from '../parts/countdown.tsx'
import { useCountryName } from '../parts/countries.ts'
import { FieldsEdit } from './fields-edit.tsx'
import { useNumberPageWords } from './page-words.ts'
import classes from './summary.module.css'

/** How things stand with a number, in a few facts. */
export function NumberSummary({
  number,
  onUndo,
}: {
  readonly number: PhoneNumber
  readonly onUndo: () => void
}) {
  const t = useNumberPageWords()
  const common = useCommonWords()
  const format = useFormat()
  const { slug } = useSession()
  const country = useCountryName(t('fact.noCountry'))
  return (
    <Card withBorder>
      <Stack>
        <dl className={classes['facts']}>
          <Fact word={t('fact.holder')}>
            {number.holder ? (
              <ScreenLink to={paths.person(slug, number.holder.memberId)}>{number.holder.name}</ScreenLink>
            ) : (
              t(number.state === 'released' ? 'fact.released' : 'fact.parked')
            )}
          </Fact>
          <Fact word={t(`fact.since.${number.state}`)}>
            {format.dateTime(number.heldSince)}
            <Text size="sm" c="dimmed">
              {format.relative(number.heldSince)}
            </Text>
          </Fact>
          {number.state !== 'released' && <MovesAgain number={number} />}
          <UndoFact number={number} onUndo={onUndo} />
          <Fact word={t('fact.licence')}>{t(number.licensed ? 'fact.licence.yes' : 'fact.licence.no')}</Fact>
          <Fact word={t('fact.kind')}>
            {t('fact.kindText', {
              type: common(`numberType.${number.type}`),
              country: country(number.country),
            })}
          </Fact>
          <Fact word={t('fact.added')}>{format.date(number.createdAt)}</Fact>
        </dl>
        <FieldsEdit number={number} />
      </Stack>
    </Card>
  )
}

function Fact({ word, children }: { readonly word: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{word}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function MovesAgain({ number: { availableAt } }: { readonly number: PhoneNumber }) {
  const t = useNumberPageWords()
  const format = useFormat()
  const client = useQueryClient()
  const { company } = useApi()
  return (
    <Fact word={t('fact.movesAgain')}>
      {availableAt === null ? (
        t('fact.movesNow')
      ) : (
        <>
          {t('fact.movesAt', { time: format.time(availableAt) })}
          <Text size="sm" c="dimmed" component="div">
            {t('fact.movesIn')}{' '}
            <Countdown until={availableAt} onEnd={() => void refreshCompany(client, company)} />
          </Text>
        </>
      )}
    </Fact>
  )
}

function UndoFact({ number, onUndo }: { readonly number: PhoneNumber; readonly onUndo: () => void }) {
  const t = useNumberPageWords()
  const common = useCommonWords()
  const format = useFormat()
  const { can } = useSession()
  if (number.undoUntil === null) return null
  return (
    <Fact word={t('fact.undo')}>
      {format.dateTime(number.undoUntil)}
      {can('numbers:write') && (
        <div>
          <Button size="compact-sm" variant="default" mt={4} onClick={onUndo} aria-label={t('fact.undo.act')}>
            {common('undo')}
          </Button>
        </div>
      )}
    </Fact>
  )
}
