import { ActionIcon, Button, Group, Text, TextInput, Tooltip } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { type SyntheticEvent, useRef, useState } from 'react'
import type { PhoneNumber } from '../../../../src/features/numbers/model.ts'
import { useWrite } from '../../../api/write.ts'
import { useSession } from '../../../shell/session.tsx'
import { useCommonWords } from '../../../ui/common-words.ts'
import { ProblemAlert } from '../../../ui/states.tsx'
import { useNumberPageWords } from './page-words.ts'

/** What the number is for, to be changed in place. */
export function LabelEdit({ number }: { readonly number: PhoneNumber }) {
  const t = useNumberPageWords()
  const { can } = useSession()
  const [isOpen, setOpen] = useState(false)
  const pencil = useRef<HTMLButtonElement>(null)
  const mayEdit = can('numbers:write') && number.state !== 'released'
  function close() {
    setOpen(false)
    requestAnimationFrame(() => pencil.current?.focus())
  }
  if (isOpen) return <LabelForm number={number} onClose={close} />
  return (
    <Group gap={4} mt={-12}>
      <Text c={number.label ? undefined : 'dimmed'} style={{ overflowWrap: 'anywhere' }}>
        {number.label ?? t('label.none')}
      </Text>
      {mayEdit && (
        <Tooltip label={t('label.edit')}>
          <ActionIcon
            ref={pencil}
            variant="subtle"
            size={28}
            aria-label={t('label.edit')}
            onClick={() => setOpen(true)}
          >
            <IconPencil size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      )}
    </Group>
  )
}

function LabelForm({ number, onClose }: { readonly number: PhoneNumber; readonly onClose: () => void }) {
  const t = useNumberPageWords()
  const common = useCommonWords()
  const [label, setLabel] = useState(number.label ?? '')
  const [version] = useState(number.version)
  const write = useWrite('updateNumber')
  function submit(event: SyntheticEvent) {
    event.preventDefault()
    const params = { numberId: number.numberId }
    write.mutate({ params, body: { label: label.trim() || null }, version }, { onSuccess: onClose })
  }
  return (
    <form onSubmit={submit}>
      <Group gap="xs" align="flex-end">
        <TextInput
          label={t('label.label')}
          value={label}
          onChange={(event) => setLabel(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && !event.nativeEvent.isComposing) onClose()
          }}
          maxLength={120}
          ref={focusOnce}
          style={{ flex: '1 1 240px', maxWidth: 420 }}
        />
        <Button type="submit" loading={write.isPending}>
          {common('save')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {common('cancel')}
        </Button>
      </Group>
      <ProblemAlert problem={write.error} />
    </form>
  )
}

// The field was asked for by the button that it replaces.
function focusOnce(input: HTMLInputElement | null): void {
  input?.focus()
}
