import { Text } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { Entry } from './entries.ts'
import classes from './listing.module.css'
import { usePaletteWords } from './palette-words.ts'

interface ListingProps {
  readonly id: string
  readonly entries: readonly Entry[]
  readonly active: number
  readonly onActive: (index: number) => void
  readonly onRun: (index: number) => void
}

/** The results, by kind; the active one is always in sight. */
export function Listing({ id, entries, active, onActive, onRun }: ListingProps) {
  const t = usePaletteWords()
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.querySelector(`[id="${id}-${active}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [id, active])
  const groups = Object.entries(Object.groupBy(entries, ({ group }) => group))
  return (
    <div ref={list} id={id} role="listbox" aria-label={t('label')} className={classes['list']}>
      {groups.map(([group, members = []]) => (
        // biome-ignore lint/a11y/useSemanticElements: a listbox groups its options by role, a fieldset may not stand in it
        <div key={group} role="group" aria-labelledby={`${id}-${group}`}>
          <Text id={`${id}-${group}`} size="xs" fw={600} c="dimmed" px="md" pt="xs">
            {t(`group.${group as Entry['group']}`)}
          </Text>
          {members.map((entry) => {
            const index = entries.indexOf(entry)
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the focus and the keys
              // biome-ignore lint/a11y/useFocusableInteractive: an option is pointed at by aria-activedescendant
              <div
                key={entry.id}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === active}
                className={classes['option']}
                onMouseMove={() => onActive(index)}
                onClick={() => onRun(index)}
              >
                <span>{entry.label}</span>
                {entry.hint && <span className={classes['hint']}>{entry.hint}</span>}
              </div>
            )
          })}
        </div>
      ))}
    </div>
  )
}
