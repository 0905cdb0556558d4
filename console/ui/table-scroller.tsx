import { Table } from '@mantine/core'
import type { ReactNode } from 'react'

/** A table that scrolls inside its own frame where the screen is narrower; the frame is reached by keyboard. */
export function TableScroller({
  label,
  minWidth,
  children,
}: {
  readonly label: string
  readonly minWidth: number
  readonly children: ReactNode
}) {
  return (
    <Table.ScrollContainer minWidth={minWidth} type="native" tabIndex={0} role="region" aria-label={label}>
      {children}
    </Table.ScrollContainer>
  )
}
