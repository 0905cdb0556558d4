import { type ChildProcess, spawn } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import type { SpreadsheetEvent } from './cell.ts'
import { defaultLimits, type ReadLimits, SpreadsheetError } from './fault.ts'
import { FrameReader, type Message, type ReadTask, type ReadUsage, rowOf } from './wire.ts'

export interface ReadOptions {
  readonly limits?: Partial<ReadLimits>
  /** Ends the reading; what is thrown is its reason. */
  readonly signal?: AbortSignal
  /** Is told what the reading took, unless it had to be ended. */
  readonly onUsage?: (usage: ReadUsage) => void
}

const program = fileURLToPath(new URL('./read-process.ts', import.meta.url))
// A later Node.js reads TypeScript itself. For an earlier one, the loader for `require` takes a tenth of a second and
// 27 MB less than the one for `import`, which runs on a thread of its own.
const programArguments =
  'typescript' in process.features && process.features.typescript
    ? [program]
    : [
        '--require',
        createRequire(import.meta.url).resolve('tsx/cjs'),
        '--eval',
        `require(${JSON.stringify(program)})`,
      ]
// Garbage of the young is collected early: it would count as memory of the process.
const youngMegabytes = 4
const mostErrorCharacters = 4000

/**
 * Reads a workbook (.xlsx) or CSV sheet by sheet, a few hundred rows at a time, in a process of its own that cannot take
 * more memory or time than the limits say. Nothing is read ahead of who takes the events; leaving the loop ends the
 * reading. The rows before a fault are handed out, so that who writes them down must be able to take them back.
 * @throws SpreadsheetError
 */
export async function* readSpreadsheet(
  file: string,
  options: ReadOptions = {},
): AsyncGenerator<SpreadsheetEvent, void, undefined> {
  const limits = { ...defaultLimits, ...options.limits }
  options.signal?.throwIfAborted()
  const { size } = await stat(file)
  if (size === 0) throw new SpreadsheetError('empty')
  if (size > limits.fileBytes) throw new SpreadsheetError('too_large')
  const reading = new Reading({ file, limits }, options.signal)
  try {
    for await (const message of reading.messages()) {
      const event = eventOf(message, options)
      yield event
      if (event.kind === 'end') return
    }
    throw await reading.failure()
  } finally {
    await reading.end()
  }
}

function eventOf(message: Message, { onUsage }: ReadOptions): SpreadsheetEvent {
  switch (message.kind) {
    case 'rows':
      return { kind: 'rows', sheet: message.sheet, rows: message.rows.map(rowOf) }
    case 'sheet':
      return message
    case 'end':
      onUsage?.(message.usage)
      return { kind: 'end', report: message.report }
    case 'fault':
      onUsage?.(message.usage)
      throw new SpreadsheetError(message.fault, message.where)
    case 'bug':
      throw new Error(`the reading of a spreadsheet failed: ${message.message}`)
  }
}

class Reading {
  readonly #child: ChildProcess
  readonly #output: Readable
  readonly #closed: Promise<unknown>
  readonly #signal: AbortSignal | undefined
  readonly #stop = () => this.#child.kill('SIGKILL')
  #leftMs: number
  #isTooSlow = false
  #startFault: Error | null = null
  #errors = ''

  constructor(task: ReadTask, signal: AbortSignal | undefined) {
    const { heapMegabytes, seconds } = task.limits
    const child = spawn(
      process.execPath,
      [
        `--max-old-space-size=${heapMegabytes}`,
        `--max-semi-space-size=${youngMegabytes}`,
        ...programArguments,
        JSON.stringify(task),
      ],
      // Of this process's settings, with its secrets, it needs none.
      { env: { TMPDIR: process.env['TMPDIR'] ?? '/tmp' }, stdio: ['ignore', 'pipe', 'pipe'] },
    )
    this.#child = child
    this.#output = child.stdout
    this.#leftMs = seconds * 1000
    this.#signal = signal
    this.#closed = new Promise((resolve) => {
      child.once('close', resolve)
      child.once('error', (error) => {
        this.#startFault = error
        resolve(null)
      })
    })
    child.stderr.on('data', (piece: Buffer) => {
      this.#errors = (this.#errors + piece.toString('utf8')).slice(0, mostErrorCharacters)
    })
    signal?.addEventListener('abort', this.#stop)
  }

  /** What the process says, until it ends; only the waiting for it counts as its time. */
  async *messages(): AsyncGenerator<Message, void, undefined> {
    const frames = new FrameReader()
    const pieces: AsyncIterator<Buffer> = this.#output[Symbol.asyncIterator]()
    for (;;) {
      const piece = await this.#waitFor(() => pieces.next())
      if (piece.done) return
      yield* frames.push(piece.value)
    }
  }

  /** Why the process ended without a last word. */
  async failure(): Promise<Error> {
    await this.#closed
    if (this.#signal?.aborted) return this.#signal.reason as Error
    if (this.#isTooSlow) return new SpreadsheetError('too_slow')
    if (this.#startFault !== null) return this.#startFault
    const { signalCode, exitCode } = this.#child
    // V8 aborts at the end of its heap; the system kills at the end of the memory.
    if (signalCode === 'SIGABRT' || signalCode === 'SIGKILL') return new SpreadsheetError('out_of_memory')
    return new Error(`the reading of a spreadsheet ended with ${signalCode ?? exitCode}: ${this.#errors}`)
  }

  async end(): Promise<void> {
    this.#signal?.removeEventListener('abort', this.#stop)
    this.#output.destroy()
    this.#stop()
    await this.#closed
  }

  async #waitFor<T>(work: () => Promise<T>): Promise<T> {
    const began = performance.now()
    const timer = setTimeout(
      () => {
        this.#isTooSlow = true
        this.#stop()
      },
      Math.max(this.#leftMs, 0),
    )
    try {
      return await work()
    } finally {
      clearTimeout(timer)
      this.#leftMs -= performance.now() - began
    }
  }
}
