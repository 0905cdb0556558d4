import { Button, Group, List, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { paths } from '../../../paths.ts'
import { ScreenLink } from '../../../ui/link.tsx'
import { ProblemAlert, type ProblemLike } from '../../../ui/states.tsx'
import { Door } from '../door.tsx'
import { forgetToken } from './link-token.ts'
import { useWaysBackWords } from './words.ts'

interface LinkPageProps {
  /** The secret of the link; null where it has none. */
  readonly token: string | null
  readonly title: string
  readonly text: string
  /** What happens when the button is pressed. */
  readonly effects: readonly string[]
  readonly action: string
  readonly isDangerous?: boolean
  readonly isBusy: boolean
  readonly problem: ProblemLike | null
  readonly onGo: (settled: { readonly onSuccess: () => void }) => void
  /** In place of all this once it is done. */
  readonly done: { readonly title: string; readonly content: ReactNode } | null
}

/** A page behind a link of a message: what will happen, one button, and what has happened. Nothing is done by opening it. */
export function LinkPage(props: LinkPageProps) {
  const t = useWaysBackWords()
  if (props.done)
    return (
      <Door title={props.done.title}>
        <Stack role="status">{props.done.content}</Stack>
      </Door>
    )
  if (props.token === null)
    return (
      <Door title={t('link.noneTitle')} text={t('link.noneText')}>
        <ScreenLink to={paths.signIn()}>{t('signIn')}</ScreenLink>
      </Door>
    )
  return (
    <Door title={props.title} text={props.text}>
      <Stack>
        <List spacing={6} withPadding>
          {props.effects.map((effect) => (
            <List.Item key={effect}>{effect}</List.Item>
          ))}
        </List>
        <ProblemAlert problem={props.problem} />
        <Group>
          <Button
            size="md"
            {...(props.isDangerous ? { color: 'red.9' } : {})}
            loading={props.isBusy}
            onClick={() => props.onGo({ onSuccess: forgetToken })}
          >
            {props.action}
          </Button>
        </Group>
        <Text size="sm" c="dimmed">
          {t('link.nothingYet')}
        </Text>
      </Stack>
    </Door>
  )
}
