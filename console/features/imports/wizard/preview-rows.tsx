import { Chip, Group, Stack, Text, Title } from '@mantine/core'
import { useMemo } from 'react'
import { usePages } from '../../../api/read.ts'
import { DataTable } from '../../../ui/data-table/data-table.tsx'
import type { Column } from '../../../ui/data-table/model.ts'
import { useFormat } from '../../../ui/format.ts'
import { useSearchState } from '../../../ui/search-state.ts'
import { EmptyState, ProblemState } from '../../../ui/states.tsx'
import { StatusBadge, type StatusKind } from '../../../ui/status-badge.tsx'
import type { Import } from '../use-draft.ts'
import { type TemplateWords, useTemplate } from '../use-templates.ts'
import { useImportWords } from '../words.ts'
import classes from './preview-rows.module.css'
import type { Row } from './undo-edits.ts'

type Verdict = NonNullable<Row['verdict']>

const verdicts = ['new', 'changed', 'unchanged', 'skipped', 'conflict', 'error'] as const
const kinds: Readonly<Record<Verdict, StatusKind>> = {
  new: 'good',
  changed: 'busy',
  unchanged: 'off',
  skipped: 'off',
  conflict: 'wait',
  error: 'bad',
}

/** How many rows would do what, and each of them with before and after. */
export function PreviewRows({ shown }: { readonly shown: Import }) {
  const t = useImportWords()
  const format = useFormat()
  const [{ verdict: asked }, set] = useSearchState({ verdict: '' })
  const { counts } = shown
  const verdict = verdicts.find((one) => one === asked)
  if (!counts) return null
  return (
    <Stack gap="sm" component="section" aria-labelledby="preview-heading">
      <Title order={2} size="h4" id="preview-heading">
        {t('preview.title')}
      </Title>
      <Chip.Group
        multiple={false}
        value={verdict ?? 'all'}
        onChange={(value) => set({ verdict: value === 'all' ? '' : String(value) }, { replace: true })}
      >
        <Group gap="xs" role="radiogroup" aria-label={t('preview.filter')}>
          <Chip value="all" variant="outline">
            {t('grid.counted', { what: t('grid.all'), number: format.number(counts.rows) })}
          </Chip>
          {verdicts.map((one) => (
            <Chip key={one} value={one} variant="outline">
              {t('grid.counted', { what: t(`verdict.${one}`), number: format.number(counts[one]) })}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      <Rows shown={shown} verdict={verdict} total={verdict ? counts[verdict] : counts.rows} />
    </Stack>
  )
}

interface RowsProps {
  readonly shown: Import
  readonly verdict: Verdict | undefined
  readonly total: number
}

function Rows({ shown, verdict, total }: RowsProps) {
  const t = useImportWords()
  const { items, query } = usePages(
    'listImportRows',
    { params: { importId: shown.importId }, query: { verdict } },
    { pageSize: 100, keepsPrevious: true },
  )
  const columns = useColumns(shown)
  if (query.error && items.length === 0)
    return <ProblemState problem={query.error} onRetry={() => query.refetch()} />
  return (
    <DataTable
      label={t('preview.title')}
      columns={columns}
      rows={items}
      rowKey={({ row }) => String(row)}
      rowLabel={({ row }) => t('report.row', { row })}
      total={total}
      isLoading={query.isPending}
      isFetchingMore={query.isFetchingNextPage}
      hasMore={query.hasNextPage}
      onMore={() => void query.fetchNextPage()}
      maxHeight="60dvh"
      empty={<EmptyState title={t('grid.none')} />}
    />
  )
}

function useColumns(shown: Import): readonly Column<Row>[] {
  const t = useImportWords()
  const words = useTemplate(shown.template)
  return useMemo(
    () => [
      { id: 'row', header: t('preview.row'), width: 80, cell: ({ row }) => String(row) },
      { id: 'what', header: t('preview.what'), width: 220, cell: (row) => nameOfRow(row, words) },
      {
        id: 'verdict',
        header: t('preview.verdict'),
        width: 130,
        cell: ({ verdict }) =>
          verdict && <StatusBadge kind={kinds[verdict]}>{t(`verdict.${verdict}`)}</StatusBadge>,
      },
      { id: 'effect', header: t('preview.effect'), cell: (row) => <Effect row={row} words={words} /> },
    ],
    [t, words],
  )
}

const naming = ['name', 'system', 'number', 'staffCode', 'otherParty'] as const

/** What a row is about, as far as it was understood. */
export function nameOfRow(row: Pick<Row, 'values' | 'cells'>, { template }: TemplateWords): string {
  const known = naming.map((key) => row.values[key]).filter((value) => value !== undefined && value !== '')
  const [first, second] = known
  if (first === undefined) return row.cells.find((cell) => cell !== null) ?? '–'
  const isPerson = template?.columns[0]?.key === 'staffCode' || template?.columns[0]?.key === 'name'
  return isPerson && second !== undefined ? `${first} · ${second}` : first
}

const valuesShown = 6

function Effect({ row, words }: { readonly row: Row; readonly words: TemplateWords }) {
  const t = useImportWords()
  const format = useFormat()
  const { verdict, changes, problems, values } = row
  if (verdict === 'error' || verdict === 'conflict') {
    const [first] = problems.filter(({ severity }) => severity !== 'warning')
    return <Text size="sm">{first ? format.sentences(first.title, first.next) : ''}</Text>
  }
  if (verdict === 'changed')
    return (
      <ul className={classes['changes']}>
        {changes.map(({ column, before, after }) => (
          <li key={column}>
            {words.headerOf(column)}: <del>{before ?? t('preview.nothing')}</del> →{' '}
            <ins>{after ?? t('preview.nothing')}</ins>
          </li>
        ))}
      </ul>
    )
  if (verdict === 'skipped' && problems[0] !== undefined) return <Text size="sm">{problems[0].title}</Text>
  if (verdict !== 'new') return null
  const known = (words.template?.columns ?? []).filter(({ stored }) => stored).map(({ key }) => key)
  const fields = Object.keys(values).filter((key) => key.startsWith('field:') && !known.includes(key))
  const some = [...known, ...fields].flatMap((key) => {
    const value = values[key] ?? ''
    return value === '' || key === 'name' ? [] : [{ key, value }]
  })
  return (
    <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
      {some
        .slice(0, valuesShown)
        .map(({ key, value }) => t('preview.value', { header: words.headerOf(key), value }))
        .join(' · ')}
    </Text>
  )
}
