import { useMutation } from '@tanstack/react-query'
import type { ApiProblem, Input } from '../../../api/client.ts'
import { useApi } from '../../../api/company.tsx'
import { saveFile } from '../../../api/save-file.ts'
import { useToast } from '../../../ui/toast.tsx'
import { useExportWords } from './export-words.ts'

type Kind = 'exportMembers' | 'exportNumbers' | 'exportCustody'
type Query<Name extends Kind> = NonNullable<Input<Name>['query']>
export type MemberQuery = Query<'exportMembers'>

/** What is to be saved. */
type Order =
  | { readonly kind: 'exportMembers'; readonly query: Query<'exportMembers'> }
  | { readonly kind: 'exportNumbers'; readonly query: Query<'exportNumbers'> }
  | { readonly kind: 'exportCustody'; readonly query: Query<'exportCustody'> }

export const formats = ['xlsx', 'csv'] as const

/** Saves what the reader may see as a file that spreadsheets open, and says under which name. */
export function useExport() {
  const t = useExportWords()
  const api = useApi()
  const toast = useToast()
  return useMutation<string, ApiProblem, Order>({
    mutationFn: ({ kind, query }) =>
      saveFile(api, api.address(kind, { query }), `${kind}.${query.format ?? 'xlsx'}`),
    onSuccess: (name) => toast.done(t('done', { name })),
  })
}
