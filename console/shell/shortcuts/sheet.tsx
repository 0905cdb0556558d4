import { Group, Kbd, Modal, Stack, Switch, Table, Text } from '@mantine/core'
import { setPreferences, usePreferences } from '../../ui/preferences.ts'
import { placesOf } from '../navigation.tsx'
import { useSession } from '../session.tsx'
import { useShellWords } from '../words.ts'

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

/** All keys that act, and the switch for the single ones. */
export function ShortcutsSheet({ onClose }: { readonly onClose: () => void }) {
  const t = useShellWords()
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('menu.shortcuts')}
      closeButtonProps={{ 'aria-label': t('keys.close') }}
    >
      <Sheet />
    </Modal>
  )
}

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
