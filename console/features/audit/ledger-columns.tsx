import { Anchor, Text } from '@mantine/core'
import { useMemo } from 'react'
import type { Column } from '../../ui/data-table/model.ts'
import { useFormat } from '../../ui/format.ts'
import { useEntryWords } from './entry-words.ts'
import { useValueText } from './fact-value.tsx'
import { aboutOf, type Entry, type Fact, gistOf } from './facts.ts'
import { AboutName, useActorWords, useNameOf } from './names.tsx'
import { useActionName } from './parts/action-name.ts'
import { useLedgerWords } from './words.ts'

/** The columns of the ledger; the first opens the entry. */
export function useLedgerColumns(onOpen: (entry: Entry) => void): readonly Column<Entry>[] {
  const t = useLedgerWords()
  return useMemo(
    () => [
      {
        id: 'what',
        header: t('column.what'),
        isFixed: true,
        cell: (entry) => <What entry={entry} onOpen={onOpen} />,
      },
      {
        id: 'about',
        header: t('column.about'),
        width: 190,
        cell: (entry) => <AboutName about={aboutOf(entry)} />,
      },
      { id: 'who', header: t('column.who'), width: 190, cell: (entry) => <Who entry={entry} /> },
      { id: 'when', header: t('column.when'), width: 205, cell: (entry) => <When at={entry.at} /> },
      { id: 'reason', header: t('column.reason'), isShownFirst: false, cell: ({ reason }) => reason },
      {
        id: 'seq',
        header: t('column.seq'),
        width: 110,
        align: 'end',
        isShownFirst: false,
        cell: ({ seq }) => <Place seq={seq} />,
      },
    ],
    [t, onOpen],
  )
}

function What({ entry, onOpen }: { readonly entry: Entry; readonly onOpen: (entry: Entry) => void }) {
  const t = useEntryWords()
  const actionName = useActionName()
  const gist = gistOf(entry)
  const value = useGistText(gist)
  return (
    <>
      <Anchor
        component="button"
        type="button"
        aria-haspopup="dialog"
        fz="inherit"
        fw={500}
        mih={24}
        ta="start"
        onClick={() => onOpen(entry)}
      >
        {actionName(entry.action)}
      </Anchor>
      {gist && value && (
        <Text span fz="inherit" fw={400} c="dimmed">
          {' · '}
          {t('gist', { label: t(gist.label), value })}
        </Text>
      )}
    </>
  )
}

// Whoever has no name in the entry is asked for; until the answer is there, nothing is said.
function useGistText(gist: Fact | null): string | null {
  const say = useValueText()
  const person = gist?.value.kind === 'person' && gist.value.name === null ? gist.value.id : null
  const name = useNameOf('member', person)
  return name ?? (gist && say(gist.value))
}

function Who({ entry }: { readonly entry: Entry }) {
  return useActorWords()(entry)
}

function When({ at }: { readonly at: string }) {
  const format = useFormat()
  return <time dateTime={at}>{format.dateTime(at)}</time>
}

function Place({ seq }: { readonly seq: number | null }) {
  const t = useLedgerWords()
  const format = useFormat()
  return seq === null ? t('sealing') : format.number(seq)
}
