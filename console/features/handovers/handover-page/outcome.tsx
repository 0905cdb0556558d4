import { Alert, Button, Group, List, Stack, Text } from '@mantine/core'
import { IconArrowBackUp, IconCertificate, IconFileCode, IconShieldCheck } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { ApiProblem } from '../../../api/client.ts'
import { useApi } from '../../../api/company.tsx'
import { saveFile } from '../../../api/save-file.ts'
import { useFormat } from '../../../ui/format.ts'
import { ProblemAlert } from '../../../ui/states.tsx'
import { useHeldThing } from '../parts/held-thing.ts'
import { useHandoverWords } from '../words.ts'
import type { Handover } from './types.ts'
import { UndoDialog } from './undo-dialog.tsx'

/** What is left with the leaver now that it is over, the receipt for it, and the way back while there is one. */
export function Outcome({ handover }: { readonly handover: Handover }) {
  const { stillHeld, actions } = handover
  if (stillHeld === null && !actions.includes('undo') && !actions.includes('receipt')) return null
  return (
    <Stack gap="sm">
      {stillHeld !== null && handover.state !== 'undone' && (
        <AskedAgain handover={handover} held={stillHeld} />
      )}
      {actions.includes('receipt') && <Receipt handoverId={handover.handoverId} />}
      {actions.includes('undo') && <Undo handover={handover} />}
    </Stack>
  )
}

const mostShown = 10

interface AskedAgainProps {
  readonly handover: Handover
  readonly held: NonNullable<Handover['stillHeld']>
}

/** HAN-9: what the leaver held when asked again. */
function AskedAgain({ handover: { leaver, kind }, held }: AskedAgainProps) {
  const t = useHandoverWords()
  const thing = useHeldThing()
  const { name } = leaver
  if (held.length === 0)
    return (
      <Alert variant="outline" color="teal" icon={<IconShieldCheck />} title={t('outcome.nothing', { name })}>
        <Text size="sm">{t('outcome.nothingText')}</Text>
      </Alert>
    )
  return (
    <Alert
      variant="outline"
      color={kind === 'leave' ? 'orange' : 'blue'}
      title={t('outcome.held', { name, count: held.length })}
    >
      <List size="sm">
        {held.slice(0, mostShown).map(({ kind: of, id, label }) => (
          <List.Item key={of + id}>{thing({ kind: of, label })}</List.Item>
        ))}
      </List>
    </Alert>
  )
}

function Receipt({ handoverId }: { readonly handoverId: string }) {
  const t = useHandoverWords()
  const api = useApi()
  const save = useMutation<string, ApiProblem, 'pdf' | 'json'>({
    mutationFn: (format) => {
      const address = api.address('getReceipt', { params: { handoverId }, query: { format } })
      return saveFile(api, address, `receipt-${handoverId}.${format}`)
    },
  })
  const isSaving = (format: string) => save.isPending && save.variables === format
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <Button
          leftSection={<IconCertificate size={18} aria-hidden />}
          loading={isSaving('pdf')}
          onClick={() => save.mutate('pdf')}
        >
          {t('receipt.pdf')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconFileCode size={18} aria-hidden />}
          loading={isSaving('json')}
          onClick={() => save.mutate('json')}
        >
          {t('receipt.json')}
        </Button>
      </Group>
      <Text size="sm">{t('receipt.text')}</Text>
      <ProblemAlert problem={save.error} />
    </Stack>
  )
}

function Undo({ handover }: { readonly handover: Handover }) {
  const t = useHandoverWords()
  const format = useFormat()
  const [isOpen, setOpen] = useState(false)
  const { undoUntil } = handover
  return (
    <Group gap="sm">
      <Button
        variant="default"
        leftSection={<IconArrowBackUp size={18} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {t('undo.open')}
      </Button>
      <Text size="sm">
        {undoUntil === null
          ? t('undo.always')
          : t('undo.until', { time: format.dateTime(undoUntil), relative: format.relative(undoUntil) })}
      </Text>
      {isOpen && <UndoDialog handover={handover} onClose={() => setOpen(false)} />}
    </Group>
  )
}
