import { useMutation } from '@tanstack/react-query'
import type { exportsContract } from '../../../../src/features/exports/contract.ts'
import type { ApiProblem, Input } from '../../../api/client.ts'
import { useApi } from '../../../api/company.tsx'
import { saveFile } from '../../../api/save-file.ts'
import { useToast } from '../../../ui/toast.tsx'
import { useExportWords } from './export-words.ts'

/** Every file that has the forms below. */
export type ExportKind = keyof typeof exportsContract | 'exportOperation' | 'exportLeavers'
type Query<Name extends ExportKind> = NonNullable<Input<Name>['query']>
export type MemberQuery = Query<'exportMembers'>

/** What a file is narrowed by, and where it is asked for. */
export interface Narrowed<Name extends ExportKind> {
  readonly kind: Name
  readonly params?: Input<Name>['params']
  readonly query?: Omit<Query<Name>, 'format'>
}

/** What is to be saved. */
export type Order = {
  [Name in ExportKind]: Narrowed<Name> & { readonly format: (typeof formats)[number] }
}[ExportKind]

export const formats = ['xlsx', 'csv'] as const

/** Saves what the reader may see as a file that spreadsheets open, and says under which name. */
export function useExport() {
  const t = useExportWords()
  const api = useApi()
  const toast = useToast()
  return useMutation<string, ApiProblem, Order>({
    mutationFn: ({ kind, params, query, format }) => {
      const input = { params, query: { ...query, format } } as Input<typeof kind>
      return saveFile(api, api.address(kind, input), `${kind}.${format}`)
    },
    onSuccess: (name) => toast.done(t('done', { name })),
  })
}
