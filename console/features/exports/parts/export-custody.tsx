import { useSession } from '../../../shell/session.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { ExportButton } from './export-button.tsx'
import { ExportItems } from './export-items.tsx'
import { useExportWords } from './export-words.ts'
import { type Narrowed, useExport } from './use-export.ts'

interface ExportCustodyProps {
  /** Whose history it is: of a number, or of what a member has held. */
  readonly query: Narrowed<'exportCustody'>['query']
}

/** Exports who held what from when to when; nothing for those who may not see it. */
export function ExportCustody({ query = {} }: ExportCustodyProps) {
  const t = useExportWords()
  const { can } = useSession()
  const toast = useToast()
  const save = useExport()
  if (!can('custody:read')) return null
  return (
    <ExportButton isBusy={save.isPending}>
      <ExportItems
        label={t('numbers.custody')}
        onChoose={(format) =>
          save.mutate({ kind: 'exportCustody', query, format }, { onError: toast.problem })
        }
      />
    </ExportButton>
  )
}
