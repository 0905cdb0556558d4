import { List, Stack, Text } from '@mantine/core'
import { useEffect } from 'react'
import type { Answer } from '../../../api/client.ts'
import { useWrite } from '../../../api/write.ts'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { useFormat } from '../../../ui/format.ts'
import { usePhone } from '../../../ui/phone.tsx'
import { readable } from '../../../ui/readable.ts'
import { LoadingState } from '../../../ui/states.tsx'
import { useHeldThing } from '../parts/held-thing.ts'
import { useHandoverWords } from '../words.ts'
import type { Handover } from './types.ts'

interface UndoProps {
  readonly handover: Handover
  readonly onClose: () => void
}

/** Says first what would come back and what cannot, then takes the handover back (HAN-7). */
export function UndoDialog({ handover: { handoverId, leaver }, onClose }: UndoProps) {
  const t = useHandoverWords()
  const look = useWrite('undoHandover')
  const undo = useWrite('undoHandover')
  const { mutate } = look
  useEffect(() => {
    mutate({ params: { handoverId }, body: { dryRun: true } })
  }, [mutate, handoverId])
  return (
    <ConfirmDialog
      isOpen
      isCancelling
      onClose={onClose}
      title={t('undo.title', { name: leaver.name })}
      action={t('undo.action')}
      isBusy={undo.isPending || look.isPending}
      problem={undo.error ?? look.error}
      onConfirm={() => undo.mutate({ params: { handoverId }, body: {} }, { onSuccess: onClose })}
    >
      {look.data ? <Foreseen answer={look.data} /> : look.error === null && <LoadingState rows={3} />}
    </ConfirmDialog>
  )
}

function Foreseen({ answer }: { readonly answer: Answer<'undoHandover'> }) {
  const t = useHandoverWords()
  const format = useFormat()
  const phone = usePhone()
  const thing = useHeldThing()
  const { items, lost, lostTotal } = answer
  const more = lostTotal - lost.length
  return (
    <Stack gap="xs">
      <Text>{t('undo.items', { count: items, number: format.number(items) })}</Text>
      {lostTotal === 0 ? (
        <Text>{t('undo.nothingLost')}</Text>
      ) : (
        <>
          <Text fw={600}>{t('undo.lost', { count: lostTotal, number: format.number(lostTotal) })}</Text>
          <List size="sm">
            {lost.map((one) => (
              <List.Item key={one.itemId}>
                <strong>{thing(one)}</strong> {readable(one.why, format, phone)}
              </List.Item>
            ))}
          </List>
          {more > 0 && <Text size="sm">{t('difference.more', { number: format.number(more) })}</Text>}
        </>
      )}
    </Stack>
  )
}
