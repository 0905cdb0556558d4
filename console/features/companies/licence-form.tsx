import { Button, Group, NumberInput, Stack, TextInput } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import type { Answer } from '../../api/client.ts'
import { useWrite } from '../../api/write.ts'
import { useFormat } from '../../ui/format.ts'
import { ProblemAlert } from '../../ui/states.tsx'
import { useToast } from '../../ui/toast.tsx'
import { useCompanyWords } from './company-words.ts'

/** Sets how many licences the company has; Owners only. */
export function LicenceForm({ licences }: { readonly licences: Answer<'readLicences'> }) {
  const t = useCompanyWords()
  const format = useFormat()
  const toast = useToast()
  const change = useWrite('changeLicences')
  const [total, setTotal] = useState<number | string>(licences.total)
  const [reason, setReason] = useState('')
  const difference = Number(total) - licences.total
  function submit(event: SubmitEvent) {
    event.preventDefault()
    if (difference === 0) return
    change.mutate(
      { body: { change: difference, ...(reason.trim() ? { reason } : {}) } },
      {
        onSuccess: (now) => {
          setTotal(now.total)
          setReason('')
          toast.done(t('licences.done', { total: format.number(now.total) }))
        },
      },
    )
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <NumberInput
          label={t('licences.total')}
          description={t('licences.totalText')}
          min={0}
          max={10_000_000}
          allowDecimal={false}
          value={total}
          onChange={setTotal}
        />
        <TextInput
          label={t('licences.reason')}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <ProblemAlert problem={change.error} />
        <Group>
          <Button type="submit" disabled={difference === 0 || total === ''} loading={change.isPending}>
            {difference === 0 || total === ''
              ? t('licences.submit')
              : t(difference > 0 ? 'licences.add' : 'licences.take', { count: Math.abs(difference) })}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
