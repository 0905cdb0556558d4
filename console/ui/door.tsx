import { Box, Card, Container, Group, Stack, Text, Title } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { LanguageSwitch } from './language-switch.tsx'
import touch from './touch.module.css'

// In CSS pixels: for one thing to do, for a form with its instructions, for what is read rather than filled in.
const widths = { narrow: 520, middle: 640, wide: 760 } as const

interface DoorProps {
  readonly title: string
  readonly text?: string
  /** Stands above the title, e.g. who asks. */
  readonly above?: string
  /** What the product is, for who may not know it yet. */
  readonly tagline?: string
  readonly width?: keyof typeof widths
  readonly children?: ReactNode
}

/** A page outside of all companies, made for a phone: the name of the product, the language, and one card. */
export function Door({ title, text, above, tagline, width = 'narrow', children }: DoorProps) {
  useEffect(() => {
    document.title = `${title} · Baton`
  }, [title])
  return (
    <Container
      component="main"
      className={touch['touch'] ?? ''}
      size={widths[width]}
      py={{ base: 'md', sm: 'xl' }}
      px={{ base: 'sm', sm: 'md' }}
    >
      <Stack gap="lg">
        <Group justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <img src="/icon.svg" alt="" width={36} height={36} />
            <Text fw={700} size="xl">
              Baton
            </Text>
          </Group>
          <LanguageSwitch />
        </Group>
        {tagline && <Text c="dimmed">{tagline}</Text>}
        <Card withBorder p={{ base: 'md', sm: 'lg' }}>
          <Stack>
            <Box style={{ overflowWrap: 'anywhere' }}>
              {above && (
                <Text c="dimmed" mb={4}>
                  {above}
                </Text>
              )}
              <Title order={1} size="h3">
                {title}
              </Title>
              {text && (
                <Text c="dimmed" mt={4}>
                  {text}
                </Text>
              )}
            </Box>
            {children}
          </Stack>
        </Card>
      </Stack>
    </Container>
  )
}
