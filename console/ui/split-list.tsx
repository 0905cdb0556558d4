import { Button, Skeleton, Stack } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import { useBlockWords } from './block-words.ts'
import { useElementWidth } from './element-width.ts'
import { usePreferences } from './preferences.ts'
import classes from './split-list.module.css'

/** From which width the list and what is chosen stand side by side. */
export const bothFromPixels = 760
const ghosts = [1, 2, 3, 4, 5]

export interface SplitListProps<Entry> {
  /** What the list holds, for those who do not see it. */
  readonly label: string
  readonly items: readonly Entry[]
  readonly itemKey: (item: Entry) => string
  /** What stands in the list's button for an entry: text, badges, no controls. */
  readonly renderItem: (item: Entry) => ReactNode
  /** Kept by the screen in the URL. */
  readonly chosen: string | null
  readonly onChoose: (key: string | null) => void
  /** What is shown of the chosen entry; the caller gives it for `chosen`. */
  readonly detail: ReactNode
  readonly detailLabel: string
  /** In place of everything when there is no entry and none is chosen. */
  readonly empty: ReactNode
  /** In place of the detail when none is chosen. */
  readonly hint?: ReactNode
  readonly isLoading?: boolean
  readonly hasMore?: boolean
  readonly isFetchingMore?: boolean
  readonly onMore?: () => void
}

/** A list with what is chosen beside it; where there is no room for both, one at a time with a way back. */
export function SplitList<Entry>(props: SplitListProps<Entry>) {
  const { chosen, detail, detailLabel, empty, hint, isLoading, items, onChoose } = props
  const t = useBlockWords()
  const frame = useRef<HTMLDivElement>(null)
  const pane = useRef<HTMLElement>(null)
  const isBoth = useElementWidth(frame) >= bothFromPixels
  useFocus({ frame, pane, chosen, isBoth })
  const isEmpty = items.length === 0 && !isLoading && chosen === null
  const showsList = isBoth || chosen === null
  return (
    <div ref={frame}>
      {isEmpty ? (
        empty
      ) : (
        <div className={classes['split']} data-both={isBoth || undefined}>
          {showsList && <Entries {...props} />}
          {(isBoth || chosen !== null) && (
            <section ref={pane} className={classes['pane']} aria-label={detailLabel} tabIndex={-1}>
              {!isBoth && (
                <Button
                  variant="subtle"
                  mb="sm"
                  leftSection={<IconArrowLeft size={16} aria-hidden />}
                  onClick={() => onChoose(null)}
                >
                  {t('split.back')}
                </Button>
              )}
              {chosen === null ? hint : detail}
            </section>
          )}
        </div>
      )}
    </div>
  )
}

interface Focus {
  readonly frame: { readonly current: HTMLElement | null }
  readonly pane: { readonly current: HTMLElement | null }
  readonly chosen: string | null
  readonly isBoth: boolean
}

// One at a time, the opened detail takes the focus; going back returns it to the entry it came from.
function useFocus({ frame, pane, chosen, isBoth }: Focus): void {
  const before = useRef(chosen)
  useEffect(() => {
    const last = before.current
    before.current = chosen
    if (isBoth || last === chosen) return
    if (chosen !== null) pane.current?.focus()
    else if (last !== null)
      frame.current?.querySelector<HTMLElement>(`[data-entry="${CSS.escape(last)}"]`)?.focus()
  }, [frame, pane, chosen, isBoth])
}

function Entries<Entry>(props: SplitListProps<Entry>) {
  const { label, items, itemKey, renderItem, chosen, onChoose, isLoading, hasMore, isFetchingMore, onMore } =
    props
  const t = useBlockWords()
  const { shortcuts } = usePreferences()
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const by = stepOf(event, shortcuts)
    if (by === 0) return
    const entries = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-entry]')]
    const at = entries.findIndex((entry) => entry.matches(':focus'))
    const to = entries[Math.max(0, Math.min(entries.length - 1, at + by))]
    if (at < 0 || !to) return
    event.preventDefault()
    to.focus()
  }
  return (
    <Stack gap="xs" className={classes['side']}>
      <ul className={classes['list']} aria-label={label} aria-busy={isLoading} onKeyDown={onKeyDown}>
        {items.map((item) => {
          const key = itemKey(item)
          return (
            <li key={key}>
              <button
                type="button"
                className={classes['entry']}
                data-entry={key}
                aria-current={key === chosen ? 'true' : undefined}
                onClick={() => onChoose(key)}
              >
                {renderItem(item)}
              </button>
            </li>
          )
        })}
      </ul>
      {isLoading && items.length === 0 && <SkeletonEntries />}
      {hasMore && onMore && (
        <Button variant="subtle" loading={isFetchingMore ?? false} onClick={onMore}>
          {t('split.more')}
        </Button>
      )}
    </Stack>
  )
}

function stepOf({ key, ctrlKey, metaKey, altKey }: KeyboardEvent, shortcuts: boolean): number {
  if (ctrlKey || metaKey || altKey) return 0
  if (key === 'ArrowDown' || (shortcuts && key === 'j')) return 1
  return key === 'ArrowUp' || (shortcuts && key === 'k') ? -1 : 0
}

function SkeletonEntries() {
  return ghosts.map((entry) => <Skeleton key={entry} height={56} radius="md" />)
}
