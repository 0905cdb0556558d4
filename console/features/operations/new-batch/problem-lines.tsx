import { ActionIcon, Box, Button, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import type { PlannedMove } from '../../../../src/features/numbers/model/batches.ts'
import { useFormat } from '../../../ui/format.ts'
import { type RefusalWords, useRefusalWords } from '../parts/refusal-words.ts'
import { useBatchWords } from '../words.ts'
import type { CheckedPlan, Draft } from './draft.ts'
import { corrected, type DraftLine, type LineProblem } from './lines.ts'

/** A line that will not move: refused by the check, or not complete enough to be sent. */
interface LineTrouble {
  readonly row: number
  readonly refused: PlannedMove | null
  readonly problem: LineProblem | null
}

interface ProblemLinesProps {
  readonly checked: CheckedPlan
  readonly draft: Draft
  readonly onLines: (lines: readonly DraftLine[]) => void
}

const shownAtOnce = 25

/** The lines that will not move and why, to be corrected here or left out. */
export function ProblemLines({ checked, draft, onLines }: ProblemLinesProps) {
  const t = useBatchWords()
  const format = useFormat()
  const [most, setMost] = useState(shownAtOnce)
  const troubles = useMemo(() => troublesOf(checked), [checked])
  const say = useTroubleWords(checked)
  const byRow = useMemo(() => new Map(draft.lines.map((line) => [line.row, line])), [draft.lines])
  const left = troubles.filter(({ row }) => byRow.has(row))
  if (left.length === 0) return null
  const leaveOut = (rows: ReadonlySet<number>) => onLines(draft.lines.filter(({ row }) => !rows.has(row)))
  return (
    <Paper withBorder p="md" radius="md" component="section" aria-labelledby="problems-heading">
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={3} size="h4" id="problems-heading">
            {t('problems.title', { count: left.length, number: format.number(left.length) })}
          </Title>
          <Button variant="default" size="xs" onClick={() => leaveOut(new Set(left.map(({ row }) => row)))}>
            {t('problems.leaveOutAll')}
          </Button>
        </Group>
        <Text size="sm">{t('problems.text')}</Text>
        {left.slice(0, most).map((trouble) => (
          <TroubleLine
            key={trouble.row}
            row={trouble.row}
            words={say(trouble)}
            line={byRow.get(trouble.row)}
            onLine={(line) => onLines(draft.lines.map((one) => (one.row === line.row ? line : one)))}
            onLeaveOut={() => leaveOut(new Set([trouble.row]))}
          />
        ))}
        {left.length > most && (
          <Button variant="default" onClick={() => setMost(most + shownAtOnce)}>
            {t('problems.more', { count: Math.min(shownAtOnce, left.length - most) })}
          </Button>
        )}
      </Stack>
    </Paper>
  )
}

function troublesOf({ plan, lineOf, problems, draft }: CheckedPlan): LineTrouble[] {
  const rowAt = (at: number) => draft.lines[at]?.row ?? 0
  const own = [...problems].map(([at, problem]) => ({ row: rowAt(at), refused: null, problem }))
  const refused = (plan?.items ?? [])
    .filter(({ outcome }) => outcome === 'refused')
    .map((item) => ({ row: rowAt(lineOf[item.position] ?? -1), refused: item, problem: null }))
  return [...own, ...refused].toSorted((a, b) => a.row - b.row)
}

/** Only what is shown is put into words. */
function useTroubleWords({ people, draft }: CheckedPlan): (trouble: LineTrouble) => RefusalWords {
  const t = useBatchWords()
  const format = useFormat()
  const say = useRefusalWords()
  return ({ row, refused, problem }) => {
    if (refused) return say(refused)
    const recipient = draft.lines.find((line) => line.row === row)?.recipient ?? ''
    const match = people.get(recipient)
    const codes = match?.kind === 'many' ? format.list(match.staffCodes) : ''
    const word = problem ?? 'number_missing'
    return { title: t(`line.${word}`, { recipient }), next: t(`line.${word}.next`, { codes }) }
  }
}

interface TroubleLineProps {
  readonly row: number
  readonly words: RefusalWords
  readonly line: DraftLine | undefined
  readonly onLine: (line: DraftLine) => void
  readonly onLeaveOut: () => void
}

function TroubleLine({ row, words, line, onLine, onLeaveOut }: TroubleLineProps) {
  const t = useBatchWords()
  const [number, setNumber] = useState(line?.number ?? '')
  const [recipient, setRecipient] = useState(line?.recipient ?? '')
  if (!line) return null
  const save = () => {
    const after = corrected(line, { number, recipient })
    if (after.number !== line.number || after.recipient !== line.recipient) onLine(after)
  }
  return (
    <Box role="group" aria-label={t('problems.row', { row })}>
      <Group align="flex-end" gap="xs">
        <Text size="sm" fw={600} style={{ minWidth: '4.5rem' }} pb={8}>
          {t('problems.row', { row })}
        </Text>
        <TextInput
          label={t('problems.number')}
          value={number}
          onChange={(event) => setNumber(event.currentTarget.value)}
          onBlur={save}
          style={{ flex: '1 1 11rem' }}
        />
        <TextInput
          label={t('problems.recipient')}
          value={recipient}
          onChange={(event) => setRecipient(event.currentTarget.value)}
          onBlur={save}
          style={{ flex: '1 1 11rem' }}
        />
        <ActionIcon
          variant="default"
          size={36}
          aria-label={t('problems.leaveOut', { row })}
          onClick={onLeaveOut}
        >
          <IconTrash size={18} aria-hidden />
        </ActionIcon>
      </Group>
      <Text size="sm" mt={4}>
        <strong>{words.title}</strong> {words.next}
      </Text>
    </Box>
  )
}
