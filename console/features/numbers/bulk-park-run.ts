import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { ApiProblem } from '../../api/client.ts'
import { useApi } from '../../api/company.tsx'
import { refreshCompany } from '../../api/refresh.ts'
import type { ChosenNumber } from './bulk-chosen.ts'

/** What became of one number. */
export type ParkResult = 'parked' | 'undone' | ApiProblem

export interface ParkRun {
  readonly isBusy: boolean
  /** In the order in which they were asked for. */
  readonly results: ReadonlyMap<string, ParkResult>
  readonly park: (numbers: readonly ChosenNumber[]) => Promise<void>
  readonly undo: (numbers: readonly ChosenNumber[]) => Promise<void>
  readonly stop: () => void
}

/** Parks numbers one after the other; a refusal stops none of the others, and leaving the screen stops the rest. */
export function useParkRun(): ParkRun {
  const api = useApi()
  const client = useQueryClient()
  const [isBusy, setBusy] = useState(false)
  const [results, setResults] = useState<ReadonlyMap<string, ParkResult>>(new Map())
  const stop = useRef(new AbortController())
  // By number: an undo takes back this move, and none that somebody made since (NUM-9).
  const versions = useRef(new Map<string, number>())
  useEffect(() => () => stop.current.abort(), [])

  async function each(numbers: readonly ChosenNumber[], work: (number: ChosenNumber) => Promise<ParkResult>) {
    stop.current = new AbortController()
    const { signal } = stop.current
    setBusy(true)
    for (const number of numbers) {
      if (signal.aborted) break
      const result = await work(number).catch(asProblem)
      setResults((before) => new Map(before).set(number.numberId, result))
      // Without a connection each of the others would fail, too.
      if (result instanceof ApiProblem && result.status === 0) break
    }
    setBusy(false)
    await refreshCompany(client, api.company)
    await client.invalidateQueries({ queryKey: [api.company ?? '', 'listNumbers'] })
  }

  return {
    isBusy,
    results,
    stop: () => stop.current.abort(),
    park: (numbers) =>
      each(numbers, async ({ numberId, holderId }) => {
        const body = holderId === null ? {} : { expectedHolderId: holderId }
        const { version } = await api.call('parkNumber', { params: { numberId }, body })
        versions.current.set(numberId, version)
        return 'parked'
      }),
    undo: (numbers) =>
      each(numbers, async ({ numberId }) => {
        const version = versions.current.get(numberId)
        await api.call('undoMove', { params: { numberId }, body: {} }, { version })
        return 'undone'
      }),
  }
}

function asProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error
  throw error
}
