import { Button, Group, Stack, Table, Text, Title } from '@mantine/core'
import type { Answer } from '../../../api/client.ts'
import { useWrite } from '../../../api/write.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../shell/session.tsx'
import { useFormat } from '../../../ui/format.ts'
import { ScreenLink } from '../../../ui/link.tsx'
import { ProblemAlert } from '../../../ui/states.tsx'
import { StatusBadge } from '../../../ui/status-badge.tsx'
import { TableScroller } from '../../../ui/table-scroller.tsx'
import { MemberSelect } from '../../people/parts/member-select.tsx'
import { useHandoverWords } from '../words.ts'
import type { FoundLine } from './lines.ts'

interface FoundProps {
  readonly lines: readonly FoundLine[]
  readonly onLines: (lines: readonly FoundLine[]) => void
  readonly onMade: (made: Answer<'createHandovers'>) => void
  readonly onAgain: () => void
}

/** Who was found, to whom their things go, and what stands in the way, before any plan is made. */
export function FoundLeavers({ lines, onLines, onMade, onAgain }: FoundProps) {
  const t = useHandoverWords()
  const create = useWrite('createHandovers')
  const leavers = lines.flatMap(({ member, successorId }) =>
    member ? [{ leaverId: member.memberId, ...(successorId ? { successorId } : {}) }] : [],
  )
  const change = (index: number, line: FoundLine | null) =>
    onLines(lines.flatMap((one, place) => (place === index ? (line ? [line] : []) : [one])))
  return (
    <Stack>
      <Title order={2} size="h3">
        {t('many.found')}
      </Title>
      <TableScroller label={t('many.found')} minWidth={680}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('many.who')}</Table.Th>
              <Table.Th>{t('many.holds')}</Table.Th>
              <Table.Th>{t('many.to')}</Table.Th>
              <Table.Td />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {lines.map((line, index) => (
              <Line
                // biome-ignore lint/suspicious/noArrayIndexKey: a list may name somebody twice
                key={`${line.text} ${index}`}
                line={line}
                onChange={(next) => change(index, next)}
              />
            ))}
          </Table.Tbody>
        </Table>
      </TableScroller>
      <ProblemAlert problem={create.error} />
      <Group>
        <Button
          loading={create.isPending}
          disabled={leavers.length === 0}
          onClick={() => create.mutate({ body: { leavers } }, { onSuccess: onMade })}
        >
          {t('many.make', { count: leavers.length })}
        </Button>
        <Button variant="default" onClick={onAgain}>
          {t('many.again')}
        </Button>
      </Group>
    </Stack>
  )
}

interface LineProps {
  readonly line: FoundLine
  readonly onChange: (line: FoundLine | null) => void
}

function Line({ line, onChange }: LineProps) {
  const t = useHandoverWords()
  const format = useFormat()
  const { slug } = useSession()
  const { member, text, why, successorId } = line
  const name = member?.name ?? text
  return (
    <Table.Tr>
      <Table.Td>
        {member ? (
          <ScreenLink to={paths.person(slug, member.memberId)}>{`${name} · ${member.staffCode}`}</ScreenLink>
        ) : (
          <Group gap="xs">
            <Text size="sm">{text}</Text>
            {why && <StatusBadge kind="bad">{t(`many.${why}`)}</StatusBadge>}
          </Group>
        )}
      </Table.Td>
      <Table.Td>{member ? format.number(member.numbersHeld) : '–'}</Table.Td>
      <Table.Td miw={240}>
        {member && (
          <MemberSelect
            label={t('many.successorOf', { name })}
            placeholder={
              member.managerName ? t('many.manager', { name: member.managerName }) : t('many.noManager')
            }
            value={successorId}
            onChange={(memberId) => onChange({ ...line, successorId: memberId })}
            exceptId={member.memberId}
          />
        )}
      </Table.Td>
      <Table.Td>
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t('many.dropOf', { name })}
          onClick={() => onChange(null)}
        >
          {t('many.drop')}
        </Button>
      </Table.Td>
    </Table.Tr>
  )
}
