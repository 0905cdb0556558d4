import { useRead } from '../../../api/read.ts'
import { useReassignWords } from './reassign-words.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const minuteMs = 60_000

/** The name of whoever did something: a member by id, or `operator:…`, `token:…`, `system:…` in words. */
export function useActorName(actor: string): string {
  const t = useReassignWords()
  const isMember = uuid.test(actor)
  const member = useRead(
    'readMember',
    { params: { memberId: actor } },
    { enabled: isMember, staleMs: 5 * minuteMs },
  )
  if (isMember) return member.data?.name ?? (member.error ? t('actor.somebody') : '…')
  const [kind = '', ...name] = actor.split(':')
  if (kind === 'system') return t('actor.system')
  if (kind === 'operator') return t('actor.operator', { name: name.join(':') })
  return kind === 'token' ? t('actor.token') : actor
}
