import { Button, Group, Modal, NativeSelect, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { ApiProblem } from '../../api/client.ts'
import { useApi } from '../../api/company.tsx'
import { saveFile } from '../../api/save-file.ts'
import { useCommonWords } from '../../ui/common-words.ts'
import { ProblemAlert } from '../../ui/states.tsx'
import { useToast } from '../../ui/toast.tsx'
import type { LedgerQuery } from './ledger-filter.ts'
import { useLedgerWords } from './words.ts'

interface ExportProps {
  readonly isOpen: boolean
  readonly onClose: () => void
  /** What the ledger is narrowed by. */
  readonly query: LedgerQuery
}

/** Saves the ledger, as far as the filters leave it, as a file. */
export function ExportDialog(props: ExportProps) {
  const t = useLedgerWords()
  const common = useCommonWords()
  return (
    <Modal
      opened={props.isOpen}
      onClose={props.onClose}
      title={t('export.title')}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      {props.isOpen && <ExportForm {...props} />}
    </Modal>
  )
}

const formats = ['xlsx', 'csv', 'ndjson'] as const

function ExportForm({ onClose, query }: ExportProps) {
  const t = useLedgerWords()
  const common = useCommonWords()
  const toast = useToast()
  const api = useApi()
  const [format, setFormat] = useState<(typeof formats)[number]>('xlsx')
  const save = useMutation<string, ApiProblem>({
    mutationFn: () =>
      saveFile(api, api.address('exportAudit', { query: { ...query, format } }), `ledger.${format}`),
    onSuccess: (name) => {
      toast.done(t('export.done', { name }))
      onClose()
    },
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <Stack>
        <Text>{t(Object.keys(query).length === 0 ? 'export.whole' : 'export.filtered')}</Text>
        <Text size="sm">{t('export.text')}</Text>
        <NativeSelect
          data-autofocus
          label={t('export.format')}
          value={format}
          data={formats.map((value) => ({ value, label: t(`export.${value}`) }))}
          onChange={({ currentTarget }) =>
            setFormat(formats.find((one) => one === currentTarget.value) ?? 'xlsx')
          }
        />
        <ProblemAlert problem={save.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t('export.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
