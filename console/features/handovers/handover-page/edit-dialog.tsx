import { Button, Group, Modal, Stack } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import { useWrite } from '../../../api/write.ts'
import { localValue } from '../../../ui/bands/local-time.ts'
import { useCommonWords } from '../../../ui/common-words.ts'
import { ProblemAlert } from '../../../ui/states.tsx'
import { MemberSelect } from '../../people/parts/member-select.tsx'
import { bodyOf, type Draft, emptyDraft, faultsOf } from '../new-handover/form.ts'
import { WhenFields } from '../new-handover/when-fields.tsx'
import { useHandoverWords } from '../words.ts'
import type { Handover } from './types.ts'

interface EditProps {
  readonly handover: Handover
  readonly onClose: () => void
}

/** Decides anew when it takes effect and who gets everything; the plan is made again with it. */
export function EditDialog({ handover, onClose }: EditProps) {
  const t = useHandoverWords()
  const common = useCommonWords()
  const [draft, setDraft] = useState(() => draftOf(handover))
  const change = useWrite('changeHandover')
  const onChange = (part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part }))
  const faults = faultsOf(draft)
  function submit(event: SubmitEvent) {
    event.preventDefault()
    if (faults.length > 0) return
    const { handoverId, version } = handover
    change.mutate({ params: { handoverId }, body: changeOf(draft), version }, { onSuccess: onClose })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('edit.title')}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <form onSubmit={submit}>
        <Stack>
          <MemberSelect
            label={t('to.label')}
            description={t('edit.toText')}
            value={draft.successorId ?? ''}
            onChange={(successorId) => onChange({ successorId })}
            exceptId={draft.leaverId}
          />
          <MemberSelect
            label={t('fallback.label')}
            description={t('fallback.text')}
            value={draft.fallbackId}
            onChange={(fallbackId) => onChange({ fallbackId })}
            exceptId={draft.leaverId}
          />
          <WhenFields draft={draft} faults={faults} onChange={onChange} />
          <ProblemAlert problem={change.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {common('cancel')}
            </Button>
            <Button type="submit" loading={change.isPending} disabled={faults.length > 0}>
              {t('edit.action')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

function draftOf(handover: Handover): Draft {
  const { leaver, kind, alreadyLeft, timeZone, effectiveAt, endsAt } = handover
  const isLater = Date.parse(effectiveAt) > Date.now()
  return {
    ...emptyDraft({ leaverId: leaver.memberId, kind, alreadyLeft, timeZone }),
    when: isLater ? 'later' : 'now',
    at: isLater ? localValue(effectiveAt, timeZone) : '',
    endsAt: endsAt === null ? '' : localValue(endsAt, timeZone),
    successorId: handover.defaultSuccessor?.memberId ?? '',
    fallbackId: handover.fallback?.memberId ?? '',
  }
}

function changeOf(draft: Draft) {
  const whole = bodyOf(draft, draft.successorId ?? '')
  // Left out, the time stays; the present is what "now" means.
  const effectiveAt = whole.effectiveAt ?? new Date().toISOString()
  const { timeZone, defaultSuccessorId = null, fallbackId = null, endsAt } = whole
  return {
    effectiveAt,
    defaultSuccessorId,
    fallbackId,
    ...(timeZone ? { timeZone } : {}),
    ...(endsAt ? { endsAt } : {}),
  }
}
