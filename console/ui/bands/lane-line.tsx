import { Text } from '@mantine/core'
import { type KeyboardEvent, type MouseEvent, useId } from 'react'
import { useBlockWords } from '../block-words.ts'
import { type Format, useFormat } from '../format.ts'
import classes from './bands.module.css'
import { colorOf, placeOf } from './geometry.ts'
import type { BandsProps, Lane, Stretch } from './model.ts'

const colors = 8

interface LaneLineProps {
  readonly lane: Lane
  readonly bands: BandsProps
  /** By `idOf`. */
  readonly chosen: string | null
  readonly onChoose: (id: string) => void
}

/**
 * One line of stretches. It is one stop for Tab, and the arrow keys choose in it: a stretch of a day among years is
 * too narrow to be a button of its own.
 */
export function LaneLine({ lane, bands, chosen, onChoose }: LaneLineProps) {
  const prefix = useId()
  const shown = lane.stretches.filter((stretch) => placeOf(stretch, bands.from, bands.to) !== null)
  const at = shown.findIndex((stretch) => idOf(lane, stretch) === chosen)
  const choose = (place: number) => {
    const stretch = shown[Math.max(0, Math.min(shown.length - 1, place))]
    if (stretch) onChoose(idOf(lane, stretch))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const place = placeByKey(event.key, at, shown.length)
    if (place === null || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    choose(place)
  }
  const onClick = (event: MouseEvent) => {
    const place =
      event.target instanceof Element && event.target.closest('[data-place]')?.getAttribute('data-place')
    if (place) choose(Number(place))
  }
  return (
    <div>
      {lane.label && (
        <Text size="sm" fw={600} aria-hidden>
          {lane.label}
        </Text>
      )}
      <div
        role="listbox"
        tabIndex={0}
        aria-orientation="horizontal"
        aria-label={lane.label || bands.label}
        aria-activedescendant={at < 0 ? undefined : `${prefix}${at}`}
        className={classes['lane']}
        onKeyDown={onKeyDown}
        onClick={onClick}
      >
        {shown.map((stretch, place) => (
          <Band
            key={stretch.key}
            id={`${prefix}${place}`}
            stretch={stretch}
            place={place}
            bands={bands}
            isChosen={place === at}
          />
        ))}
      </div>
    </div>
  )
}

function placeByKey(key: string, at: number, count: number): number | null {
  if (key === 'ArrowRight' || key === 'ArrowDown') return at + 1
  if (key === 'ArrowLeft' || key === 'ArrowUp') return at < 0 ? count - 1 : at - 1
  if (key === 'Home') return 0
  return key === 'End' ? count - 1 : null
}

function Band(band: {
  readonly id: string
  readonly stretch: Stretch
  readonly place: number
  readonly bands: BandsProps
  readonly isChosen: boolean
}) {
  const { stretch, bands } = band
  const t = useBlockWords()
  const format = useFormat()
  const place = placeOf(stretch, bands.from, bands.to)
  if (place === null) return null
  const words = sentence(stretch, format, t)
  return (
    <div
      id={band.id}
      role="option"
      tabIndex={-1}
      aria-selected={band.isChosen}
      aria-label={words}
      title={words}
      data-place={band.place}
      className={classes['place']}
      style={{ insetInlineStart: `${place.start}%`, width: `${place.width}%` }}
    >
      <div
        className={classes['stretch']}
        data-color={colorOf(stretch, colors)}
        data-gap={stretch.isGap || undefined}
      >
        <span>{stretch.label}</span>
      </div>
    </div>
  )
}

/** Which stretch is meant among all lanes. */
export function idOf(lane: Lane, stretch: Stretch): string {
  return `${lane.key} ${stretch.key}`
}

/** `Anna Li, 3 Jan 2025, 09:00 to now` */
export function sentence(stretch: Stretch, format: Format, t: ReturnType<typeof useBlockWords>): string {
  return t('bands.chosen', {
    label: stretch.label,
    from: format.dateTime(stretch.from),
    to: stretch.to === null ? t('bands.present') : format.dateTime(stretch.to),
  })
}
