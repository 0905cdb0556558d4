import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'

// Some ten times what the work takes, and less than anybody notices.
const leastMs = 20
const mostMs = 25

/**
 * Answers, or refuses, no sooner than after 20 to 25 ms by chance. Work that is nearly even still tells by some 20 µs
 * whether a row was found. The clock starts before the work, so that when it strikes says nothing about it.
 */
export async function inEvenTime<T>(work: () => Promise<T>): Promise<T> {
  const struck = sleep(randomInt(leastMs, mostMs + 1))
  try {
    return await work()
  } finally {
    await struck
  }
}
