import { Button, Card, Group as Line, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { useFormat } from '../../../ui/format.ts'
import { StatusBadge } from '../../../ui/status-badge.tsx'
import type { Draft } from '../use-draft.ts'
import { useTemplate } from '../use-templates.ts'
import { useImportWords } from '../words.ts'
import { FixForm } from './fix-form.tsx'
import type { Group, Repairs } from './use-repairs.ts'

interface GroupsProps {
  readonly draft: Draft
  readonly repairs: Repairs
  /** The group whose rows are shown below. */
  readonly chosen: string
  readonly onShow: (group: Group) => void
}

const shownAtFirst = 6

/** What a group is called in an address. */
export function nameOf({ code, column }: Pick<Group, 'code' | 'column'>): string {
  return `${code}:${column ?? ''}`
}

/** Problems by what repairs them, the ones that keep rows out first. */
export function ProblemGroups({ draft, repairs, chosen, onShow }: GroupsProps) {
  const t = useImportWords()
  const format = useFormat()
  const [isWhole, setWhole] = useState(false)
  const { problems } = draft.shown
  const automatic = problems.filter((group) => group.automatic)
  const listed = isWhole ? problems : problems.slice(0, shownAtFirst)
  return (
    <Stack gap="sm" component="section" aria-labelledby="problems-heading">
      <Line justify="space-between" gap="xs">
        <Title order={2} size="h4" id="problems-heading">
          {t('repair.problems')}
        </Title>
        {automatic.length > 1 && (
          <Button loading={draft.isBusy} onClick={() => void repairs.fixAll(automatic)}>
            {t('repair.fixAll', {
              count: automatic.reduce((sum, { count }) => sum + count, 0),
              number: format.number(automatic.reduce((sum, { count }) => sum + count, 0)),
            })}
          </Button>
        )}
      </Line>
      {listed.map((group) => (
        <ProblemGroup
          key={`${nameOf(group)}:${group.about ?? ''}`}
          group={group}
          draft={draft}
          repairs={repairs}
          isChosen={chosen === nameOf(group)}
          onShow={() => onShow(group)}
        />
      ))}
      {problems.length > listed.length && (
        <Button variant="default" onClick={() => setWhole(true)}>
          {t('repair.more', { count: problems.length - listed.length })}
        </Button>
      )}
    </Stack>
  )
}

interface GroupProps {
  readonly group: Group
  readonly draft: Draft
  readonly repairs: Repairs
  readonly isChosen: boolean
  readonly onShow: () => void
}

const kinds = { error: 'bad', conflict: 'wait', warning: 'off' } as const

function ProblemGroup({ group, draft, repairs, isChosen, onShow }: GroupProps) {
  const t = useImportWords()
  const { headerOf } = useTemplate(draft.shown.template)
  return (
    <Card withBorder padding="sm" component="article" aria-label={group.title}>
      <Stack gap="xs">
        <Line justify="space-between" align="flex-start" gap="xs">
          <div style={{ flex: '1 1 16rem', minWidth: 0 }}>
            <Line gap="xs">
              <StatusBadge kind={kinds[group.severity]}>{t(`severity.${group.severity}`)}</StatusBadge>
              {group.column !== null && <Text size="sm">{headerOf(group.column)}</Text>}
            </Line>
            <Text fw={600}>{group.title}</Text>
            <Text size="sm">{group.next}</Text>
          </div>
          <Button
            size="xs"
            variant="default"
            aria-pressed={isChosen}
            aria-label={t('repair.showRowsOf', { title: group.title })}
            onClick={onShow}
          >
            {t('repair.showRows')}
          </Button>
        </Line>
        <Examples group={group} />
        {group.fixes.length > 0 && <FixForm group={group} draft={draft} repairs={repairs} />}
      </Stack>
    </Card>
  )
}

const examplesShown = 3

function Examples({ group }: { readonly group: Group }) {
  const t = useImportWords()
  const some = group.examples.filter(({ value }) => value !== '').slice(0, examplesShown)
  if (some.length === 0) return null
  return (
    <Stack gap={2}>
      {some.map(({ row, value, suggestion }) => (
        <Text key={row} size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {suggestion === null
            ? t('repair.example', { row, value })
            : t('repair.exampleTo', { row, value, suggestion })}
        </Text>
      ))}
    </Stack>
  )
}
