import { Box, Stack, Switch, Text } from '@mantine/core'
import { useRef, useState } from 'react'
import { useBlockWords } from '../block-words.ts'
import { remPixels, useElementWidth } from '../element-width.ts'
import { useFormat } from '../format.ts'
import { AsOf } from './as-of.tsx'
import classes from './bands.module.css'
import { BandsTable } from './bands-table.tsx'
import { placeOf, shareOf, ticksOf } from './geometry.ts'
import { idOf, LaneLine, sentence } from './lane-line.tsx'
import type { BandsProps } from './model.ts'

const tickRem = 6
const tickNameRem = 4.75

/** Who or what held when: a line of coloured stretches for each lane, or the same as a table. */
export function Bands(props: BandsProps) {
  const t = useBlockWords()
  const [isTable, setTable] = useState(false)
  const { onAsOf } = props
  return (
    <Stack gap="sm">
      {onAsOf && <AsOf {...props} onAsOf={onAsOf} />}
      {isTable ? <BandsTable {...props} /> : <Picture {...props} />}
      {!props.hasTableBeside && (
        <Switch
          label={t('bands.asTable')}
          checked={isTable}
          onChange={(event) => setTable(event.currentTarget.checked)}
        />
      )}
    </Stack>
  )
}

function Picture(props: BandsProps) {
  const { label, lanes, from, to, marks = [], asOf } = props
  const t = useBlockWords()
  const format = useFormat()
  const frame = useRef<HTMLDivElement>(null)
  const width = useElementWidth(frame)
  const [chosen, setChosen] = useState<string | null>(null)
  const found = lanes.flatMap((lane) =>
    lane.stretches.map((stretch) => ({ lane, stretch, id: idOf(lane, stretch) })),
  )
  const shown = found.find(({ id }) => id === chosen)
  if (found.every(({ stretch }) => placeOf(stretch, from, to) === null))
    return <Text c="dimmed">{t('bands.empty')}</Text>
  return (
    <Stack gap={4}>
      <Box ref={frame} role="group" aria-label={label} className={classes['picture']}>
        {lanes.map((lane) => (
          <LaneLine key={lane.key} lane={lane} bands={props} chosen={chosen} onChoose={setChosen} />
        ))}
        {marks.map((mark) => (
          <div
            key={mark.at + mark.label}
            className={classes['mark']}
            style={{ insetInlineStart: `${shareOf(mark.at, from, to)}%` }}
            title={mark.label}
            role="img"
            aria-label={`${mark.label}, ${format.dateTime(mark.at)}`}
          />
        ))}
        {asOf && (
          <div
            className={classes['asOf']}
            style={{ insetInlineStart: `${shareOf(asOf, from, to)}%` }}
            aria-hidden="true"
          />
        )}
      </Box>
      <Axis from={from} to={to} width={width} />
      <div role="status" className={classes['chosen']}>
        {shown && (
          <Text size="sm">
            {sentence(shown.stretch, format, t)} {shown.stretch.detail}
          </Text>
        )}
      </div>
    </Stack>
  )
}

function Axis({ from, to, width }: { readonly from: string; readonly to: string; readonly width: number }) {
  const { language, timeZone } = useFormat()
  const most = Math.max(2, Math.floor(width / (tickRem * remPixels())))
  const { instants, unit } = ticksOf(from, to, most)
  // A name that would be cut off at the end is left out.
  const lastShare = 100 - (100 * tickNameRem * remPixels()) / Math.max(1, width)
  // Ticks are the calendar's in UTC; days are named in the reader's zone.
  const name = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    timeZone: unit === 'day' ? timeZone : 'UTC',
    ...(unit === 'day' ? { day: 'numeric', month: 'short' } : {}),
    ...(unit === 'month' ? { month: 'short', year: 'numeric' } : {}),
    ...(unit === 'year' ? { year: 'numeric' } : {}),
  })
  return (
    <div className={classes['axis']} aria-hidden="true">
      {instants.map((instant) => {
        const share = shareOf(instant, from, to)
        return (
          <span key={instant} style={{ insetInlineStart: `${share}%` }}>
            {share <= lastShare && name.format(new Date(instant))}
          </span>
        )
      })}
    </div>
  )
}
