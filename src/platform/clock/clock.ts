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

/** A clock that stands where it is put: for a past that is made up. Ids sort by the order in which they are made. */
export interface SetClock extends Clock {
  put(instant: string): void
}

export function createSetClock(): SetClock {
  let moment = new Date(0)
  const now = () => moment
  return {
    now,
    newId: createIdSource(now, pooledRandom()),
    put(instant) {
      moment = new Date(instant)
    },
  }
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
