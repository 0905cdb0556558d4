import { Anchor, Select, Textarea, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { usePages } from '../../api/read.ts'
import { useWrite } from '../../api/write.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../shell/session.tsx'
import { useToast } from '../../ui/toast.tsx'
import { MemberSelect } from '../people/parts/member-select.tsx'
import type { AccountDetail } from './account.ts'
import { FormDialog } from './dialog.tsx'
import { type HangingNumber, NumberField } from './number-field.tsx'
import { useWorkAccountWords } from './words.ts'

const wecom = 'wecom'

interface AddAccountProps {
  /** The system and the number that are looked at; empty for none. */
  readonly systemId: string
  readonly numberId: string
  readonly onClose: () => void
  /** The system is not in the list yet. */
  readonly onAddSystem: () => void
}

/** Adds an account in an outside system: who holds it, and which number hangs on it. */
export function AddAccount({ systemId, numberId, onClose, onAddSystem }: AddAccountProps) {
  const t = useWorkAccountWords()
  const toast = useToast()
  const navigate = useNavigate()
  const { slug } = useSession()
  const create = useWrite('createWorkAccount')
  const systems = usePages('listSystems', { query: {} }, { pageSize: 200 }).items
  const [where, setWhere] = useState(systemId)
  const [login, setLogin] = useState('')
  const [holderId, setHolderId] = useState('')
  const [number, setNumber] = useState<HangingNumber>({ numberId, numberUse: 'both' })
  const [note, setNote] = useState('')
  const known = systems.filter(({ kind }) => kind === 'custom')
  const body = {
    ...(where === wecom ? { systemKind: 'wecom' as const } : { systemId: where }),
    login: login.trim(),
    ...(holderId && { holderId }),
    ...(number.numberId && number),
    ...(note.trim() && { note: note.trim() }),
  }
  function save() {
    create.mutate(
      { body },
      {
        onSuccess: ({ workAccountId }) => {
          toast.done(t('add.done', { login }))
          void navigate({ to: paths.workAccount(slug, workAccountId) })
        },
      },
    )
  }
  return (
    <FormDialog
      title={t('add.title')}
      onClose={onClose}
      action={t('add')}
      onSubmit={save}
      isBusy={create.isPending}
      isReady={where !== '' && login.trim() !== '' && (where !== wecom || holderId !== '')}
      problem={create.error}
    >
      <Select
        label={t('add.where')}
        description={
          <Anchor component="button" type="button" size="xs" onClick={onAddSystem}>
            {t('add.otherSystem')}
          </Anchor>
        }
        required
        searchable
        data-autofocus
        data={[
          { value: wecom, label: t('add.wecom') },
          ...known.map((one) => ({ value: one.systemId, label: one.name })),
        ]}
        value={where || null}
        onChange={(next) => setWhere(next ?? '')}
      />
      <TextInput
        label={t('add.login')}
        description={t('add.loginText')}
        required
        autoComplete="off"
        maxLength={200}
        value={login}
        onChange={(event) => setLogin(event.currentTarget.value)}
      />
      <MemberSelect
        label={t('add.holder')}
        {...(where === wecom ? {} : { description: t('add.holderText') })}
        value={holderId}
        onChange={setHolderId}
      />
      <NumberField value={number} onChange={setNumber} />
      <NoteField value={note} onChange={setNote} />
    </FormDialog>
  )
}

interface EditAccountProps {
  readonly account: AccountDetail
  readonly onClose: () => void
}

/** Corrects the name of an account, its note, or the number that hangs on it. */
export function EditAccount({ account, onClose }: EditAccountProps) {
  const t = useWorkAccountWords()
  const toast = useToast()
  const change = useWrite('changeWorkAccount')
  const [login, setLogin] = useState(account.login)
  const [note, setNote] = useState(account.note ?? '')
  const [number, setNumber] = useState<HangingNumber>({
    numberId: account.numberId ?? '',
    numberUse: account.numberUse ?? 'both',
  })
  function save() {
    const hanging = number.numberId === '' ? { numberId: null } : number
    change.mutate(
      {
        params: { workAccountId: account.workAccountId },
        body: { login: login.trim(), note: note.trim() || null, ...hanging },
        version: account.version,
      },
      {
        onSuccess: () => {
          onClose()
          toast.done(t('edit.done', { login }))
        },
      },
    )
  }
  return (
    <FormDialog
      title={t('edit.title', { login: account.login })}
      onClose={onClose}
      action={t('system.editShort')}
      onSubmit={save}
      isBusy={change.isPending}
      isReady={login.trim() !== ''}
      problem={change.error}
    >
      <TextInput
        label={t('add.login')}
        required
        data-autofocus
        maxLength={200}
        value={login}
        onChange={(event) => setLogin(event.currentTarget.value)}
      />
      <NumberField value={number} onChange={setNumber} />
      <NoteField value={note} onChange={setNote} />
    </FormDialog>
  )
}

interface NoteProps {
  readonly value: string
  readonly onChange: (note: string) => void
}

function NoteField({ value, onChange }: NoteProps) {
  const t = useWorkAccountWords()
  return (
    <Textarea
      label={t('note')}
      autosize
      minRows={1}
      maxLength={2000}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
