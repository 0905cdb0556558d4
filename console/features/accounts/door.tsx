import { Box, Card, Container, Group, Stack, Text, Title } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { LanguageSwitch } from '../../ui/language-switch.tsx'
import { useDoorWords } from './door-words.ts'

/** A page before one is inside: the name of the product, the language, and one card. */
export function Door({
  title,
  text,
  children,
}: {
  readonly title: string
  readonly text?: string
  readonly children: ReactNode
}) {
  const t = useDoorWords()
  useEffect(() => {
    document.title = `${title} · Baton`
  }, [title])
  return (
    <Container component="main" size={520} py="xl" px="md">
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
        <Card withBorder padding="lg">
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
