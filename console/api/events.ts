import type { Api } from './client.ts'
import { ApiProblem } from './problem.ts'

/** One decision as the live stream tells it. */
export interface LiveEvent {
  readonly seq: number
  readonly action: string
  readonly subjectKind: string
  readonly subjectId: string
}

export interface Follower {
  onEvent(event: LiveEvent): void
  /** The stream was ended for good: what it was about is not this reader's any more. */
  onLost(code: string): void
}

const shortestPauseMs = 500
const longestPauseMs = 30_000
// A connection that lasts shorter than this was none: whatever answers for Baton closes each one at once.
const steadyMs = 5_000

/** Follows what is decided, over breaks of the connection too, until `signal` aborts. */
export async function followEvents(
  api: Api,
  { numberId, signal }: { readonly numberId?: string | undefined; readonly signal: AbortSignal },
  follower: Follower,
): Promise<void> {
  const place = { last: null as string | null }
  for (let failures = 0; !signal.aborted; ) {
    const begun = performance.now()
    try {
      const lost = await followOnce(api, { numberId, signal, place }, follower)
      if (lost !== null) return follower.onLost(lost)
      failures = performance.now() - begun >= steadyMs ? 0 : failures + 1
    } catch (error) {
      if (signal.aborted) return
      if (isFinal(error)) return follower.onLost(error.code)
      failures += 1
    }
    await pause(Math.min(longestPauseMs, shortestPauseMs * 2 ** failures), signal)
  }
}

function isFinal(error: unknown): error is ApiProblem {
  return error instanceof ApiProblem && error.status >= 400 && error.status < 500 && error.status !== 429
}

interface Following {
  readonly numberId: string | undefined
  readonly signal: AbortSignal
  /** Where the next connection goes on. */
  readonly place: { last: string | null }
}

// One connection to its end; answers why it ended for good, null where a new one goes on.
async function followOnce(
  api: Api,
  { numberId, signal, place }: Following,
  follower: Follower,
): Promise<string | null> {
  const headers: Record<string, string> = place.last === null ? {} : { 'last-event-id': place.last }
  const response = await api.open(api.address('streamEvents', { query: { numberId } }), { headers, signal })
  for await (const { id, event, data } of readStream(response)) {
    if (id) place.last = id
    if (event === 'closed') return codeOf(data) === 'events.custody_lost' ? 'events.custody_lost' : null
    if (event === 'decision' && data) follower.onEvent(JSON.parse(data))
  }
  return null
}

function codeOf(data: string): string {
  try {
    return String(JSON.parse(data).code ?? '')
  } catch {
    return ''
  }
}

interface Frame {
  readonly id: string
  readonly event: string
  readonly data: string
}

async function* readStream(response: Response): AsyncGenerator<Frame> {
  if (!response.body) return
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      const frames = (rest + value).split('\n\n')
      rest = frames.pop() ?? ''
      for (const frame of frames) {
        const parsed = readFrame(frame)
        if (parsed) yield parsed
      }
    }
  } finally {
    await reader.cancel().catch(() => {})
  }
}

function readFrame(text: string): Frame | null {
  const fields = { id: '', event: '', data: '' }
  let isSomething = false
  for (const line of text.split('\n')) {
    const [, name, value] = /^(id|event|data): ?(.*)$/.exec(line) ?? []
    if (name === undefined) continue
    isSomething = true
    fields[name as keyof typeof fields] += value
  }
  return isSomething ? fields : null
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, milliseconds)
    signal.addEventListener('abort', end)
  })
}
