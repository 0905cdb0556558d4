import type { ReactNode } from 'react'

/** A stretch of time in which one state held; instants are ISO strings. */
export interface Stretch {
  readonly key: string
  /** Whose time it was: `Anna Li`, `Parked`. */
  readonly label: string
  readonly from: string
  /** Null: it still holds. */
  readonly to: string | null
  /** Any whole number; equal numbers look equal. Default: by the label. */
  readonly color?: number
  /** Nobody's time (parked): drawn as a pattern. */
  readonly isGap?: boolean
  /** More about it, shown when the stretch is chosen. */
  readonly detail?: ReactNode
}

export interface Lane {
  readonly key: string
  readonly label: string
  readonly stretches: readonly Stretch[]
}

/** A moment worth a line across the lanes. */
export interface Mark {
  readonly at: string
  readonly label: string
}

export interface BandsProps {
  /** What the picture shows, for those who do not see it. */
  readonly label: string
  readonly lanes: readonly Lane[]
  readonly from: string
  readonly to: string
  readonly marks?: readonly Mark[]
  /** Null: now. */
  readonly asOf?: string | null
  /** Given, there is a slider and a field for the moment asked for; null is back to now. */
  readonly onAsOf?: (instant: string | null) => void
  /** The screen has the same as a table of its own, so that none is offered here. */
  readonly hasTableBeside?: boolean
}
