import { TextInput } from '@mantine/core'
import type { Ref } from 'react'
import { useProofWords } from './proof-words.ts'

export interface AddressFieldProps {
  readonly kinds: 'both' | 'email' | 'phone'
  readonly value: string
  readonly onChange: (value: string) => void
  readonly label?: string
  readonly description?: string
  readonly error?: string | undefined
  readonly placeholder?: string
  /** Tokens of the browser's autofill, e.g. `username webauthn`. */
  readonly autoComplete?: string
  readonly inputRef?: Ref<HTMLInputElement>
  readonly autoFocus?: boolean
}

const keyboards = { both: 'text', email: 'email', phone: 'tel' } as const
const fills = { both: 'username', email: 'email', phone: 'tel' } as const

/** A phone, an e-mail address, or either of them. */
export function AddressField({ kinds, onChange, ...props }: AddressFieldProps) {
  const t = useProofWords()
  return (
    <TextInput
      ref={props.inputRef}
      label={props.label ?? t(`address.${kinds}`)}
      {...(props.description ? { description: props.description } : {})}
      {...(props.placeholder ? { placeholder: props.placeholder } : {})}
      type={keyboards[kinds]}
      inputMode={keyboards[kinds]}
      autoComplete={props.autoComplete ?? fills[kinds]}
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      size="md"
      required
      withAsterisk={false}
      maxLength={254}
      value={props.value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={props.error ?? false}
      data-autofocus={props.autoFocus ? true : undefined}
    />
  )
}
