import { Button, Group, Stack, Table, Text } from '@mantine/core'
import { useState } from 'react'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../shell/session.tsx'
import { useFormat } from '../../../ui/format.ts'
import { ScreenLink } from '../../../ui/link.tsx'
import { HandoverState } from '../parts/handover-state.tsx'
import { Repairs } from './repairs.tsx'
import { type Leaver, type Leavers, nameOf } from './use-leavers.ts'
import { useLeaverWords } from './words.ts'

interface RowProps {
  readonly leaver: Leaver
  readonly onChoose: Leavers['choose']
}

/** One line: who, to whom, when; what is in the way with the choices that resolve it. */
export function LeaverRow({ leaver, onChoose }: RowProps) {
  const t = useLeaverWords()
  const [isOpen, setOpen] = useState(false)
  const { group, line } = leaver
  const name = nameOf(leaver)
  const about = leaver.problems.map((problem) => problem.about)
  const wanted = isOpen ? (['leaver', 'successor', 'lastDay'] as const) : [...new Set(about)]
  const repairs = group === 'planned' || (group === 'cannot' && !isOpen) ? [] : wanted
  return (
    <Table.Tr>
      <Table.Td>
        <Who leaver={leaver} name={name} />
      </Table.Td>
      <Table.Td>
        <Successor leaver={leaver} />
      </Table.Td>
      <Table.Td>
        <When leaver={leaver} />
      </Table.Td>
      <Table.Td>
        <Stack gap="xs" align="flex-start">
          {repairs.length > 0 && <Repairs leaver={leaver} about={repairs} onChoose={onChoose} />}
          <Group gap="xs">
            {group !== 'planned' && (
              <Button
                size="compact-sm"
                variant="default"
                aria-expanded={isOpen}
                aria-label={t(isOpen ? 'doneOf' : 'changeOf', { row: line.row, name })}
                onClick={() => setOpen(!isOpen)}
              >
                {t(isOpen ? 'done' : 'change')}
              </Button>
            )}
            <Button
              size="compact-sm"
              variant="default"
              aria-label={t('leaveOutOf', { row: line.row, name })}
              onClick={() => onChoose(line.row, null)}
            >
              {t('leaveOut')}
            </Button>
          </Group>
        </Stack>
      </Table.Td>
    </Table.Tr>
  )
}

function Who({ leaver, name }: { readonly leaver: Leaver; readonly name: string }) {
  const t = useLeaverWords()
  const { slug } = useSession()
  const { line, numbersHeld, problems, handover } = leaver
  return (
    <Stack gap={2}>
      {leaver.leaver ? (
        <ScreenLink to={paths.person(slug, leaver.leaver.memberId)}>
          {`${name} · ${leaver.leaver.staffCode}`}
        </ScreenLink>
      ) : (
        <Text size="sm">{name}</Text>
      )}
      <Text size="xs" c="dimmed">
        {t('row', { row: line.row })}
        {leaver.leaver && ` · ${t('holds', { count: numbersHeld })}`}
      </Text>
      {handover ? (
        <ScreenLink to={paths.handover(slug, handover.handoverId)}>{t('open', { name })}</ScreenLink>
      ) : (
        problems.map(({ code, title, next }) => (
          <Text key={code} size="sm">
            <Text span fw={600} c="var(--mantine-color-error)">
              {title}
            </Text>{' '}
            {next}
          </Text>
        ))
      )}
    </Stack>
  )
}

function Successor({ leaver: { successor, successorFrom, handover } }: { readonly leaver: Leaver }) {
  const t = useLeaverWords()
  if (handover) return <HandoverState handover={handover} />
  if (successorFrom === null) return <Text size="sm">–</Text>
  if (successor === null) return <Text size="sm">{t('nobody')}</Text>
  const { name } = successor
  return <Text size="sm">{successorFrom === 'manager' ? t('manager', { name }) : name}</Text>
}

function When({ leaver: { group, effectiveAt } }: { readonly leaver: Leaver }) {
  const t = useLeaverWords()
  const format = useFormat()
  if (group !== 'ready')
    return <Text size="sm">{effectiveAt === null ? '–' : format.dateTime(effectiveAt)}</Text>
  return <Text size="sm">{effectiveAt === null ? t('atOnce') : format.dateTime(effectiveAt)}</Text>
}
