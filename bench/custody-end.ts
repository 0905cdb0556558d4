// P7: how soon after a move the old holder is out: the first refused request, and the end of the open stream.
import { once } from 'node:events'
import http from 'node:http'
import { type BenchCompany, memberToken } from './company.ts'
import { KeptConnection } from './kept-connection.ts'
import type { BenchServer } from './server.ts'
import { quantile } from './statistics.ts'

export const goalMs = 50

const rounds = 250
const patienceMs = 5_000

export interface CustodyEndFigures {
  /** p99 of the later of both, from the mover's answer: what is promised. */
  readonly ms: number
  readonly refusedMs: number
  readonly closedMs: number
  /** p99 of the later of both, from the moment the move was sent, so before its commit. */
  readonly fromRequestMs: number
  readonly rounds: number
}

interface Holder {
  readonly memberId: string
  readonly token: string
}

interface Round {
  readonly refused: number
  readonly closed: number
  readonly request: number
}

/** Measures P7 on a server with a company: one number goes to and fro between two members. */
export async function measureCustodyEnd(
  server: BenchServer,
  company: BenchCompany,
): Promise<CustodyEndFigures> {
  const [numberId, first, second] = [company.numberIds[0], company.memberIds[0], company.memberIds[1]]
  if (!numberId || !first || !second) throw new Error('the company is too small')
  const holders = [
    { memberId: first, token: await memberToken(server, company, first) },
    { memberId: second, token: await memberToken(server, company, second) },
  ]
  const mover = new KeptConnection(server.url)
  const poller = new KeptConnection(server.url)
  const measured: Round[] = []
  try {
    for (let round = 0; round < rounds; round++) {
      const [from, to] = round % 2 === 0 ? holders : [...holders].reverse()
      if (!from || !to) break
      measured.push(await oneRound({ server, company, mover, poller, numberId, from, to }))
    }
  } finally {
    mover.end()
    poller.end()
  }
  const p99 = (value: (round: Round) => number) => quantile(measured.map(value), 0.99)
  return {
    ms: p99((round) => Math.max(round.refused, round.closed)),
    refusedMs: p99((round) => round.refused),
    closedMs: p99((round) => round.closed),
    fromRequestMs: p99((round) => round.request + Math.max(round.refused, round.closed)),
    rounds: measured.length,
  }
}

interface Scene {
  readonly server: BenchServer
  readonly company: BenchCompany
  readonly mover: KeptConnection
  readonly poller: KeptConnection
  readonly numberId: string
  readonly from: Holder
  readonly to: Holder
}

// A refusal that arrives before the mover's answer counts as a negative time.
async function oneRound(scene: Scene): Promise<Round> {
  const { company, mover, numberId, from, to } = scene
  const stream = await openStream(scene)
  const refused = pollUntilRefused(scene)
  await refused.firstSeen
  const sent = performance.now()
  const answer = await mover.send({
    method: 'POST',
    path: `/v1/numbers/${numberId}/reassign`,
    token: company.token,
    body: JSON.stringify({ toMemberId: to.memberId, expectedHolderId: from.memberId }),
  })
  const moved = performance.now()
  if (answer.status !== 200) throw new Error(`the move was answered with ${answer.status}: ${answer.body}`)
  const [refusedAt, closedAt] = await Promise.all([refused.end, stream.ended])
  return { refused: refusedAt - moved, closed: closedAt - moved, request: moved - sent }
}

/** Asks for the number over and over as its old holder; `end` is when the first refusal arrived. */
function pollUntilRefused({ poller, numberId, from }: Scene): {
  firstSeen: Promise<void>
  end: Promise<number>
} {
  const request = { method: 'GET', path: `/v1/numbers/${numberId}`, token: from.token }
  const first = poller.send(request)
  async function poll(): Promise<number> {
    const limit = performance.now() + patienceMs
    let answer = await first
    while (answer.status === 200 && performance.now() < limit) answer = await poller.send(request)
    // Whoever may not see a number is told that there is none.
    if (answer.status !== 404) throw new Error(`the old holder was answered with ${answer.status}`)
    return performance.now()
  }
  async function seen(): Promise<void> {
    const { status, body } = await first
    if (status !== 200) throw new Error(`the holder was answered with ${status}: ${body}`)
  }
  return { firstSeen: seen(), end: poll() }
}

/** Opens the holder's stream of the number and waits until it runs; `ended` is when it was closed from the other side. */
async function openStream({ server, numberId, from }: Scene): Promise<{ ended: Promise<number> }> {
  const request = http.get(`${server.url}/v1/events?numberId=${numberId}`, {
    agent: false,
    headers: { authorization: `Bearer ${from.token}` },
  })
  const [response]: http.IncomingMessage[] = await once(request, 'response')
  if (response?.statusCode !== 200) throw new Error(`the stream was answered with ${response?.statusCode}`)
  let text = ''
  let isOpen: () => void = () => {}
  const open = new Promise<void>((resolve) => {
    isOpen = resolve
  })
  response.setEncoding('utf8')
  response.on('data', (part: string) => {
    text += part
    if (text.includes('event: open')) isOpen()
  })
  const ended = new Promise<number>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`the stream stayed open: ${text}`)), patienceMs)
    response.once('end', () => {
      clearTimeout(timer)
      if (text.includes('event: closed')) resolve(performance.now())
      else reject(new Error(`the stream ended without a word: ${text}`))
    })
  })
  ended.catch(() => request.destroy())
  await open
  return { ended }
}
