import { Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import type { useBlockWords } from '../block-words.ts'
import classes from './data-table.module.css'
import type { RowActs } from './row-acts.ts'

export interface RowProps<Row> {
  readonly row: Row
  readonly index: number
  readonly label: string
  readonly acts: RowActs<Row>
  /** Handed down, because many rows come at once while somebody scrolls. */
  readonly say: ReturnType<typeof useBlockWords>
  readonly isSelected: boolean
  readonly isActive: boolean
  readonly hasSelection: boolean
  readonly hasActions: boolean
}

/** The checkbox of a row; with shift it takes all rows since the last one. */
export function RowCheckbox<Row>({ index, label, acts, say, isSelected }: RowProps<Row>) {
  return (
    <label className={classes['check']}>
      <input
        type="checkbox"
        aria-label={say('table.select', { row: label })}
        checked={isSelected}
        onChange={() => {}}
        onClick={(event) => acts.toggle(index, event.shiftKey)}
      />
    </label>
  )
}

/** The three dots of a row; the menu is made when it is first opened, because a plain button scrolls faster. */
export function RowMenu<Row>({ row, label, acts, say }: RowProps<Row>) {
  const [isMade, setMade] = useState(false)
  const [isOpen, setOpen] = useState(false)
  const wasOpen = useRef(false)
  const button = useRef<HTMLButtonElement>(null)
  const name = say('table.actions', { row: label })
  return (
    <span className={classes['menuSpot']}>
      {isMade && (
        <Menu
          opened={isOpen}
          onChange={(isNowOpen) => {
            setOpen(isNowOpen)
            // At once, so that a dialog opened by an item returns the focus here when it closes.
            if (!isNowOpen) button.current?.focus({ preventScroll: true })
          }}
          position="bottom-end"
          returnFocus={false}
          withInitialFocusPlaceholder={false}
        >
          <Menu.Target>
            <span className={classes['menuAnchor']} aria-hidden="true" />
          </Menu.Target>
          <Menu.Dropdown aria-label={name}>{isOpen && acts.menu(row)}</Menu.Dropdown>
        </Menu>
      )}
      <button
        ref={button}
        type="button"
        className={classes['menu']}
        aria-label={name}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        data-row-menu=""
        onMouseDown={() => {
          // Pressing beside the menu closes it before the click arrives, which must not open it again.
          wasOpen.current = isOpen
        }}
        onClick={(event) => {
          const isPointer = event.detail > 0
          setMade(true)
          setOpen(!(isPointer && wasOpen.current))
        }}
      >
        <IconDots size={18} aria-hidden />
      </button>
    </span>
  )
}
