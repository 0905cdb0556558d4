import { Chip, Group, Stack, Text, VisuallyHidden } from '@mantine/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useMemo, useRef, useState } from 'react'
import { useBlockWords } from '../block-words.ts'
import { useFormat } from '../format.ts'
import { type Counts, countSigns, type PlanLine, planLines, presentSigns } from './lines.ts'
import type { PlanDiffProps, Sign } from './model.ts'
import classes from './plan-diff.module.css'

const virtualAbove = 200
const words = { '+': 'plan.gains', '~': 'plan.changes', '-': 'plan.loses', '!': 'plan.problems' } as const

/** What would happen, line by line, before it does: gained, changed, lost, in the way. */
export function PlanDiff({ label, groups }: PlanDiffProps) {
  const t = useBlockWords()
  const [wanted, setWanted] = useState<Sign | null>(null)
  const counts = useMemo(() => countSigns(groups.flatMap(({ rows }) => rows)), [groups])
  // A plan that was made anew may have lost the sign that was looked at.
  const sign = wanted !== null && counts[wanted] > 0 ? wanted : null
  const lines = useMemo(() => planLines(groups, sign), [groups, sign])
  return (
    <Stack gap="sm" role="group" aria-label={label}>
      <SignFilter counts={counts} sign={sign} onSign={setWanted} />
      {lines.length === 0 ? (
        <Text c="dimmed">{t('plan.none')}</Text>
      ) : lines.length > virtualAbove ? (
        <LongPlan label={label} lines={lines} />
      ) : (
        <ul aria-label={label} className={classes['plan']}>
          {lines.map((line) => (
            <li key={line.key}>
              <Line line={line} />
            </li>
          ))}
        </ul>
      )}
    </Stack>
  )
}

function SignFilter(filter: {
  readonly counts: Counts
  readonly sign: Sign | null
  readonly onSign: (sign: Sign | null) => void
}) {
  const t = useBlockWords()
  const format = useFormat()
  const { counts, sign, onSign } = filter
  const total = counts['+'] + counts['~'] + counts['-'] + counts['!']
  return (
    <Chip.Group
      multiple={false}
      value={sign ?? 'all'}
      onChange={(value) => onSign(presentSigns(counts).find((known) => known === value) ?? null)}
    >
      <Group gap="xs" role="radiogroup" aria-label={t('plan.filter')}>
        <Chip value="all" size="sm" variant="outline">
          {t('plan.counted', { word: t('plan.all'), number: format.number(total) })}
        </Chip>
        {presentSigns(counts).map((known) => (
          <Chip key={known} value={known} size="sm" variant="outline">
            {t('plan.counted', { word: t(words[known]), number: format.number(counts[known]) })}
          </Chip>
        ))}
      </Group>
    </Chip.Group>
  )
}

function LongPlan({ label, lines }: { readonly label: string; readonly lines: readonly PlanLine[] }) {
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer<HTMLDivElement, HTMLLIElement>({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (lines[index]?.kind === 'group' ? 56 : 36),
    getItemKey: (index) => lines[index]?.key ?? index,
    overscan: 15,
  })
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls it by the arrow keys
    <section ref={scroller} className={classes['scroller']} aria-label={label} tabIndex={0}>
      <ul
        aria-label={label}
        className={classes['plan']}
        style={{ height: virtualizer.getTotalSize(), position: 'relative' }}
      >
        {virtualizer.getVirtualItems().map((item) => {
          const line = lines[item.index]
          return line ? (
            <li
              key={item.key}
              ref={virtualizer.measureElement}
              data-index={item.index}
              aria-posinset={item.index + 1}
              aria-setsize={lines.length}
              className={classes['afloat']}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <Line line={line} />
            </li>
          ) : null
        })}
      </ul>
    </section>
  )
}

function Line({ line }: { readonly line: PlanLine }): ReactNode {
  const t = useBlockWords()
  if (line.kind === 'group') return <GroupHead line={line} />
  const { sign, text, detail, problem } = line.row
  return (
    <div className={classes['row']} data-sign={sign}>
      <span className={classes['sign']} aria-hidden="true">
        {sign === '-' ? '−' : sign}
      </span>
      <VisuallyHidden>{t(words[sign])}</VisuallyHidden>
      <div className={classes['text']}>
        <div>{text}</div>
        {detail && <div className={classes['detail']}>{detail}</div>}
        {problem && (
          <div className={classes['problem']}>
            <strong>{problem.title}</strong> {problem.next}
          </div>
        )}
      </div>
    </div>
  )
}

function GroupHead({ line }: { readonly line: PlanLine & { readonly kind: 'group' } }) {
  const t = useBlockWords()
  const format = useFormat()
  const { group, counts } = line
  return (
    <div className={classes['group']}>
      <div className={classes['text']}>
        <strong>{group.title}</strong>
        {group.subtitle && <div className={classes['detail']}>{group.subtitle}</div>}
      </div>
      {presentSigns(counts).map((sign) => (
        <span key={sign} className={classes['count']} data-sign={sign}>
          <span aria-hidden="true">
            {sign === '-' ? '−' : sign}
            {format.number(counts[sign])}
          </span>
          <VisuallyHidden>
            {t('plan.counted', { word: t(words[sign]), number: format.number(counts[sign]) })}
          </VisuallyHidden>
        </span>
      ))}
    </div>
  )
}
