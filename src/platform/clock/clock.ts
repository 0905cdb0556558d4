import { randomBytes } from 'node:crypto'
import { createIdSource } from '../../kernel/ids.ts'

/** Time and chance come in here, so that a test can simulate a year. */
export interface Clock {
  now(): Date
  newId(): string
}

export const systemClock: Clock = {
  now: () => new Date(),
  newId: createIdSource(() => new Date(), randomBytes),
}
