import { Menu } from '@mantine/core'
import type { Input } from '../../../api/client.ts'
import { useSession } from '../../../shell/session.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { ExportButton } from './export-button.tsx'
import { useExportWords } from './export-words.ts'
import { formats, useExport } from './use-export.ts'

interface ExportNumbersProps {
  /** What the list is narrowed by and how it is sorted. */
  readonly query: Omit<NonNullable<Input<'exportNumbers'>['query']>, 'format'>
}

/** Exports the numbers that the list shows, or who held which number all along. */
export function ExportNumbers({ query }: ExportNumbersProps) {
  const t = useExportWords()
  const { can } = useSession()
  const toast = useToast()
  const save = useExport()
  const options = { onError: toast.problem }
  return (
    <ExportButton isBusy={save.isPending}>
      <Menu.Label>{t('numbers.shown')}</Menu.Label>
      {formats.map((format) => (
        <Menu.Item
          key={format}
          onClick={() => save.mutate({ kind: 'exportNumbers', query: { ...query, format } }, options)}
        >
          {t(format)}
        </Menu.Item>
      ))}
      {can('custody:read') && (
        <>
          <Menu.Divider />
          <Menu.Label>{t('numbers.custody')}</Menu.Label>
          {formats.map((format) => (
            <Menu.Item
              key={format}
              onClick={() => save.mutate({ kind: 'exportCustody', query: { format } }, options)}
            >
              {t(format)}
            </Menu.Item>
          ))}
        </>
      )}
    </ExportButton>
  )
}
