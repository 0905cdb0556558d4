import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { instantOf } from '../../../ui/bands/local-time.ts'
import { useFormat } from '../../../ui/format.ts'
import { MemberSelect } from '../../people/parts/member-select.tsx'
import type { LineChoice } from './kept-list.ts'
import { type Leaver, type Leavers, nameOf } from './use-leavers.ts'
import { useLeaverWords } from './words.ts'

type About = Leaver['problems'][number]['about']

interface RepairsProps {
  readonly leaver: Leaver
  readonly about: readonly About[]
  readonly onChoose: Leavers['choose']
}

/** The choices of a line: who is meant, who takes over, when. */
export function Repairs({ leaver, about, onChoose }: RepairsProps) {
  const choose = (choice: LineChoice) => onChoose(leaver.line.row, choice)
  return (
    <Stack gap="xs" miw={260}>
      {about.includes('leaver') && <WhoIsMeant leaver={leaver} onChoose={choose} />}
      {about.includes('successor') && <WhoTakesOver leaver={leaver} onChoose={choose} />}
      {about.includes('lastDay') && <WhichDay leaver={leaver} onChoose={choose} />}
    </Stack>
  )
}

interface ChoiceProps {
  readonly leaver: Leaver
  readonly onChoose: (choice: LineChoice) => void
}

function WhoIsMeant({ leaver, onChoose }: ChoiceProps) {
  const t = useLeaverWords()
  return (
    <>
      <Candidates
        leaver={leaver}
        people={leaver.leaverCandidates}
        onPick={(leaverId) => onChoose({ leaverId })}
      />
      <MemberSelect
        label={t('meant', { row: leaver.line.row })}
        value={leaver.line.leaverId ?? ''}
        onChange={(memberId) => onChoose({ leaverId: memberId || undefined })}
      />
    </>
  )
}

function WhoTakesOver({ leaver, onChoose }: ChoiceProps) {
  const t = useLeaverWords()
  const name = nameOf(leaver)
  return (
    <>
      <Candidates
        leaver={leaver}
        people={leaver.successorCandidates}
        onPick={(successorId) => onChoose({ successorId })}
      />
      <MemberSelect
        label={t('successor', { name })}
        value={leaver.line.successorId ?? ''}
        onChange={(memberId) => onChoose({ successorId: memberId || undefined })}
        exceptId={leaver.leaver?.memberId}
      />
      <Group>
        <Button
          size="compact-sm"
          variant="light"
          aria-label={t('keepOf', { name })}
          onClick={() => onChoose({ successorId: null })}
        >
          {t('keep')}
        </Button>
      </Group>
    </>
  )
}

interface CandidatesProps {
  readonly leaver: Leaver
  readonly people: Leaver['leaverCandidates']
  readonly onPick: (memberId: string) => void
}

function Candidates({ leaver, people, onPick }: CandidatesProps) {
  const t = useLeaverWords()
  return (
    <Group gap="xs">
      {people.map(({ memberId, name, staffCode }) => (
        <Button
          key={memberId}
          size="compact-sm"
          variant="light"
          aria-label={t('pick', { row: leaver.line.row, name, code: staffCode })}
          onClick={() => onPick(memberId)}
        >
          {`${name} · ${staffCode}`}
        </Button>
      ))}
    </Group>
  )
}

function WhichDay({ leaver, onChoose }: ChoiceProps) {
  const t = useLeaverWords()
  const { timeZone } = useFormat()
  const [value, setValue] = useState('')
  const name = nameOf(leaver)
  const instant = value ? instantOf(value, timeZone) : null
  return (
    <>
      <TextInput
        type="datetime-local"
        label={t('day', { name })}
        value={value}
        onChange={({ currentTarget }) => setValue(currentTarget.value)}
      />
      <Group gap="xs">
        <Button
          size="compact-sm"
          variant="light"
          disabled={instant === null}
          onClick={() => instant && onChoose({ effectiveAt: instant })}
        >
          {t('setDay')}
        </Button>
        <Button
          size="compact-sm"
          variant="light"
          aria-label={t('nowOf', { name })}
          onClick={() => onChoose({ effectiveAt: null })}
        >
          {t('now')}
        </Button>
      </Group>
    </>
  )
}
