import { useRef, useState } from 'react'

/** Work on several things in turn: how far it is, and what became of each. */
export interface InTurn<Thing, Outcome> {
  readonly isBusy: boolean
  readonly done: number
  readonly total: number
  readonly outcomes: readonly Outcome[]
  /** Does `work` for one portion after the other until the end, until it throws, or until `stop`. */
  begin(
    things: readonly Thing[],
    work: (portion: readonly Thing[]) => Promise<readonly Outcome[]>,
  ): Promise<void>
  stop(): void
}

/** Does things in portions of that size, one after the other, so that each is seen and the rest can be stopped. */
export function useInTurn<Thing, Outcome>(portion: number): InTurn<Thing, Outcome> {
  const [isBusy, setBusy] = useState(false)
  const [done, setDone] = useState(0)
  const [total, setTotal] = useState(0)
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([])
  const isStopped = useRef(false)
  return {
    isBusy,
    done,
    total,
    outcomes,
    async begin(things, work) {
      isStopped.current = false
      setBusy(true)
      setDone(0)
      setTotal(things.length)
      setOutcomes([])
      try {
        for (let from = 0; from < things.length && !isStopped.current; from += portion) {
          const some = things.slice(from, from + portion)
          const became = await work(some)
          setOutcomes((before) => [...before, ...became])
          setDone(from + some.length)
        }
      } finally {
        setBusy(false)
      }
    },
    stop: () => {
      isStopped.current = true
    },
  }
}
