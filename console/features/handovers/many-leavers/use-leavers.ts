import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { Answer, Api, ApiProblem } from '../../../api/client.ts'
import { useApi } from '../../../api/company.tsx'
import { useFormat } from '../../../ui/format.ts'
import { keepList, keptList, type Line, type LineChoice, withChoice } from './kept-list.ts'

type Read = Answer<'checkLeavers'>
export type Leaver = Read['items'][number]

/** How a line is called: the person's name, or what is written. */
export function nameOf({ leaver, line }: Leaver): string {
  return leaver?.name ?? (line.name || line.staffCode || line.email || '')
}

export interface Leavers {
  /** What the list means; null before there is one. */
  readonly read: Read | null
  readonly isBusy: boolean
  readonly problem: ApiProblem | null
  /** Reads a file, or a text that was pasted, as the list. */
  send(file: File): void
  /** Decides something in the line of that row; null leaves it out. */
  choose(row: number, choice: LineChoice | null): void
  /** Reads the same lines again: some may have a plan by now. */
  lookAgain(): Promise<void>
  forget(): void
}

/** The list of leavers that is worked on: read by the server, kept by the window. */
export function useLeavers(): Leavers {
  const api = useApi()
  const company = api.company ?? ''
  const { language } = useFormat()
  const [read, setRead] = useState<Read | null>(null)
  const lines = useRef<readonly Line[]>([])
  const look = useMutation<Read, ApiProblem, File | readonly Line[]>({
    scope: { id: `leavers ${company}` },
    mutationFn: (list) => readList(api, list),
    onSuccess: (found) => {
      if (lines.current.length === 0) lines.current = linesOf(found)
      keepList(company, lines.current)
      // The columns of the file stay told while its lines are read again.
      setRead((before) => (found.headerRow === null && before ? { ...before, items: found.items } : found))
    },
  })
  const { mutate, mutateAsync } = look
  // Also in the other language, when the reader changes it: what is in the way is told in words.
  useEffect(() => {
    lines.current = language ? (keptList(company) ?? []) : []
    if (lines.current.length > 0) mutate(lines.current)
  }, [company, language, mutate])
  function forget() {
    lines.current = []
    keepList(company, [])
    setRead(null)
    look.reset()
  }
  return {
    read,
    isBusy: look.isPending,
    problem: look.error,
    send: (file) => {
      forget()
      mutate(file)
    },
    choose: (row, choice) => {
      // What was chosen a moment ago may still be on its way.
      lines.current = withChoice(lines.current, row, choice)
      if (lines.current.length === 0) forget()
      else mutate(lines.current)
    },
    lookAgain: async () => {
      await mutateAsync(lines.current).catch(() => {})
    },
    forget,
  }
}

function linesOf({ items }: Read): readonly Line[] {
  return items.map(({ line }) => line)
}

async function readList(api: Api, list: File | readonly Line[]): Promise<Read> {
  if (!(list instanceof File)) return api.call('checkLeavers', { body: { lines: [...list] } })
  const form = new FormData()
  form.set('file', list)
  const response = await api.open(api.address('readLeavers', {}), { method: 'POST', body: form })
  return (await response.json()) as Read
}
