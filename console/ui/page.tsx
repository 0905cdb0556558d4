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
          {/* Of one thing, what it is stays together; its actions go below where the screen is narrow. */}
          <Box style={{ minWidth: 0, ...(above && text ? { flex: '1 1 16rem' } : {}) }}>
            <Group gap="sm">
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
            {above && text && <Description>{text}</Description>}
          </Box>
          {actions && <Group gap="xs">{actions}</Group>}
        </Group>
        {!above && text && <Description>{text}</Description>}
      </Box>
      {children}
    </Stack>
  )
}

function Description({ children }: { readonly children: ReactNode }) {
  return (
    <Text c="dimmed" mt={6} maw={720}>
      {children}
    </Text>
  )
}
