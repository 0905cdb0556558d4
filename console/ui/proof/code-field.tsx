import { TextInput } from '@mantine/core'
import { type Ref, useId } from 'react'
import { readCode } from './address.ts'
import { useProofWords } from './proof-words.ts'

const codeDigits = 6

/** Whether all digits of a code are there. */
export function isWholeCode(code: string): boolean {
  return code.length === codeDigits
}

export interface CodeFieldProps {
  readonly value: string
  readonly onChange: (code: string) => void
  /** Called at once with the last digit, by typing, pasting or the phone's own suggestion. */
  readonly onWhole?: (code: string) => void
  readonly label?: string
  readonly description?: string
  readonly isWrong?: boolean
  readonly inputRef?: Ref<HTMLInputElement>
  readonly autoFocus?: boolean
}

/** Six digits: one field, so that pasting, a phone's suggestion and a screen reader take it as one thing. */
export function CodeField({ value, onChange, onWhole, label, description, ...props }: CodeFieldProps) {
  const t = useProofWords()
  const id = useId()
  function take(given: string) {
    const code = readCode(given, codeDigits)
    onChange(code)
    if (isWholeCode(code) && code !== value) onWhole?.(code)
  }
  return (
    <TextInput
      id={id}
      ref={props.inputRef}
      label={label ?? t('code.label')}
      {...(description ? { description } : {})}
      value={value}
      onChange={(event) => take(event.currentTarget.value)}
      inputMode="numeric"
      autoComplete="one-time-code"
      autoCorrect="off"
      spellCheck={false}
      size="lg"
      required
      withAsterisk={false}
      error={props.isWrong ?? false}
      data-autofocus={props.autoFocus ? true : undefined}
      autoFocus={props.autoFocus ?? false}
      styles={{
        input: {
          fontVariantNumeric: 'tabular-nums',
          letterSpacing: '0.35em',
          fontWeight: 600,
          minHeight: 48,
        },
      }}
    />
  )
}
