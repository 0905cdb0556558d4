import { randomBytes } from 'node:crypto'
import { uuidv7 } from '../../kernel/ids.ts'

/** Time and chance come in here, so that a test can simulate a year. */
export interface Clock {
  now(): Date
  newId(): string
}

export const systemClock: Clock = {
  now: () => new Date(),
  newId: () => uuidv7(new Date(), randomBytes(10)),
}
