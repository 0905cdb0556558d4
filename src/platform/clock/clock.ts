import { randomBytes } from 'node:crypto'
import { createIdSource } from '../../kernel/ids.ts'

/** Time and chance come in here, so that a test can simulate a year. */
export interface Clock {
  now(): Date
  newId(): string
}

const poolBytes = 8192

export const systemClock: Clock = {
  now: () => new Date(),
  newId: createIdSource(() => new Date(), pooledRandom()),
}

// Asking the operating system for each id's eight bytes costs more than the rest of the id.
function pooledRandom(): (byteCount: number) => Uint8Array {
  let pool = randomBytes(poolBytes)
  let used = 0
  return (byteCount) => {
    if (used + byteCount > poolBytes) {
      pool = randomBytes(poolBytes)
      used = 0
    }
    used += byteCount
    return pool.subarray(used - byteCount, used)
  }
}
