import { useCallback } from 'react'
import { ApiProblem } from '../../../api/problem.ts'
import { useWrite } from '../../../api/write.ts'
import { useToast } from '../../../ui/toast.tsx'
import type { Department } from '../parts/all-departments.ts'
import { useDepartmentWords } from './department-words.ts'
import { changesFor, type PlaceChange, type WishedPlace } from './reorder.ts'

/** Puts departments in another place, says so, and offers the way back. */
interface MoveDepartment {
  /** @throws ApiProblem */
  readonly move: (wish: WishedPlace) => Promise<void>
  /** The same, with a refusal said in a message. */
  readonly tryMove: (wish: WishedPlace) => Promise<void>
}

export function useMoveDepartment(departments: readonly Department[]): MoveDepartment {
  const t = useDepartmentWords()
  const toast = useToast()
  const { mutateAsync } = useWrite('changeDepartment')
  const move = useCallback(
    async (wish: WishedPlace) => {
      const done: (PlaceChange & { readonly version: number })[] = []
      for (const change of changesFor(departments, wish)) {
        const { departmentId, version, before, after } = change
        // Only what differs: a department that stays below its own does not count as moved.
        const body = before.parentId === after.parentId ? { position: after.position } : after
        const answer = await mutateAsync({ params: { departmentId }, body, version })
        done.unshift({ ...change, version: answer.version })
      }
      async function undo() {
        for (const { departmentId, version, before } of done)
          await mutateAsync({ params: { departmentId }, body: before, version })
      }
      const name = departments.find(({ departmentId }) => departmentId === wish.departmentId)?.name ?? ''
      if (done.length > 0)
        toast.done(t('done.moved', { name }), {
          onUndo: () =>
            void undo().catch((error: unknown) => {
              if (error instanceof ApiProblem) toast.problem(error)
            }),
        })
    },
    [departments, mutateAsync, t, toast],
  )
  const tryMove = useCallback(
    (wish: WishedPlace) =>
      move(wish).catch((error: unknown) => {
        if (error instanceof ApiProblem) toast.problem(error)
      }),
    [move, toast],
  )
  return { move, tryMove }
}
