import { afterEach, describe, expect, it, vi } from 'vitest'
import { notFreshCode, onProofWanted, withFreshProof } from './fresh-proof.ts'
import { ApiProblem } from './problem.ts'

const notFresh = new ApiProblem({ code: notFreshCode }, 401)
let forget: (() => void) | undefined
afterEach(() => forget?.())

function refusedOnce(answer: string) {
  return vi.fn<() => Promise<string>>().mockRejectedValueOnce(notFresh).mockResolvedValue(answer)
}

describe('something delicate', () => {
  it('is done again once the person has confirmed, who is asked once for all that waits', async () => {
    const ask = vi.fn(async () => true)
    forget = onProofWanted(ask)
    const both = [refusedOnce('one'), refusedOnce('two')]
    expect(await Promise.all(both.map((work) => withFreshProof(work)))).toEqual(['one', 'two'])
    expect(ask).toHaveBeenCalledTimes(1)
  })

  it('stays undone when the person would not', async () => {
    forget = onProofWanted(async () => false)
    const work = refusedOnce('done')
    await expect(withFreshProof(work)).rejects.toBe(notFresh)
    expect(work).toHaveBeenCalledTimes(1)
  })

  it('that is refused for another reason asks nobody', async () => {
    const ask = vi.fn(async () => true)
    forget = onProofWanted(ask)
    const frozen = new ApiProblem({ code: 'account.frozen' }, 409)
    await expect(withFreshProof(() => Promise.reject(frozen))).rejects.toBe(frozen)
    expect(ask).not.toHaveBeenCalled()
  })

  it('asks anew where the proof was too old again', async () => {
    const ask = vi.fn(async () => true)
    forget = onProofWanted(ask)
    await withFreshProof(refusedOnce('one'))
    await withFreshProof(refusedOnce('two'))
    expect(ask).toHaveBeenCalledTimes(2)
  })
})
