import { Button, Checkbox } from '@mantine/core'
import { useFormat } from '../../../ui/format.ts'
import { useHeldThing } from '../parts/held-thing.ts'
import { useHandoverWords } from '../words.ts'
import classes from './plan.module.css'
import { Remarks } from './remarks.tsx'
import type { PlanItem } from './types.ts'

interface PlanRowProps {
  readonly item: PlanItem
  readonly isSelected: boolean
  readonly onSelect: ((isOn: boolean) => void) | null
  readonly onChoose: (() => void) | null
}

/** One holding of a plan: what it is, what becomes of it, and what is to be said of that. */
export function PlanRow({ item, isSelected, onSelect, onChoose }: PlanRowProps) {
  const t = useHandoverWords()
  const thing = useHeldThing()(item)
  return (
    <div className={classes['row']} data-blocked={item.blockers.length > 0}>
      {onSelect && (
        <Checkbox
          aria-label={t('plan.select', { thing })}
          checked={isSelected}
          onChange={({ currentTarget: { checked } }) => onSelect(checked)}
        />
      )}
      <div className={classes['body']}>
        <div className={classes['line']}>
          <strong>{thing}</strong>
          <span>{useWayWords()(item)}</span>
        </div>
        <Particulars item={item} />
        <Remarks tone="blocker" remarks={item.blockers} onChoose={onChoose ?? undefined} />
        <Remarks tone="lost" remarks={item.lostForEver} />
        <Remarks tone="warning" remarks={item.warnings} />
        <Remarks tone="visible" remarks={item.becomesVisible} />
      </div>
      {onChoose && (item.ways.length > 1 || item.way === 'pass_on') && (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t('plan.changeOf', { thing })}
          onClick={onChoose}
        >
          {t('plan.change')}
        </Button>
      )}
    </div>
  )
}

/** What becomes of a holding, in words. */
export function useWayWords() {
  const t = useHandoverWords()
  return ({ way, to }: Pick<PlanItem, 'way' | 'to'>): string => {
    if (way !== 'pass_on') return t(`way.${way}`)
    return to === null ? t('way.passNobody') : t('way.pass_on', { name: to.name })
  }
}

function Particulars({ item }: { readonly item: PlanItem }) {
  const t = useHandoverWords()
  const format = useFormat()
  const { since, phase, history, returnAt, waitsFor, notBefore, isReversible, isChosen } = item
  const isLater = notBefore !== null && Date.parse(notBefore) > Date.now() + 60_000
  const parts = [
    t(`phase.${phase}`),
    since !== null && t('plan.since', { date: format.date(since) }),
    history !== null && t(`plan.history.${history}`),
    returnAt !== null && t('plan.returns', { time: format.dateTime(returnAt) }),
    waitsFor !== null && t(`waits.${waitsFor}`),
    isLater && notBefore !== null && t('plan.notBefore', { time: format.dateTime(notBefore) }),
    !isReversible && t('plan.irreversible'),
    isChosen && t('plan.chosen'),
  ]
  return <div className={classes['detail']}>{parts.filter(Boolean).join(' · ')}</div>
}
