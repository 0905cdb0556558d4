import { Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useWrite } from '../../api/write.ts'
import { useToast } from '../../ui/toast.tsx'
import type { OutsideSystem } from './account.ts'
import { FormDialog } from './dialog.tsx'
import { useWorkAccountWords } from './words.ts'

interface SystemFormProps {
  /** Null: a new one. */
  readonly system: OutsideSystem | null
  readonly onClose: () => void
}

/** Adds an outside system, or changes its link and the company's own instructions (WRK-6). */
export function SystemForm({ system, onClose }: SystemFormProps) {
  const t = useWorkAccountWords()
  const toast = useToast()
  const create = useWrite('createSystem')
  const change = useWrite('changeSystem')
  const [draft, setDraft] = useState({
    name: system?.name ?? '',
    link: system?.link ?? '',
    passOnInstructions: system?.passOnInstructions ?? '',
    closeInstructions: system?.closeInstructions ?? '',
    note: system?.note ?? '',
  })
  const field = (key: keyof typeof draft) => ({
    value: draft[key],
    onChange: ({ currentTarget: { value } }: { readonly currentTarget: { readonly value: string } }) =>
      setDraft((before) => ({ ...before, [key]: value })),
  })
  const done = {
    onSuccess: () => {
      onClose()
      toast.done(t('system.saved', { name: draft.name }))
    },
  }
  function save() {
    const { name, ...texts } = draft
    const filled = Object.entries(texts).map(([key, value]) => [key, value.trim() || null])
    if (system === null)
      create.mutate(
        { body: { name, ...Object.fromEntries(filled.filter(([, value]) => value !== null)) } },
        done,
      )
    else
      change.mutate(
        {
          params: { systemId: system.systemId },
          body: { name, ...Object.fromEntries(filled) },
          version: system.version,
        },
        done,
      )
  }
  const lines = { autosize: true, minRows: 2, maxLength: 5000 } as const
  return (
    <FormDialog
      title={system === null ? t('system.addTitle') : t('system.editTitle', { name: system.name })}
      onClose={onClose}
      action={t(system === null ? 'system.add' : 'system.editShort')}
      onSubmit={save}
      isBusy={create.isPending || change.isPending}
      isReady={draft.name.trim() !== ''}
      problem={create.error ?? change.error}
    >
      <TextInput label={t('system.name')} required maxLength={100} data-autofocus {...field('name')} />
      <TextInput
        label={t('system.link')}
        description={t('system.linkText')}
        type="url"
        maxLength={500}
        {...field('link')}
      />
      <Textarea
        label={t('system.passOn')}
        description={t('system.lines')}
        {...lines}
        {...field('passOnInstructions')}
      />
      <Textarea
        label={t('system.close')}
        description={t('system.lines')}
        {...lines}
        {...field('closeInstructions')}
      />
      <Textarea label={t('note')} autosize minRows={1} maxLength={2000} {...field('note')} />
    </FormDialog>
  )
}
