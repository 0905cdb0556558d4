import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useApi } from '../../../api/company.tsx'
import { useRead } from '../../../api/read.ts'

const everyMs = 15_000

/** Asks now and then whether a number has something new, and only then reads its records anew. */
export function useNews(numberId: string): void {
  const { company } = useApi()
  const client = useQueryClient()
  const head = useRead('listConversations', { params: { numberId }, query: { limit: 1 } }, { everyMs })
  const lastAt = head.data?.items[0]?.lastAt ?? null
  const before = useRef<string | null>(null)
  useEffect(() => {
    const isNew = before.current !== null && before.current !== lastAt
    before.current = lastAt
    if (!isNew) return
    const shown = new Set(['listConversations', 'listNumberRecords'])
    void client.invalidateQueries({
      queryKey: [company ?? ''],
      predicate: ({ queryKey }) => shown.has(String(queryKey[1])),
    })
  }, [client, company, lastAt])
}
