import { useMutation } from '@tanstack/react-query'
import type { ApiProblem } from '../../../api/client.ts'
import { useApi } from '../../../api/company.tsx'
import { saveFile } from '../../../api/save-file.ts'

/** Saves what became of each item of an operation as a file that spreadsheets open. */
export function useDownload(operationId: string) {
  const api = useApi()
  return useMutation<void, ApiProblem, void>({
    mutationFn: async () => {
      const address = api.address('exportOperation', { params: { operationId }, query: { format: 'csv' } })
      await saveFile(api, address, `batch-${operationId}.csv`)
    },
  })
}
