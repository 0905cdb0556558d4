import { ActionIcon, Button, Group, TextInput } from '@mantine/core'
import { IconPlayerSkipBack, IconPlayerSkipForward } from '@tabler/icons-react'
import { useBlockWords } from '../block-words.ts'
import { useFormat } from '../format.ts'
import classes from './bands.module.css'
import { changesOf } from './geometry.ts'
import { instantOf, localValue } from './local-time.ts'
import type { BandsProps } from './model.ts'

const steps = 400

/** Chooses the moment to look at: by slider, by field, or from change to change. */
export function AsOf({ lanes, from, to, asOf, onAsOf }: BandsProps & Required<Pick<BandsProps, 'onAsOf'>>) {
  const t = useBlockWords()
  const format = useFormat()
  const begin = Date.parse(from)
  const end = Date.parse(to)
  const at = asOf ? Date.parse(asOf) : end
  const changes = changesOf(lanes, from, to)
  const before = changes.findLast((moment) => moment < at)
  const after = changes.find((moment) => moment > at)
  const go = (moment: number) => onAsOf(moment >= end ? null : new Date(moment).toISOString())
  return (
    <Group gap="xs" align="flex-end">
      <label className={classes['slider']}>
        <span>{t('bands.asOf')}</span>
        <input
          type="range"
          min={begin}
          max={end}
          step={Math.max(1, Math.round((end - begin) / steps))}
          value={Math.min(end, Math.max(begin, at))}
          aria-valuetext={asOf ? format.dateTime(asOf) : t('bands.now')}
          onChange={(event) => go(Number(event.currentTarget.value))}
        />
      </label>
      <ActionIcon
        variant="default"
        size={36}
        aria-label={t('bands.before')}
        disabled={before === undefined}
        onClick={() => before !== undefined && go(before)}
      >
        <IconPlayerSkipBack size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="default"
        size={36}
        aria-label={t('bands.after')}
        disabled={after === undefined && !asOf}
        onClick={() => go(after ?? end)}
      >
        <IconPlayerSkipForward size={16} aria-hidden />
      </ActionIcon>
      <TextInput
        type="datetime-local"
        style={{ maxWidth: '100%' }}
        aria-label={t('bands.asOfField')}
        value={asOf ? localValue(asOf, format.timeZone) : ''}
        min={localValue(from, format.timeZone)}
        max={localValue(to, format.timeZone)}
        onChange={(event) => onAsOf(instantOf(event.currentTarget.value, format.timeZone))}
      />
      <Button variant="subtle" disabled={!asOf} onClick={() => onAsOf(null)}>
        {t('bands.toNow')}
      </Button>
    </Group>
  )
}
