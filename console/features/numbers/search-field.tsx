import { TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useNumberWords } from './words.ts'

const pauseMs = 250

/** Searches while somebody types; letters that an input method is still composing are not searched for. */
export function SearchField({
  value,
  onChange,
}: {
  readonly value: string
  readonly onChange: (value: string) => void
}) {
  const t = useNumberWords()
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
      aria-label={t('search')}
      placeholder={t('search.placeholder')}
      leftSection={<IconSearch size={16} aria-hidden />}
      value={text}
      maxLength={80}
      onChange={(event) => {
        setText(event.currentTarget.value)
        if (!(event.nativeEvent instanceof InputEvent && event.nativeEvent.isComposing))
          send(event.currentTarget.value)
      }}
      onCompositionEnd={(event) => send(event.currentTarget.value)}
      style={{ flex: '1 1 14rem', maxWidth: 420 }}
    />
  )
}
