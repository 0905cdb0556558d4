import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Answer, ApiProblem, Input } from '../../api/client.ts'
import { useApi } from '../../api/company.tsx'
import { refreshCompany } from '../../api/refresh.ts'

export type Import = Answer<'getImport'>
export type Change = NonNullable<Input<'changeImport'>['body']>

/** What takes the last repair back. */
export interface Undo {
  /** In words, for the button. */
  readonly what: string
  readonly changes: readonly Change[]
}

export interface Draft {
  readonly shown: Import
  readonly isBusy: boolean
  readonly problem: ApiProblem | null
  /** Sends changes one after the other; resolves to the import afterwards, or null when one was refused. */
  change(changes: readonly Change[], undo?: Undo): Promise<Import | null>
  readonly lastRepair: Undo | null
  undoLast(): Promise<Import | null>
}

const mostSteps = 30

/**
 * Changes of a draft, in the order in which they are asked for: each is sent with the version that the one before left,
 * so that quick typing is never refused, and what somebody else changed meanwhile is.
 */
export function useDraft(shown: Import): Draft {
  const api = useApi()
  const client = useQueryClient()
  const version = useRef(shown.version)
  const [undos, setUndos] = useState<readonly Undo[]>([])
  const { importId } = shown
  useEffect(() => {
    version.current = Math.max(version.current, shown.version)
  }, [shown.version])
  const write = useMutation<Import, ApiProblem, readonly Change[]>({
    scope: { id: `import ${importId}` },
    mutationFn: async (changes) => {
      let after = shown
      for (const body of changes) {
        after = await api.call('changeImport', { params: { importId }, body }, { version: version.current })
        version.current = after.version
      }
      return after
    },
    onError: async () => {
      // Somebody else may have changed it: what they left is shown, and can be changed from there.
      const fresh = await api.call('getImport', { params: { importId } }).catch(() => null)
      if (fresh) version.current = fresh.version
      void refreshCompany(client, api.company)
    },
    onSuccess: () => refreshCompany(client, api.company),
  })
  const send = write.mutateAsync
  const change = useCallback(
    async (changes: readonly Change[], undo?: Undo) => {
      const after = await send(changes).catch(() => null)
      if (after && undo) setUndos((before) => [...before, undo].slice(-mostSteps))
      return after
    },
    [send],
  )
  const lastRepair = undos.at(-1) ?? null
  const undoLast = useCallback(async () => {
    if (!lastRepair) return null
    const after = await send(lastRepair.changes).catch(() => null)
    if (after) setUndos((before) => before.slice(0, -1))
    return after
  }, [lastRepair, send])
  const asked = write.isPending ? write.variables : undefined
  return {
    shown: asked ? withAsked(shown, asked) : shown,
    isBusy: write.isPending,
    problem: write.error,
    change,
    lastRepair,
    undoLast,
  }
}

// What was chosen stays chosen on the screen while it is on its way.
function withAsked(shown: Import, changes: readonly Change[]): Import {
  const keys = new Map(changes.flatMap(({ columns = [] }) => columns.map(({ column, key }) => [column, key])))
  const columns = shown.recognition.columns.map((column) => ({
    ...column,
    key: keys.has(column.column) ? (keys.get(column.column) ?? null) : column.key,
  }))
  return {
    ...shown,
    options: Object.assign({}, shown.options, ...changes.map(({ options }) => options)),
    recognition: { ...shown.recognition, columns },
  }
}
