import { Select, Text, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useWrite } from '../../api/write.ts'
import { useToast } from '../../ui/toast.tsx'
import { MemberSelect } from '../people/parts/member-select.tsx'
import type { AccountDetail } from './account.ts'
import { FormDialog } from './dialog.tsx'
import { useWorkAccountWords } from './words.ts'

interface OutcomeProps {
  readonly account: AccountDetail
  readonly onClose: () => void
}

type Outcome = 'passed_on' | 'parked' | 'closed' | 'released' | 'deletion_withdrawn'

function outcomesOf({ systemKind, state, holderId }: AccountDetail): readonly Outcome[] {
  if (systemKind === 'wecom')
    return state === 'deletion_requested' ? ['released', 'deletion_withdrawn'] : ['released']
  return holderId === null ? ['passed_on', 'closed'] : ['passed_on', 'parked', 'closed']
}

/** Says what became of an account without a task, with a note as evidence (WRK-3). */
export function Attest({ account, onClose }: OutcomeProps) {
  const t = useWorkAccountWords()
  const toast = useToast()
  const attest = useWrite('attestWorkAccount')
  const outcomes = outcomesOf(account)
  const [outcome, setOutcome] = useState<Outcome>(outcomes[0] ?? 'closed')
  const [toMemberId, setTo] = useState('')
  const [note, setNote] = useState('')
  function save() {
    attest.mutate(
      {
        params: { workAccountId: account.workAccountId },
        body: { outcome, note: note.trim(), ...(outcome === 'passed_on' && { toMemberId }) },
        version: account.version,
      },
      {
        onSuccess: () => {
          onClose()
          toast.done(t('attest.done', { login: account.login }))
        },
      },
    )
  }
  return (
    <FormDialog
      title={t('attest.title', { login: account.login })}
      onClose={onClose}
      action={t('attest.do')}
      onSubmit={save}
      isBusy={attest.isPending}
      isReady={note.trim() !== '' && (outcome !== 'passed_on' || toMemberId !== '')}
      problem={attest.error}
    >
      <Text>{t('attest.text')}</Text>
      <Select
        label={t('attest.outcome')}
        allowDeselect={false}
        data={outcomes.map((one) => ({ value: one, label: t(`attest.${one}`) }))}
        value={outcome}
        onChange={(next) => setOutcome(outcomes.find((one) => one === next) ?? outcome)}
      />
      {outcome === 'passed_on' && (
        <MemberSelect
          label={t('attest.to')}
          value={toMemberId}
          onChange={setTo}
          exceptId={account.holderId ?? undefined}
        />
      )}
      <Textarea
        label={t('attest.note')}
        required
        autosize
        minRows={2}
        maxLength={2000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </FormDialog>
  )
}

/** Notes that its person has begun to delete a WeCom account (WRK-5). */
export function DeletionBegun({ account, onClose }: OutcomeProps) {
  const t = useWorkAccountWords()
  const toast = useToast()
  const request = useWrite('requestDeletion')
  const [until, setUntil] = useState('')
  const [note, setNote] = useState('')
  function save() {
    const body = {
      ...(until && { until: new Date(until).toISOString() }),
      ...(note.trim() && { note: note.trim() }),
    }
    request.mutate(
      { params: { workAccountId: account.workAccountId }, body, version: account.version },
      {
        onSuccess: () => {
          onClose()
          toast.done(t('deletion.done'))
        },
      },
    )
  }
  return (
    <FormDialog
      title={t('deletion.title')}
      onClose={onClose}
      action={t('deletion.do')}
      onSubmit={save}
      isBusy={request.isPending}
      isReady
      problem={request.error}
    >
      <Text>{t('deletion.text')}</Text>
      <TextInput
        label={t('deletion.until')}
        description={t('deletion.untilText')}
        type="datetime-local"
        value={until}
        onChange={(event) => setUntil(event.currentTarget.value)}
      />
      <Textarea
        label={t('deletion.note')}
        autosize
        minRows={2}
        maxLength={2000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </FormDialog>
  )
}
