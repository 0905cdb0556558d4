import { Box, Card, Container, Group, Stack, Text, Title } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { LanguageSwitch } from '../../ui/language-switch.tsx'
import touch from '../../ui/touch.module.css'
import { useDoorWords } from './door-words.ts'

/** A page before one is inside: the name of the product, the language, and one card. */
export function Door({
  title,
  text,
  isWide = false,
  children,
}: {
  readonly title: string
  readonly text?: string
  /** For pages that are read rather than filled in. */
  readonly isWide?: boolean
  readonly children: ReactNode
}) {
  const t = useDoorWords()
  useEffect(() => {
    document.title = `${title} · Baton`
  }, [title])
  return (
    <Container
      component="main"
      className={touch['touch'] ?? ''}
      size={isWide ? 760 : 520}
      py={{ base: 'md', sm: 'xl' }}
      px={{ base: 'sm', sm: 'md' }}
    >
      <Stack gap="lg">
        <Group justify="space-between">
          <Group gap="sm">
            <img src="/icon.svg" alt="" width={36} height={36} />
            <Text fw={700} size="xl">
              Baton
            </Text>
          </Group>
          <LanguageSwitch label={t('language')} />
        </Group>
        <Text c="dimmed">{t('tagline')}</Text>
        <Card withBorder p={{ base: 'md', sm: 'lg' }}>
          <Stack>
            <Box>
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
