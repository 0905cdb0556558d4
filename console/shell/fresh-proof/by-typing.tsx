import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type ChangeEvent, type Ref, type SubmitEvent, useEffect, useRef, useState } from 'react'
import type { Input } from '../../api/client.ts'
import { useApi } from '../../api/company.tsx'
import { CodeField, isWholeCode } from '../../ui/proof/code-field.tsx'
import { WaitingProblem } from '../../ui/proof/waiting-problem.tsx'
import type { ProblemLike } from '../../ui/states.tsx'
import { useFreshProofWords } from './words.ts'

type Typed = 'password' | 'authenticator' | 'recovery_code'
type Given = Input<'confirmAccount'>['body']

function bodyOf(by: Typed, given: string): Given {
  if (by === 'password') return { password: given }
  return by === 'authenticator' ? { authenticatorCode: given } : { recoveryCode: given }
}

/** By what the person types: the password, a code of the authenticator app, or a recovery code. */
export function ByTyping({ by, onDone }: { readonly by: Typed; readonly onDone: () => void }) {
  const t = useFreshProofWords()
  const api = useApi()
  const [given, setGiven] = useState('')
  const field = useRef<HTMLInputElement>(null)
  // Each try begins anew: what was refused once may have ended with it.
  const prove = useMutation<unknown, Error & ProblemLike, string>({
    mutationFn: async (typed) => {
      const { confirmationId } = await api.call('beginConfirmation', { body: { by } })
      return api.call('confirmAccount', { params: { confirmationId }, body: bodyOf(by, typed) })
    },
    onSuccess: onDone,
  })
  useEffect(() => {
    if (prove.error) field.current?.select()
  }, [prove.error])
  function submit(event: SubmitEvent) {
    event.preventDefault()
    if (!prove.isPending) prove.mutate(given)
  }
  const isReady = by === 'authenticator' ? isWholeCode(given) : given.trim() !== ''
  return (
    <form onSubmit={submit}>
      <Stack>
        <Field by={by} value={given} onChange={setGiven} inputRef={field} />
        <WaitingProblem problem={prove.isPending ? null : prove.error} />
        <Button type="submit" size="md" loading={prove.isPending} disabled={!isReady}>
          {t('confirm')}
        </Button>
      </Stack>
    </form>
  )
}

interface FieldProps {
  readonly by: Typed
  readonly value: string
  readonly onChange: (value: string) => void
  readonly inputRef: Ref<HTMLInputElement>
}

function Field({ by, value, onChange, inputRef }: FieldProps) {
  const t = useFreshProofWords()
  if (by === 'authenticator')
    return (
      <CodeField label={t('authenticator')} value={value} onChange={onChange} inputRef={inputRef} autoFocus />
    )
  const shared = {
    ref: inputRef,
    value,
    size: 'md',
    required: true,
    withAsterisk: false,
    autoFocus: true,
    onChange: (event: ChangeEvent<HTMLInputElement>) => onChange(event.currentTarget.value),
  } as const
  if (by === 'password')
    return <PasswordInput label={t('password')} autoComplete="current-password" maxLength={256} {...shared} />
  return (
    <TextInput
      label={t('recoveryCode')}
      description={t('recoveryCodeText')}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={60}
      {...shared}
    />
  )
}
