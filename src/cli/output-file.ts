import { createWriteStream } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { syncFolder } from '../platform/files/durable.ts'
import { exitCode, Failure, misuse } from './failure.ts'
import { abortOnInterruption } from './interruption.ts'

export interface OutputFile {
  readonly path: string
  /** Whether a file that is there is overwritten. */
  readonly force: boolean
}

/**
 * Writes a file piece by piece beside its place and renames it when all of it is there, so that a file of that name is
 * whole; nobody but its owner may read it. No piece may be empty.
 * @throws Failure when the file is there already or cannot be written, or at Ctrl-C
 */
export async function writeOutputFile(
  { path: target, force }: OutputFile,
  pieces: AsyncIterable<string | Buffer>,
): Promise<void> {
  const signal = abortOnInterruption()
  if (!force && (await stat(target).catch(() => undefined)) !== undefined)
    throw misuse(`${target} is there already.`, 'Name another file, or overwrite this one with --force.')
  const unfinished = `${target}.${process.pid}.unfinished`
  try {
    const file = createWriteStream(unfinished, { flags: 'wx', mode: 0o600, flush: true })
    await pipeline(Readable.from(pieces, { objectMode: false }), file, { signal })
    await rename(unfinished, target)
    await syncFolder(dirname(target))
  } catch (error) {
    await rm(unfinished, { force: true })
    throw signal.aborted ? interrupted(target) : explainWrite(target, error)
  }
}

function interrupted(target: string): Failure {
  return new Failure({ title: `${basename(target)} was not written.`, exitCode: exitCode.interrupted })
}

function explainWrite(target: string, error: unknown): unknown {
  if (!(error instanceof Error && 'syscall' in error && 'path' in error)) return error
  return new Failure({
    title: `${basename(target)} cannot be written: ${error.message}.`,
    next: 'Name a file in a folder that you may write to, on a disk with enough room.',
    problem: { code: 'file.unwritable' },
  })
}
