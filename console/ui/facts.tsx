import type { ReactNode } from 'react'
import classes from './facts.module.css'

/** A few facts about one thing, side by side where there is room. */
export function Facts({ children }: { readonly children: ReactNode }) {
  return <dl className={classes['facts']}>{children}</dl>
}

/** One fact; nothing where there is none. */
export function Fact({ word, children }: { readonly word: string; readonly children: ReactNode }) {
  if (children === null || children === undefined || children === false) return null
  return (
    <div>
      <dt>{word}</dt>
      <dd>{children}</dd>
    </div>
  )
}
