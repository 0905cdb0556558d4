import { Button, Group, Modal, Radio, Stack, Textarea, TextInput } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import { useWrite } from '../../../api/write.ts'
import { useCommonWords } from '../../../ui/common-words.ts'
import { ProblemAlert } from '../../../ui/states.tsx'
import { MemberSelect } from '../../people/parts/member-select.tsx'
import { useHeldThing } from '../parts/held-thing.ts'
import { useHandoverWords } from '../words.ts'
import type { Handover, RunItem } from './types.ts'

interface DialogProps {
  readonly handover: Handover
  readonly item: RunItem
  readonly onClose: () => void
}

/** Leaves an item as it is, with the reason. */
export function SkipDialog({ handover, item, onClose }: DialogProps) {
  const t = useHandoverWords()
  const common = useCommonWords()
  const thing = useHeldThing()(item)
  const [reason, setReason] = useState('')
  const skip = useWrite('skipHandoverItem')
  function submit(event: SubmitEvent) {
    event.preventDefault()
    const params = { handoverId: handover.handoverId, itemId: item.itemId }
    skip.mutate({ params, body: { reason: reason.trim() } }, { onSuccess: onClose })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('skip.title', { thing })}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <form onSubmit={submit}>
        <Stack>
          <Textarea
            label={t('skip.why')}
            description={common('reasonKept')}
            required
            autosize
            minRows={2}
            maxLength={1000}
            data-autofocus
            value={reason}
            onChange={({ currentTarget: { value } }) => setReason(value)}
          />
          <ProblemAlert problem={skip.error} />
          <Foot action={t('skip.action')} isBusy={skip.isPending} onClose={onClose} />
        </Stack>
      </form>
    </Modal>
  )
}

interface Hand {
  readonly who: 'member' | 'outside'
  readonly toMemberId: string
  readonly name: string
  readonly contact: string
  readonly instructions: string
}

const nobodyYet: Hand = { who: 'member', toMemberId: '', name: '', contact: '', instructions: '' }

/** Gives an item to a person as a task; it is done when somebody has seen that the task is. */
export function HandDialog({ handover, item, onClose }: DialogProps) {
  const t = useHandoverWords()
  const common = useCommonWords()
  const thing = useHeldThing()(item)
  const [form, setForm] = useState(nobodyYet)
  const hand = useWrite('handHandoverItem')
  const onForm = (part: Partial<Hand>) => setForm((now) => ({ ...now, ...part }))
  const isReady = form.who === 'member' ? form.toMemberId !== '' : form.name.trim() !== ''
  function submit(event: SubmitEvent) {
    event.preventDefault()
    if (!isReady) return
    const { name, contact, toMemberId } = form
    const outside = { name: name.trim(), ...(contact.trim() ? { contact: contact.trim() } : {}) }
    const body = {
      instructions: form.instructions.trim(),
      ...(form.who === 'member' ? { toMemberId } : outside),
    }
    const params = { handoverId: handover.handoverId, itemId: item.itemId }
    hand.mutate({ params, body }, { onSuccess: onClose })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('hand.title', { thing })}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <form onSubmit={submit}>
        <Stack>
          <Doer form={form} onForm={onForm} />
          <Textarea
            label={t('hand.instructions')}
            description={t('hand.instructionsText')}
            required
            autosize
            minRows={3}
            maxLength={5000}
            value={form.instructions}
            onChange={({ currentTarget: { value } }) => onForm({ instructions: value })}
          />
          <ProblemAlert problem={hand.error} />
          <Foot action={t('hand.action')} isBusy={hand.isPending} isOff={!isReady} onClose={onClose} />
        </Stack>
      </form>
    </Modal>
  )
}

function Doer({ form, onForm }: { readonly form: Hand; readonly onForm: (part: Partial<Hand>) => void }) {
  const t = useHandoverWords()
  return (
    <>
      <Radio.Group
        label={t('hand.who')}
        value={form.who}
        onChange={(value) => onForm({ who: value === 'outside' ? 'outside' : 'member' })}
      >
        <Group mt={4}>
          <Radio value="member" label={t('hand.member')} />
          <Radio value="outside" label={t('hand.outside')} />
        </Group>
      </Radio.Group>
      {form.who === 'member' ? (
        <MemberSelect
          label={t('hand.memberLabel')}
          value={form.toMemberId}
          onChange={(toMemberId) => onForm({ toMemberId })}
        />
      ) : (
        <>
          <TextInput
            label={t('hand.name')}
            required
            maxLength={100}
            value={form.name}
            onChange={({ currentTarget: { value } }) => onForm({ name: value })}
          />
          <TextInput
            label={t('hand.contact')}
            maxLength={200}
            value={form.contact}
            onChange={({ currentTarget: { value } }) => onForm({ contact: value })}
          />
        </>
      )}
    </>
  )
}

interface FootProps {
  readonly action: string
  readonly isBusy: boolean
  readonly isOff?: boolean
  readonly onClose: () => void
}

function Foot({ action, isBusy, isOff = false, onClose }: FootProps) {
  const common = useCommonWords()
  return (
    <Group justify="flex-end">
      <Button variant="default" onClick={onClose}>
        {common('cancel')}
      </Button>
      <Button type="submit" loading={isBusy} disabled={isOff}>
        {action}
      </Button>
    </Group>
  )
}
