import { useMutation } from '@tanstack/react-query'
import type { ApiProblem } from '../../../api/client.ts'
import { useApi } from '../../../api/company.tsx'

/** Saves what became of each item of an operation as a file that spreadsheets open. */
export function useDownload(operationId: string) {
  const api = useApi()
  return useMutation<void, ApiProblem, void>({
    mutationFn: async () => {
      const address = api.address('exportOperation', { params: { operationId }, query: { format: 'csv' } })
      const response = await api.open(address)
      save(await response.blob(), `batch-${operationId}.csv`)
    },
  })
}

function save(content: Blob, name: string): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
