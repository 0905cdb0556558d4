import { Alert, Button, Group, Paper, Stack, Text } from '@mantine/core'
import { useFormat } from '../../../ui/format.ts'
import { useBatchWords } from '../words.ts'
import { mostLines, type ReadList } from './read-list.ts'

/** Where the lines came from. */
export type Source =
  | { readonly kind: 'list'; readonly list: ReadList }
  | { readonly kind: 'person'; readonly name: string }

/** How many lines were read, and as what their columns were understood. */
export function ListSummary({
  source,
  count,
  onOther,
}: {
  readonly source: Source
  readonly count: number
  readonly onOther: () => void
}) {
  const t = useBatchWords()
  const format = useFormat()
  const values = { count, number: format.number(count) }
  return (
    <Paper withBorder p="md" radius="md">
      <Group justify="space-between" align="flex-start">
        <Stack gap={4} style={{ minWidth: 0, flex: '1 1 16rem' }}>
          <Text fw={600} role="status">
            {source.kind === 'person'
              ? t('read.person', { ...values, name: source.name })
              : t('read.lines', values)}
          </Text>
          {source.kind === 'list' && <Understood list={source.list} />}
        </Stack>
        <Button variant="default" onClick={onOther}>
          {t('read.other')}
        </Button>
      </Group>
    </Paper>
  )
}

function Understood({ list }: { readonly list: ReadList }) {
  const t = useBatchWords()
  const format = useFormat()
  const { columns, headers } = list
  const name = (at: number) => headers[at] || t('read.column', { position: at + 1 })
  const unused = headers.filter(
    (header, at) => header !== '' && at !== columns.number && at !== columns.recipient,
  )
  return (
    <>
      <Text size="sm">{t('read.number', { column: name(columns.number) })}</Text>
      {columns.recipient !== null && (
        <Text size="sm">
          {t(`read.recipient.${columns.recipientKind}`, { column: name(columns.recipient) })}
        </Text>
      )}
      {unused.length > 0 && <Text size="sm">{t('read.unused', { columns: format.list(unused) })}</Text>}
      {list.isCut && (
        <Alert color="red" variant="outline" title={t('read.cut', { limit: format.number(mostLines) })}>
          {t('read.cutNext')}
        </Alert>
      )}
    </>
  )
}
