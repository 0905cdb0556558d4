import { Button, Group, Modal, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { ApiProblem } from '../../../api/client.ts'
import { useApi } from '../../../api/company.tsx'
import { saveFile } from '../../../api/save-file.ts'
import { useCommonWords } from '../../../ui/common-words.ts'
import { ProblemAlert } from '../../../ui/states.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { useRecordWords } from '../words.ts'

export interface ExportDialogProps {
  readonly numberId: string
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly needsReason: boolean
  readonly givenReason: string
}

/** Saves the records of a number as a file. */
export function ExportDialog(props: ExportDialogProps) {
  const t = useRecordWords()
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

function ExportForm({ numberId, onClose, needsReason, givenReason }: ExportDialogProps) {
  const t = useRecordWords()
  const common = useCommonWords()
  const toast = useToast()
  const api = useApi()
  const [format, setFormat] = useState<(typeof formats)[number]>('xlsx')
  const [reason, setReason] = useState(givenReason)
  const save = useMutation<string, ApiProblem>({
    mutationFn: () => {
      const query = { format, reason: reason.trim() || undefined }
      return saveFile(api, api.address('exportRecords', { params: { numberId }, query }), `records.${format}`)
    },
    onSuccess: (name) => {
      toast.done(t('export.done', { name }))
      onClose()
    },
  })
  const asksReason = needsReason || save.error?.code === 'record.reason_needed'
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <Stack>
        <Text>{t('export.text')}</Text>
        <NativeSelect
          label={t('export.format')}
          value={format}
          data={formats.map((value) => ({ value, label: t(`export.${value}`) }))}
          onChange={({ currentTarget }) =>
            setFormat(formats.find((one) => one === currentTarget.value) ?? 'xlsx')
          }
        />
        {asksReason && (
          <TextInput
            label={t('export.reason')}
            description={t('export.reasonText')}
            value={reason}
            maxLength={500}
            required
            withAsterisk={false}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
          />
        )}
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
