export const signs = ['+', '~', '-', '!'] as const
/** Gained, changed, lost, in the way. */
export type Sign = (typeof signs)[number]

export interface PlanRow {
  readonly key: string
  readonly sign: Sign
  readonly text: string
  readonly detail?: string | undefined
  readonly problem?: { readonly title: string; readonly next: string } | undefined
}

export interface PlanGroup {
  readonly key: string
  readonly title: string
  readonly subtitle?: string | undefined
  readonly rows: readonly PlanRow[]
}

export interface PlanDiffProps {
  /** What the plan is for, for those who do not see it. */
  readonly label: string
  readonly groups: readonly PlanGroup[]
}
