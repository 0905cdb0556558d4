import { randomBytes } from 'node:crypto'
import { createIdSource } from '../src/kernel/ids.ts'
import type { Clock } from '../src/platform/clock/clock.ts'

/** A clock that goes on by itself and can be moved forward. */
export class TestClock implements Clock {
  #aheadMs = 0

  now(): Date {
    return new Date(Date.now() + this.#aheadMs)
  }

  readonly newId = createIdSource(() => this.now(), randomBytes)

  advance(by: { days?: number; hours?: number; minutes?: number; seconds?: number }): void {
    const { days = 0, hours = 0, minutes = 0, seconds = 0 } = by
    this.#aheadMs += (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000
  }
}
