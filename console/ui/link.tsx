import { Anchor, type AnchorProps } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

/** A link to a screen of the console, and to what it is to show. */
export function ScreenLink({
  to,
  search,
  children,
  ...rest
}: AnchorProps & {
  readonly to: string
  /** What stands in the address behind the question mark. */
  readonly search?: Readonly<Record<string, string | boolean>>
  readonly children: ReactNode
}) {
  return (
    <Anchor component={Link} to={to} search={search as never} {...rest}>
      {children}
    </Anchor>
  )
}
