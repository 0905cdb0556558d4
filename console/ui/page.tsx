import { Box, Group, Stack, Text, Title } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'

/** A screen: its title in the page and in the window, its actions, and the focus after a navigation. */
export function Page({
  title,
  badge,
  text,
  actions,
  above,
  children,
}: {
  readonly title: string
  readonly badge?: ReactNode
  readonly text?: ReactNode
  readonly actions?: ReactNode
  /** Way back to the list this belongs to. */
  readonly above?: ReactNode
  readonly children: ReactNode
}) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} · Baton`
  }, [title])
  // A new screen begins at its heading, for eyes and screen readers alike; a dialog that is open keeps the focus.
  useEffect(() => {
    if (!document.querySelector('[role=dialog]')) heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <Stack gap="lg">
      <Box>
        {above && <Text size="sm">{above}</Text>}
        <Group justify="space-between" align="flex-start" gap="sm">
          <Group gap="sm" style={{ minWidth: 0 }}>
            <Title
              order={1}
              size="h2"
              ref={heading}
              tabIndex={-1}
              style={{ outline: 'none', overflowWrap: 'anywhere' }}
            >
              {title}
            </Title>
            {badge}
          </Group>
          {actions && <Group gap="xs">{actions}</Group>}
        </Group>
        {text && (
          <Text c="dimmed" mt={4} maw={720}>
            {text}
          </Text>
        )}
      </Box>
      {children}
    </Stack>
  )
}
