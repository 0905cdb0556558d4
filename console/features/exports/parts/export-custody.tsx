import { Menu } from '@mantine/core'
import type { Input } from '../../../api/client.ts'
import { useSession } from '../../../shell/session.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { ExportButton } from './export-button.tsx'
import { useExportWords } from './export-words.ts'
import { formats, useExport } from './use-export.ts'

interface ExportCustodyProps {
  /** Whose history it is: of a number, or of what a member has held. */
  readonly query: Omit<NonNullable<Input<'exportCustody'>['query']>, 'format'>
}

/** Exports who held what from when to when; nothing for those who may not see it. */
export function ExportCustody({ query }: ExportCustodyProps) {
  const t = useExportWords()
  const { can } = useSession()
  const toast = useToast()
  const save = useExport()
  if (!can('custody:read')) return null
  return (
    <ExportButton isBusy={save.isPending}>
      <Menu.Label>{t('numbers.custody')}</Menu.Label>
      {formats.map((format) => (
        <Menu.Item
          key={format}
          onClick={() =>
            save.mutate({ kind: 'exportCustody', query: { ...query, format } }, { onError: toast.problem })
          }
        >
          {t(format)}
        </Menu.Item>
      ))}
    </ExportButton>
  )
}
