import { Card, Container, Group, Stack, Text, Title } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { LanguageSwitch } from '../../ui/language-switch.tsx'
import { useInvitationWords } from './words.ts'

interface DoorProps {
  readonly title: string
  readonly text?: string
  readonly children?: ReactNode
}

/** The page of an invitation, made for a phone: who invites, and one thing to do at a time. */
export function InvitationDoor({ title, text, children }: DoorProps) {
  const t = useInvitationWords()
  useEffect(() => {
    document.title = `${title} · Baton`
  }, [title])
  return (
    <Container component="main" size={520} py="md" px="sm">
      <Stack>
        <Group justify="space-between" wrap="nowrap">
          <Group gap="xs" wrap="nowrap">
            <img src="/icon.svg" alt="" width={28} height={28} />
            <Text fw={700}>Baton</Text>
          </Group>
          <LanguageSwitch label={t('door.language')} />
        </Group>
        <Card withBorder padding="md">
          <Stack>
            <div>
              <Title order={1} size="h3" style={{ overflowWrap: 'anywhere' }}>
                {title}
              </Title>
              {text && (
                <Text c="dimmed" mt={4} style={{ overflowWrap: 'anywhere' }}>
                  {text}
                </Text>
              )}
            </div>
            {children}
          </Stack>
        </Card>
      </Stack>
    </Container>
  )
}
