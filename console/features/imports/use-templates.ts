import { useMutation } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { ApiProblem, Input, Item } from '../../api/client.ts'
import { useApi } from '../../api/company.tsx'
import { useRead } from '../../api/read.ts'
import { saveFile } from '../../api/save-file.ts'
import { useFormat } from '../../ui/format.ts'

export type Template = Item<'listTemplates'>
type TemplateColumn = Template['columns'][number]
const fieldPrefix = 'field:'

/** The templates in the reader's words; empty until they are there. */
export function useTemplates(): readonly Template[] {
  const { language } = useFormat()
  // Asked again in the other language when the reader changes it.
  const read = useRead('listTemplates', {}, { staleMs: 3_600_000 })
  return useMemo(() => (language ? (read.data?.items ?? []) : []), [language, read.data])
}

export interface TemplateWords {
  readonly template: Template | undefined
  columnOf(key: string): TemplateColumn | undefined
  /** The header of a column, also of a free field. */
  headerOf(key: string): string
}

/** One template, and how its columns are called. */
export function useTemplate(name: string | null): TemplateWords {
  const templates = useTemplates()
  return useMemo(() => {
    const template = templates.find((one) => one.name === name)
    const columnOf = (key: string) => template?.columns.find((column) => column.key === key)
    const headerOf = (key: string) =>
      columnOf(key)?.header ??
      (key.startsWith(fieldPrefix) ? key.slice(fieldPrefix.length) : template ? key : '')
    return { template, columnOf, headerOf }
  }, [templates, name])
}

type Download = Input<'downloadTemplate'>

/** Saves a template as a file. */
export function useTemplateDownload() {
  const api = useApi()
  return useMutation<void, ApiProblem, Download>({
    mutationFn: async (input) => {
      const { params, query } = input
      await saveFile(
        api,
        api.address('downloadTemplate', input),
        `${params.template}.${query?.format ?? 'xlsx'}`,
      )
    },
  })
}
