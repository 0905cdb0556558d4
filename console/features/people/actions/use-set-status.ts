import { useCallback } from 'react'
import type { MemberStatus } from '../../../../src/features/people/states.ts'
import { ApiProblem } from '../../../api/problem.ts'
import { useWrite } from '../../../api/write.ts'
import { useToast } from '../../../ui/toast.tsx'
import { usePeopleWords } from '../words.ts'
import type { ActableMember } from './member-can.ts'

type SetStatus = (
  member: ActableMember,
  to: MemberStatus,
  /** Default: says the refusal in a message. */
  onProblem?: (problem: ApiProblem) => void,
) => Promise<boolean>

/** Gives a member another status at once, says so, and offers the way back; false where it was refused. */
export function useSetStatus(): SetStatus {
  const t = usePeopleWords()
  const toast = useToast()
  const { mutateAsync } = useWrite('changeMember')
  return useCallback(
    async (member, to, onProblem = toast.problem) => {
      const params = { memberId: member.memberId }
      const change = async (status: MemberStatus, version?: number) => {
        try {
          const after = await mutateAsync({
            params,
            body: { status },
            ...(version === undefined ? {} : { version }),
          })
          const isBack = version !== undefined
          // Undo takes back this change and no later one.
          const onUndo = () => void change(member.status, after.version)
          const words = { name: member.name, count: after.holdings.length }
          toast.done(t(`done.${status}`, words), isBack ? {} : { onUndo })
          return true
        } catch (error) {
          if (error instanceof ApiProblem) (version === undefined ? onProblem : toast.problem)(error)
          return false
        }
      }
      return change(to)
    },
    [mutateAsync, t, toast],
  )
}
