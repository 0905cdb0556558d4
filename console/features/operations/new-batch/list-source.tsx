import { Alert, Code, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { FileDrop } from '../../../ui/file-drop.tsx'
import { useBatchWords } from '../words.ts'
import { type ListFault, mostBytes, type ReadList, readList } from './read-list.ts'

const endings = ['.csv', '.tsv', '.txt']

/** Takes a list of moves as a file or as pasted text, and reads it here in the browser. */
export function ListSource({ onList }: { readonly onList: (list: ReadList) => void }) {
  const t = useBatchWords()
  const [isReading, setIsReading] = useState(false)
  const [fault, setFault] = useState<ListFault | null>(null)
  async function read(source: Blob) {
    setIsReading(true)
    setFault(null)
    try {
      const list = await readList(source)
      if (typeof list === 'string') setFault(list)
      else onList(list)
    } finally {
      setIsReading(false)
    }
  }
  return (
    <Stack maw={800}>
      <FileDrop
        label={t('source.label')}
        hint={t('source.hint')}
        accept={endings}
        maxBytes={mostBytes}
        isBusy={isReading}
        onFile={(file) => void read(file)}
        onText={(text) => void read(new Blob([text]))}
      />
      {fault && (
        <Alert role="alert" color="red" variant="outline" title={t(`source.fault.${fault}`)}>
          {t(`source.fault.${fault}.next`)}
        </Alert>
      )}
      <div>
        <Text size="sm" mb={4}>
          {t('source.example')}
        </Text>
        <Code block>{t('source.exampleText')}</Code>
      </div>
    </Stack>
  )
}
