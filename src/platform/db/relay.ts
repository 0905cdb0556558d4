import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { createBell, gather } from '../clock/bell.ts'
import type { Announcement, Announcer } from './announce.ts'
import type { Connection } from './pool.ts'

const channel = 'baton_announcements'
const gatherMs = 10
const retryMs = 1_000
// PostgreSQL takes payloads below 8,000 bytes.
const payloadBytes = 7_500
const notify = 'select pg_notify($1, payload) from unnest($2::text[]) payload'

export interface RelayParts {
  /** Any role that may connect; nothing but LISTEN and NOTIFY runs on it. */
  readonly connection: Connection
  readonly announcer: Announcer
  readonly onError: (error: Error) => void
}

export interface Relay {
  /** Resolves once this process hears the others for the first time. */
  readonly ready: Promise<void>
  stop(): Promise<void>
}

/**
 * Carries announcements between the processes of one database by LISTEN and NOTIFY, always after the commit and on a
 * connection of its own; equal ones within 10 ms go as one. What is said while the connection is away is lost:
 * nothing may depend on it for correctness.
 */
export function startRelay({ connection, announcer, onError }: RelayParts): Relay {
  const origin = randomUUID()
  const stopped = new AbortController()
  const waiting = new Set<string>()
  let client: pg.Client | undefined
  let isReady: () => void = () => {}
  const ready = new Promise<void>((resolve) => {
    isReady = resolve
  })

  let sent: Promise<unknown> = Promise.resolve()
  const sending = gather(gatherMs, () => {
    const payloads = packed(origin, [...waiting])
    waiting.clear()
    sent = sent.then(() => client?.query(notify, [channel, payloads])).catch(onError)
  })
  announcer.relayTo((announcement) => {
    waiting.add(JSON.stringify(announcement))
    sending.call()
  })

  async function listenOnce(): Promise<void> {
    const bell = createBell()
    const next = new pg.Client(connection)
    next.on('error', onError)
    next.on('end', () => bell.ring())
    next.on('notification', ({ payload }) => deliver(payload, { origin, announcer, onError }))
    try {
      await next.connect()
      // An announcement is lost with the process anyway: it waits for no disk.
      await next.query('set synchronous_commit = off')
      await next.query(`listen ${channel}`)
      client = next
      isReady()
      while ((await bell.heard(60_000, stopped.signal)) === 'quiet') {}
    } finally {
      client = undefined
      await next.end().catch(() => {})
    }
  }
  async function run(): Promise<void> {
    while (!stopped.signal.aborted) {
      await listenOnce().catch(onError)
      await createBell().heard(retryMs, stopped.signal)
    }
  }
  const running = run()
  return {
    ready,
    async stop() {
      announcer.relayTo(() => {})
      sending.cancel()
      stopped.abort()
      await running
    },
  }
}

interface Message {
  readonly origin: string
  readonly announcements: readonly Announcement[]
}

function packed(origin: string, announcements: readonly string[]): string[] {
  const payloads: string[] = []
  let part: string[] = []
  let bytes = 0
  function close(): void {
    if (part.length > 0) payloads.push(`{"origin":"${origin}","announcements":[${part.join(',')}]}`)
    part = []
    bytes = 0
  }
  for (const announcement of announcements) {
    if (bytes + announcement.length > payloadBytes) close()
    part.push(announcement)
    bytes += announcement.length + 1
  }
  close()
  return payloads
}

interface Receiver {
  readonly origin: string
  readonly announcer: Announcer
  readonly onError: (error: Error) => void
}

function deliver(payload: string | undefined, { origin, announcer, onError }: Receiver): void {
  try {
    const message: Message = JSON.parse(payload ?? '')
    if (message.origin === origin) return
    for (const announcement of message.announcements) announcer.deliver(announcement)
  } catch (error) {
    onError(new Error('a notification that is none of Baton', { cause: error }))
  }
}
