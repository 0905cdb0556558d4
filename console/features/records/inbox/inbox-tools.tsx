import { Button, Checkbox, Group, NativeSelect, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconDownload, IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useRecordWords } from '../words.ts'
import { ExportDialog } from './export-dialog.tsx'
import { type Inbox, recordKinds } from './use-inbox.ts'

const typingMs = 250

/** Narrows the inbox down, and takes it out as a file. */
export function InboxTools({ inbox, numberId }: { readonly inbox: Inbox; readonly numberId: string }) {
  const t = useRecordWords()
  const { view, setView, withheld } = inbox
  const [isExporting, setExporting] = useState(false)
  const mayRead = withheld !== 'not_granted'
  return (
    <Group role="search" aria-label={t('inbox.tools')} gap="sm" align="center">
      {mayRead && <SearchField inbox={inbox} />}
      <NativeSelect
        aria-label={t('inbox.kind')}
        value={view.recordKind}
        onChange={({ currentTarget }) => setView({ recordKind: currentTarget.value, with: '' })}
        data={[
          { value: '', label: t('inbox.kind.all') },
          ...recordKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) })),
        ]}
      />
      <Checkbox
        label={t('inbox.unanswered')}
        checked={view.unanswered}
        onChange={({ currentTarget }) => setView({ unanswered: currentTarget.checked, with: '' })}
        styles={{ body: { minHeight: 24, alignItems: 'center' } }}
      />
      {mayRead && inbox.entries.length > 0 && (
        <Button
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          onClick={() => setExporting(true)}
        >
          {t('inbox.export')}
        </Button>
      )}
      <ExportDialog
        numberId={numberId}
        isOpen={isExporting}
        onClose={() => setExporting(false)}
        needsReason={withheld === 'reason_needed' || inbox.reading.reason !== undefined}
        givenReason={inbox.reading.reason ?? ''}
      />
    </Group>
  )
}

function SearchField({ inbox: { view, setView } }: { readonly inbox: Inbox }) {
  const t = useRecordWords()
  const [words, setWords] = useState(view.find)
  const search = useDebouncedCallback(
    (find: string) => setView({ find, with: '' }, { replace: true }),
    typingMs,
  )
  // Going back, or clearing the filters, changes the words from outside.
  useEffect(() => setWords((typed) => (typed.trim() === view.find.trim() ? typed : view.find)), [view.find])
  return (
    <TextInput
      type="search"
      aria-label={t('inbox.search')}
      placeholder={t('inbox.search')}
      leftSection={<IconSearch size={16} aria-hidden />}
      value={words}
      maxLength={80}
      onChange={({ currentTarget }) => {
        setWords(currentTarget.value)
        search(currentTarget.value)
      }}
      style={{ flex: '1 1 14rem' }}
    />
  )
}
