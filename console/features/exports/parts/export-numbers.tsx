import { Menu } from '@mantine/core'
import { useSession } from '../../../shell/session.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { ExportButton } from './export-button.tsx'
import { ExportItems } from './export-items.tsx'
import { useExportWords } from './export-words.ts'
import { type Narrowed, useExport } from './use-export.ts'

interface ExportNumbersProps {
  /** What the list is narrowed by and how it is sorted. */
  readonly query: Narrowed<'exportNumbers'>['query']
}

/** Exports the numbers that the list shows, or who held which number all along. */
export function ExportNumbers({ query = {} }: ExportNumbersProps) {
  const t = useExportWords()
  const { can } = useSession()
  const toast = useToast()
  const save = useExport()
  const options = { onError: toast.problem }
  return (
    <ExportButton isBusy={save.isPending}>
      <ExportItems
        label={t('numbers.shown')}
        onChoose={(format) => save.mutate({ kind: 'exportNumbers', query, format }, options)}
      />
      {can('custody:read') && (
        <>
          <Menu.Divider />
          <ExportItems
            label={t('numbers.custody')}
            onChoose={(format) => save.mutate({ kind: 'exportCustody', format }, options)}
          />
        </>
      )}
    </ExportButton>
  )
}
