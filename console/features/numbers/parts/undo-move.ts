import { ApiProblem } from '../../../api/problem.ts'
import { useWrite } from '../../../api/write.ts'
import { usePhone } from '../../../ui/phone.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { useReassignWords } from './reassign-words.ts'

interface Movable {
  readonly numberId: string
  readonly e164: string
}

/**
 * Undoes the latest move of a number as it was seen, and says so; a refusal is said, too (NUM-11). Where somebody moved
 * it since, that is one (NUM-9). Works from a message after its screen is gone.
 */
export function useUndoMove(): (number: Movable & { readonly version: number }) => Promise<void> {
  const { mutateAsync } = useWrite('undoMove')
  const write = usePhone()
  const toast = useToast()
  const t = useReassignWords()
  return async ({ numberId, e164, version }) => {
    try {
      const { holder } = await mutateAsync({ params: { numberId }, body: {}, version })
      const number = write(e164)
      toast.done(holder ? t('undone.held', { number, name: holder.name }) : t('undone.parked', { number }))
    } catch (error) {
      if (error instanceof ApiProblem) toast.problem(error)
    }
  }
}

/** Cancels a move that waits, and says so; a refusal is said, too. */
export function useCancelMove(): (move: Movable & { readonly moveId: string }) => Promise<void> {
  const { mutateAsync } = useWrite('cancelScheduledMove')
  const write = usePhone()
  const toast = useToast()
  const t = useReassignWords()
  return async ({ moveId, e164 }) => {
    try {
      const { kind, to } = await mutateAsync({ params: { moveId } })
      const number = write(e164)
      toast.done(t(kind === 'return' ? 'cancelled.return' : 'cancelled.move', { number, name: to.name }))
    } catch (error) {
      if (error instanceof ApiProblem) toast.problem(error)
    }
  }
}
