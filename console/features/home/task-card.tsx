import { Badge, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import { useFormat } from '../../ui/format.ts'
import { ScreenLink } from '../../ui/link.tsx'
import { useHomeWords } from './words.ts'

const entriesShown = 4

/** Where all entries of a kind stand. */
export interface AllOf {
  readonly to: string
  readonly search?: Readonly<Record<string, string | boolean>>
}

export interface TaskCardProps<Entry> {
  readonly title: string
  readonly text?: string
  readonly entries: readonly Entry[]
  /** There are more than were read. */
  readonly hasMore?: boolean
  /** What is shown is one state, not a number of things. */
  readonly isUncounted?: boolean
  readonly entryKey: (entry: Entry) => string
  /** What it is, as a link. */
  readonly render: (entry: Entry) => ReactNode
  /** What to do about it, here. */
  readonly action?: ((entry: Entry) => ReactNode) | undefined
  readonly all: AllOf
}

/** One kind of thing that needs a person: how many, the first few with what to do, and the way to all of them. */
export function TaskCard<Entry>(props: TaskCardProps<Entry>) {
  const { title, text, entries, hasMore = false, all } = props
  const t = useHomeWords()
  const format = useFormat()
  const heading = useId()
  const count = `${format.number(entries.length)}${hasMore ? '+' : ''}`
  return (
    <Paper withBorder p="md" radius="md" component="section" aria-labelledby={heading}>
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <Title order={2} size="h4" id={heading}>
            {title}
          </Title>
          {!props.isUncounted && (
            <Badge variant="outline" size="lg" style={{ flex: 'none' }}>
              {count}
            </Badge>
          )}
        </Group>
        {text && <Text size="sm">{text}</Text>}
        <Stack gap="xs" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
          {entries.slice(0, entriesShown).map((entry) => (
            <Group key={props.entryKey(entry)} component="li" justify="space-between" gap="xs">
              <div style={{ minWidth: 0, flex: '1 1 12rem', overflowWrap: 'anywhere' }}>
                {props.render(entry)}
              </div>
              {props.action?.(entry)}
            </Group>
          ))}
        </Stack>
        {(entries.length > entriesShown || hasMore) && (
          <ScreenLink {...all} size="sm">
            {t('all', { number: count, title })}
          </ScreenLink>
        )}
      </Stack>
    </Paper>
  )
}
