import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import type { ApiProblem } from '../../../api/client.ts'
import { useApi } from '../../../api/company.tsx'
import { refreshCompany } from '../../../api/refresh.ts'

/** Sends a file as it is to the address of a task's evidence, then brings the screen up to date. */
export function useUploadEvidence(
  addressOf: (fileName: string) => string,
): UseMutationResult<void, ApiProblem, File> {
  const api = useApi()
  const client = useQueryClient()
  return useMutation<void, ApiProblem, File>({
    mutationFn: async (file) => {
      const type = file.type || 'application/octet-stream'
      const answer = await api.open(addressOf(file.name.slice(0, nameCharacters)), {
        method: 'POST',
        headers: { 'content-type': type },
        body: file,
      })
      // Until it is read, the browser keeps the connection.
      await answer.arrayBuffer()
    },
    onSuccess: () => refreshCompany(client, api.company),
  })
}

const nameCharacters = 200
