import { Button, Stack } from '@mantine/core'
import { IconFileUpload } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useMemo } from 'react'
import type { Item } from '../../api/client.ts'
import { usePages } from '../../api/read.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../shell/session.tsx'
import { DataTable } from '../../ui/data-table/data-table.tsx'
import type { Column } from '../../ui/data-table/model.ts'
import { useFormat } from '../../ui/format.ts'
import { ScreenLink } from '../../ui/link.tsx'
import { Page } from '../../ui/page.tsx'
import { EmptyState, ForbiddenState, ProblemState } from '../../ui/states.tsx'
import { ListDownload } from '../exports/parts/list-download.tsx'
import { ImportState } from './import-state.tsx'
import { TemplateDownloads } from './template-downloads.tsx'
import { useTemplates } from './use-templates.ts'
import { useImportWords } from './words.ts'

type Summary = Item<'listImports'>

/** Files that were sent to be imported, newest first, and the templates to fill in. */
export function ImportList() {
  const t = useImportWords()
  const { can, slug } = useSession()
  if (!can('imports:read'))
    return (
      <Page title={t('list.title')}>
        <ForbiddenState />
      </Page>
    )
  const begin = can('imports:write') && (
    <Button
      component={Link}
      to={paths.newImport(slug)}
      leftSection={<IconFileUpload size={18} aria-hidden />}
    >
      {t('list.begin')}
    </Button>
  )
  return (
    <Page
      title={t('list.title')}
      text={t('list.text')}
      actions={
        <>
          <ListDownload kind="exportImports" />
          {begin}
        </>
      }
    >
      <Stack gap="xl">
        <Imports begin={begin} />
        <TemplateDownloads />
      </Stack>
    </Page>
  )
}

function Imports({ begin }: { readonly begin: ReactNode }) {
  const t = useImportWords()
  const { items, query } = usePages('listImports', {}, { everyMs: 5_000 })
  const columns = useColumns()
  if (query.error && items.length === 0)
    return <ProblemState problem={query.error} onRetry={() => query.refetch()} />
  return (
    <DataTable
      label={t('list.title')}
      columns={columns}
      rows={items}
      rowKey={(row) => row.importId}
      rowLabel={(row) => row.fileName}
      isLoading={query.isPending}
      isFetchingMore={query.isFetchingNextPage}
      hasMore={query.hasNextPage}
      onMore={() => void query.fetchNextPage()}
      empty={
        <EmptyState title={t('list.empty')} text={t('list.emptyText')}>
          {begin}
        </EmptyState>
      }
    />
  )
}

function useColumns(): readonly Column<Summary>[] {
  const t = useImportWords()
  const format = useFormat()
  const templates = useTemplates()
  const { slug } = useSession()
  return useMemo(
    () => [
      {
        id: 'file',
        header: t('list.file'),
        cell: (row) => <ScreenLink to={paths.import(slug, row.importId)}>{row.fileName}</ScreenLink>,
      },
      {
        id: 'what',
        header: t('list.what'),
        width: 140,
        cell: (row) => templates.find(({ name }) => name === row.template)?.title ?? t('list.unsettled'),
      },
      { id: 'state', header: t('list.state'), width: 130, cell: (row) => <ImportState shown={row} /> },
      { id: 'rows', header: t('list.rows'), width: 200, cell: (row) => <Counts counts={row.counts} /> },
      { id: 'by', header: t('list.by'), width: 130, cell: (row) => row.createdByName ?? row.createdBy },
      { id: 'at', header: t('list.at'), width: 170, cell: (row) => format.dateTime(row.createdAt) },
    ],
    [t, format, templates, slug],
  )
}

function Counts({ counts }: { readonly counts: Summary['counts'] }) {
  const t = useImportWords()
  const format = useFormat()
  if (!counts) return '–'
  const parts = (['new', 'changed', 'error', 'conflict'] as const)
    .filter((verdict) => counts[verdict] > 0)
    .map((verdict) => `${t(`verdict.${verdict}`)} ${format.number(counts[verdict])}`)
  return <>{parts.length > 0 ? parts.join(' · ') : t('list.nothing')}</>
}
