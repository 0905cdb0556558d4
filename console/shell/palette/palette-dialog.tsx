import { Box, Loader, Modal, Text, TextInput, VisuallyHidden } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, useId, useState } from 'react'
import { useEntries } from './entries.ts'
import { Listing } from './listing.tsx'
import { usePaletteWords } from './palette-words.ts'

/** The palette as an ARIA combobox: the focus stays in the field, the arrows choose. */
export function PaletteDialog({ onClose }: { readonly onClose: () => void }) {
  const t = usePaletteWords()
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      aria-label={t('label')}
      size="lg"
      padding={0}
      yOffset="10vh"
      centered={false}
      transitionProps={{ duration: 0 }}
    >
      <Search onClose={onClose} />
    </Modal>
  )
}

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 5, PageUp: -5 }

// A key that only confirms what an input method composed must not choose anything. Some browsers say so by code 229.
function isComposing({ nativeEvent }: KeyboardEvent): boolean {
  return nativeEvent.isComposing || nativeEvent.keyCode === 229
}

function Search({ onClose }: { readonly onClose: () => void }) {
  const t = usePaletteWords()
  const listId = useId()
  const [typed, setTyped] = useState('')
  const [active, setActive] = useState(0)
  const { entries, isSearching, problem } = useEntries(typed)
  const chosen = Math.min(active, entries.length - 1)
  function run(index: number) {
    const entry = entries[index]
    if (!entry) return
    if (!entry.staysOpen) onClose()
    entry.run()
  }
  function onKeyDown(event: KeyboardEvent) {
    if (isComposing(event)) return
    const step = steps[event.key]
    if (step !== undefined) {
      event.preventDefault()
      setActive(stepped(chosen, step, entries.length))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      run(chosen)
    }
  }
  return (
    <Box>
      <TextInput
        data-autofocus
        size="md"
        variant="unstyled"
        px="md"
        py="xs"
        leftSection={<IconSearch size={18} aria-hidden />}
        rightSection={isSearching ? <Loader size="xs" aria-hidden /> : null}
        placeholder={t('placeholder')}
        aria-label={t('label')}
        role="combobox"
        aria-expanded={entries.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={entries.length > 0 ? `${listId}-${chosen}` : undefined}
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          setActive(0)
        }}
        onKeyDown={onKeyDown}
      />
      <VisuallyHidden role="status">
        {typed && !isSearching ? t('count', { count: entries.length }) : ''}
      </VisuallyHidden>
      <Listing id={listId} entries={entries} active={chosen} onActive={setActive} onRun={run} />
      {entries.length === 0 && !isSearching && (
        <Box p="md">
          <Text fw={600}>{problem ? problem.message : t('none', { typed })}</Text>
          <Text size="sm" c="dimmed">
            {t('noneNext')}
          </Text>
        </Box>
      )}
      <Text size="xs" c="dimmed" p="xs" ta="center">
        {t('keys')}
      </Text>
    </Box>
  )
}

// One step goes round at the ends, a page stops there.
function stepped(from: number, step: number, count: number): number {
  if (count === 0) return 0
  if (Math.abs(step) === 1) return (from + step + count) % count
  return Math.max(0, Math.min(count - 1, from + step))
}
