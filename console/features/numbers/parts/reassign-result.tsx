import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconCheck, IconClock } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import type { MoveOutcome } from '../../../../src/features/numbers/model.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../shell/session.tsx'
import { useCommonWords } from '../../../ui/common-words.ts'
import { useFormat } from '../../../ui/format.ts'
import { useCountryName } from './countries.ts'
import { useReassignWords } from './reassign-words.ts'

/** What the dialog ends with where something still waits: a move, the deletion of history, a proposal. */
export type Ending =
  | { readonly kind: 'waits'; readonly outcome: MoveOutcome }
  | { readonly kind: 'deletes'; readonly outcome: MoveOutcome; readonly onUndo: () => void }
  | { readonly kind: 'proposed'; readonly requestId: string }

/** Says for what something waits and until when, with the way to it (NUM-16). */
export function ReassignResult({
  ending,
  onClose,
}: {
  readonly ending: Ending
  readonly onClose: () => void
}) {
  const common = useCommonWords()
  const close = useRef<HTMLButtonElement>(null)
  useEffect(() => close.current?.focus(), [])
  const isDone = ending.kind === 'deletes'
  const Icon = isDone ? IconCheck : IconClock
  const { title, text } = useSaid(ending)
  return (
    <Stack>
      <Alert role="status" variant="outline" color={isDone ? 'teal' : 'indigo'} icon={<Icon />} title={title}>
        <Text size="sm">{text}</Text>
      </Alert>
      <Group justify="flex-end">
        {ending.kind === 'deletes' && (
          <Button
            variant="default"
            onClick={() => {
              ending.onUndo()
              onClose()
            }}
          >
            {common('undo')}
          </Button>
        )}
        <Onward ending={ending} onClose={onClose} />
        <Button ref={close} onClick={onClose}>
          {common('close')}
        </Button>
      </Group>
    </Stack>
  )
}

function useSaid(ending: Ending): { readonly title: string; readonly text: string } {
  const t = useReassignWords()
  const format = useFormat()
  const countryName = useCountryName(t('noCountry'))
  if (ending.kind === 'proposed') return { title: t('result.proposed'), text: t('result.proposed.text') }
  const { number, move, undoUntil, outcome } = ending.outcome
  if (ending.kind === 'deletes') {
    const values = { name: number.holder?.name ?? '', time: undoUntil ? format.dateTime(undoUntil) : '' }
    return { title: t('result.deletes', values), text: t('result.deletes.text', values) }
  }
  const values = {
    name: move?.to.name ?? '',
    time: move ? format.dateTime(move.dueAt) : '',
    country: countryName(number.country),
  }
  const word =
    outcome === 'pending_check' ? 'check' : outcome === 'pending_approval' ? 'approval' : 'scheduled'
  return { title: t(`result.${word}`, values), text: t(`result.${word}.text`, values) }
}

function Onward({ ending, onClose }: { readonly ending: Ending; readonly onClose: () => void }) {
  const t = useReassignWords()
  const { slug } = useSession()
  const requestId =
    ending.kind === 'proposed'
      ? ending.requestId
      : ending.kind === 'deletes'
        ? ending.outcome.deleteRequestId
        : (ending.outcome.move?.requestId ?? null)
  if (requestId)
    return (
      <Button
        variant="default"
        component={Link}
        to={paths.requests(slug)}
        search={{ request: requestId } as never}
        onClick={onClose}
      >
        {t('result.openRequest')}
      </Button>
    )
  return (
    <Button variant="default" component={Link} to={paths.moves(slug)} onClick={onClose}>
      {t('result.openMoves')}
    </Button>
  )
}
