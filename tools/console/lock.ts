// A file that one process at a time holds; one that was killed loses it.
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

const pollMs = 200
// Longer than any build; a number of a process may belong to another one by then.
const staleMs = 300_000

export interface Lock {
  release(): void
}

/** Waits until the lock is free and takes it; `wait` is called once when somebody else has it. */
export async function takeLock(file: string, wait: () => void): Promise<Lock> {
  let hasWaited = false
  while (!tryTake(file)) {
    if (isAbandoned(file)) {
      rmSync(file, { force: true })
      continue
    }
    if (!hasWaited) wait()
    hasWaited = true
    await sleep(pollMs)
  }
  return { release: () => rmSync(file, { force: true }) }
}

function tryTake(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

function isAbandoned(file: string): boolean {
  try {
    if (Date.now() - statSync(file).mtimeMs > staleMs) return true
    const holder = Number(readFileSync(file, 'utf8'))
    // Written in two steps: an empty file has a holder that is about to sign.
    return holder > 0 && !isAlive(holder)
  } catch {
    return false
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
