import { ApiProblem } from './problem.ts'

/** What Baton answers where a person has to confirm who they are before something delicate. */
export const notFreshCode = 'session.not_fresh'

type Ask = () => Promise<boolean>

let ask: Ask | null = null
let asking: Promise<boolean> | null = null

/** Says who asks the person to confirm; true once they have. Gives the way to take it back. */
export function onProofWanted(handler: Ask): () => void {
  ask = handler
  return () => {
    if (ask === handler) ask = null
  }
}

/**
 * Does something that may want a fresh proof; where it does, the person is asked once, however many wait for it, and it
 * is done again. @throws ApiProblem `session.not_fresh` when the person would not
 */
export async function withFreshProof<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.code !== notFreshCode || !ask) throw error
    asking ??= ask().finally(() => {
      asking = null
    })
    if (!(await asking)) throw error
    return work()
  }
}
