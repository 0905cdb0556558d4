import { useToast } from '../../../ui/toast.tsx'
import { ExportButton } from './export-button.tsx'
import { ExportItems } from './export-items.tsx'
import { useExportWords } from './export-words.ts'
import { type ExportKind, type Narrowed, type Order, useExport } from './use-export.ts'

/** `isWhole`: the file has more than the screen, which narrows its list by itself. */
export type ExportListProps<Name extends ExportKind> = Narrowed<Name> & { readonly isWhole?: boolean }

/** Saves the list that is on the screen as a file, narrowed as it is. */
export function ExportList<Name extends ExportKind>({ isWhole = false, ...of }: ExportListProps<Name>) {
  const t = useExportWords()
  const toast = useToast()
  const save = useExport()
  return (
    <ExportButton isBusy={save.isPending}>
      <ExportItems
        label={t(isWhole ? 'list.whole' : 'list.shown')}
        onChoose={(format) => save.mutate({ ...of, format } as unknown as Order, { onError: toast.problem })}
      />
    </ExportButton>
  )
}
