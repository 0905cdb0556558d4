import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconClock } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { PhoneNumber, ScheduledMove } from '../../../../src/features/numbers/model.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../shell/session.tsx'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { useFormat } from '../../../ui/format.ts'
import { useActorName } from '../parts/actor-name.ts'
import { useCancelMove } from '../parts/undo-move.ts'
import { useNumberPageWords } from './page-words.ts'

/** What waits for this number, why and until when, each to be cancelled (NUM-16). */
export function WaitingMoves({ number }: { readonly number: PhoneNumber }) {
  if (number.waiting.length === 0) return null
  return (
    <Stack gap="sm">
      {number.waiting.map((move) => (
        <WaitingMove key={move.moveId} move={move} holder={number.holder?.name ?? ''} />
      ))}
    </Stack>
  )
}

function WaitingMove({ move, holder }: { readonly move: ScheduledMove; readonly holder: string }) {
  const t = useNumberPageWords()
  const { can, slug } = useSession()
  const values = useMoveValues(move, holder)
  const isReturn = move.kind === 'return'
  return (
    <Alert
      variant="outline"
      icon={<IconClock />}
      title={t(isReturn ? 'waiting.return' : move.returnAt ? 'waiting.loan' : 'waiting.move', values)}
    >
      <Text size="sm">
        {isReturn ? t('waiting.return.text', values) : t(`waiting.${move.waitsFor ?? 'time'}`, values)}
      </Text>
      <Group gap="xs" mt="xs">
        {move.requestId && can('requests:read') && (
          <Button
            size="compact-sm"
            variant="default"
            component={Link}
            to={paths.requests(slug)}
            search={{ request: move.requestId } as never}
          >
            {t('waiting.openRequest')}
          </Button>
        )}
        {can('numbers:write') && <Cancel move={move} holder={holder} />}
      </Group>
    </Alert>
  )
}

function useMoveValues(move: ScheduledMove, holder: string) {
  const format = useFormat()
  return {
    name: move.to.name,
    holder,
    time: format.dateTime(move.dueAt),
    relative: format.relative(move.dueAt),
    by: useActorName(move.scheduledBy),
    returnAt: move.returnAt ? format.dateTime(move.returnAt) : '',
  }
}

function Cancel({ move, holder }: { readonly move: ScheduledMove; readonly holder: string }) {
  const t = useNumberPageWords()
  const cancel = useCancelMove()
  const [isAsking, setAsking] = useState(false)
  const isReturn = move.kind === 'return'
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => (isReturn ? setAsking(true) : void cancel(move))}
      >
        {t(isReturn ? 'waiting.cancelReturn' : 'waiting.cancel')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('waiting.cancelReturn.title')}
        action={t('waiting.cancelReturn')}
        isCancelling
        onConfirm={() => {
          setAsking(false)
          void cancel(move)
        }}
      >
        {t('waiting.cancelReturn.text', { name: move.to.name, holder })}
      </ConfirmDialog>
    </>
  )
}
