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
    async ({ memberId, name, status: before }, to, onProblem = toast.problem) => {
      const params = { memberId }
      const said = (status: MemberStatus, count: number) => t(`done.${status}`, { name, count })
      // Undo takes back this change and no later one.
      const undo = (version: number) =>
        mutateAsync({ params, body: { status: before }, version }).then(
          ({ holdings }) => toast.done(said(before, holdings.length)),
          sayTo(toast.problem),
        )
      try {
        const { version, holdings } = await mutateAsync({ params, body: { status: to } })
        toast.done(said(to, holdings.length), { onUndo: () => void undo(version) })
        return true
      } catch (error) {
        sayTo(onProblem)(error)
        return false
      }
    },
    [mutateAsync, t, toast],
  )
}

function sayTo(say: (problem: ApiProblem) => void): (error: unknown) => void {
  return (error) => {
    if (error instanceof ApiProblem) say(error)
  }
}
