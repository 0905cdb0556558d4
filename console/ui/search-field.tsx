import { TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'

const pauseMs = 250

interface SearchFieldProps {
  readonly label: string
  readonly placeholder: string
  readonly value: string
  readonly maxLength: number
  readonly onChange: (value: string) => void
}

/** Searches while somebody types; letters that an input method is still composing are not searched for. */
export function SearchField({ label, placeholder, value, maxLength, onChange }: SearchFieldProps) {
  const [text, setText] = useState(value)
  const sent = useRef(value)
  const send = useDebouncedCallback((next: string) => {
    sent.current = next
    onChange(next)
  }, pauseMs)
  // Back, a saved view or "Clear all" changes what is searched for from outside.
  useEffect(() => {
    if (value === sent.current) return
    sent.current = value
    setText(value)
  }, [value])
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={placeholder}
      leftSection={<IconSearch size={16} aria-hidden />}
      value={text}
      maxLength={maxLength}
      onChange={(event) => {
        setText(event.currentTarget.value)
        if (!(event.nativeEvent instanceof InputEvent && event.nativeEvent.isComposing))
          send(event.currentTarget.value)
      }}
      onCompositionEnd={(event) => send(event.currentTarget.value)}
      style={{ flex: '1 1 14rem', maxWidth: 480 }}
    />
  )
}
