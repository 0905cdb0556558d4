import type { ReactNode } from 'react'
import classes from './status-badge.module.css'

/** `wait` waits for a person, `busy` goes on by itself. */
export type StatusKind = 'good' | 'busy' | 'wait' | 'bad' | 'off'

/** A state in words, with a dot whose shape and colour say how it stands. */
export function StatusBadge({ kind, children }: { readonly kind: StatusKind; readonly children: ReactNode }) {
  return (
    <span className={classes['badge']}>
      <span className={classes['dot']} data-kind={kind} aria-hidden="true" />
      {children}
    </span>
  )
}
