import { Group, Kbd, Modal, Stack, Switch, Table, Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { setPreferences, usePreferences } from '../ui/preferences.ts'
import { placesOf } from './navigation.tsx'
import { openPalette, openShortcuts, setSheet, useSheet } from './palette-store.ts'
import { useSession } from './session.tsx'
import { useShellWords } from './words.ts'

/** The keys that act anywhere, and the sheet that lists them. */
export function Shortcuts() {
  const t = useShellWords()
  const sheet = useSheet()
  useSingleKeys()
  return (
    <Modal
      opened={sheet === 'shortcuts'}
      onClose={() => setSheet(null)}
      title={t('menu.shortcuts')}
      closeButtonProps={{ 'aria-label': t('keys.close') }}
    >
      <Sheet />
    </Modal>
  )
}

const goPauseMs = 1_500

function isBusyElsewhere(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented)
    return true
  const { target } = event
  if (!(target instanceof HTMLElement)) return true
  return (
    target.isContentEditable ||
    target.closest('input, textarea, select, [role=dialog], [role=menu], [role=listbox], [role=combobox]') !==
      null
  )
}

// Single keys can be switched off, and never act while somebody types (WCAG 2.1.4).
function useSingleKeys(): void {
  const session = useSession()
  const navigate = useNavigate()
  const { shortcuts } = usePreferences()
  const goUntil = useRef(0)
  useEffect(() => {
    if (!shortcuts) return
    function goTo(key: string): boolean {
      goUntil.current = 0
      const place = placesOf(session)
        .flat()
        .find((one) => one.key === key)
      if (place) void navigate({ to: place.to(session.slug) })
      return place !== undefined
    }
    function onKey(event: KeyboardEvent) {
      if (isBusyElsewhere(event)) return
      const isGoing = event.timeStamp < goUntil.current
      const isDone = isGoing ? goTo(event.key.toLowerCase()) : actOn(event.key)
      if (event.key.toLowerCase() === 'g' && !isGoing) goUntil.current = event.timeStamp + goPauseMs
      if (isDone) event.preventDefault()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [session, navigate, shortcuts])
}

function actOn(key: string): boolean {
  if (key === '/') openPalette()
  else if (key === '?') openShortcuts()
  else return false
  return true
}

const general = [
  [['Ctrl K', '⌘ K', '/'], 'keys.palette'],
  [['?'], 'keys.help'],
  [['F6'], 'keys.messages'],
  [['Esc'], 'keys.escape'],
] as const

const inTables = [
  [['J', 'K'], 'keys.rows'],
  [['X'], 'keys.select'],
  [['Enter'], 'keys.open'],
  [['.'], 'keys.menu'],
] as const

function Sheet() {
  const t = useShellWords()
  const session = useSession()
  const { shortcuts } = usePreferences()
  return (
    <Stack>
      <Switch
        label={t('keys.switch')}
        description={t('keys.switchText')}
        checked={shortcuts}
        onChange={(event) => setPreferences({ shortcuts: event.currentTarget.checked })}
      />
      <Keys title={t('keys.general')} lines={general.map(([keys, word]) => ({ keys, text: t(word) }))} />
      <Keys title={t('keys.tables')} lines={inTables.map(([keys, word]) => ({ keys, text: t(word) }))} />
      <Keys
        title={t('keys.go')}
        lines={placesOf(session)
          .flat()
          .map(({ word, key }) => ({ keys: [`G ${key.toUpperCase()}`], text: t(`nav.${word}`) }))}
      />
    </Stack>
  )
}

function Keys({
  title,
  lines,
}: {
  readonly title: string
  readonly lines: readonly { readonly keys: readonly string[]; readonly text: string }[]
}) {
  return (
    <Table withRowBorders={false} verticalSpacing={4}>
      <Table.Caption style={{ captionSide: 'top', textAlign: 'start' }}>{title}</Table.Caption>
      <Table.Tbody>
        {lines.map(({ keys, text }) => (
          <Table.Tr key={text}>
            <Table.Th scope="row" fw={400}>
              <Text size="sm">{text}</Text>
            </Table.Th>
            <Table.Td>
              <Group gap={6} justify="flex-end">
                {keys.map((key) => (
                  <Kbd key={key}>{key}</Kbd>
                ))}
              </Group>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
