import type { Answer, Item } from '../../../api/client.ts'
import { useFormat } from '../../../ui/format.ts'
import { usePhone } from '../../../ui/phone.tsx'
import { readable } from '../../../ui/readable.ts'
import { useTaskWords } from '../words.ts'

export type ListedTask = Item<'listTasks'>
export type TaskDetail = Answer<'readTask'>
export type Instructions = TaskDetail['instructions']
export type EvidenceFile = TaskDetail['evidence'][number]

/** What Baton says of a task, for reading: phone numbers grouped, times in the reader's zone. */
export function useReadable(): (text: string) => string {
  const format = useFormat()
  const phone = usePhone()
  return (text) => readable(text, format, phone)
}

/** Who is to do a task, in words. */
export function useAddressee(): (task: Pick<ListedTask, 'forName'>) => string {
  const t = useTaskWords()
  return ({ forName }) => forName ?? t('for.admins')
}

/** Whoever did something with a task, in words; `byLink` names whoever used its link. */
export function usePersonWord(): (
  person: string | null,
  name: string | null,
  byLink?: string | null,
) => string {
  const t = useTaskWords()
  return (person, name, byLink) => {
    if (name !== null) return name
    if (person === null) return t('somebody')
    if (person.startsWith('system:task link')) return byLink ?? t('byLink')
    const [kind, ...rest] = person.split(':')
    if (kind === 'operator') return rest.join(':') || t('somebody')
    return kind === 'system' ? t('baton') : t('somebody')
  }
}

/** A dialog about a task. */
export interface TaskDialogProps {
  readonly task: TaskDetail
  readonly isOpen: boolean
  readonly onClose: () => void
}
