// The load on Baton, in a process of its own: reads its order from standard input, writes what it saw to standard output.
import { randomUUID } from 'node:crypto'
import net from 'node:net'
import { json } from 'node:stream/consumers'
import { z } from 'zod'

const Order = z.object({
  url: z.string(),
  token: z.string(),
  seconds: z.number(),
  memberIds: z.array(z.string()),
  /** For each connection the numbers that it moves, with who holds them. */
  numbers: z.array(z.array(z.object({ numberId: z.string(), holderId: z.string() }))),
})
export type LoadOrder = z.infer<typeof Order>

export const LoadResult = z.object({
  done: z.number().describe('Reassignments answered with 200 and `done`'),
  refused: z.record(z.string(), z.number()).describe('Other answers, by status and code'),
  perSecond: z.number(),
  p50: z.number().describe('Milliseconds'),
  p99: z.number().describe('Milliseconds'),
})
export type LoadResult = z.infer<typeof LoadResult>

interface Answer {
  readonly status: number
  readonly body: string
}

/** One keep-alive connection, one request at a time. Written by hand: an HTTP library would take its share of the machine. */
class KeptConnection {
  readonly #socket: net.Socket
  #received = ''
  #settle: { resolve(answer: Answer): void; reject(error: Error): void } | undefined

  constructor(url: URL) {
    this.#socket = net.connect({ host: url.hostname, port: Number(url.port), noDelay: true })
    this.#socket.setEncoding('latin1')
    this.#socket.on('data', (part: string) => this.#take(part))
    this.#socket.on('error', (error) => this.#settle?.reject(error))
    this.#socket.on('close', () => this.#settle?.reject(new Error('Baton closed the connection')))
  }

  send(request: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject }
      this.#socket.write(request)
    })
  }

  end(): void {
    this.#settle = undefined
    this.#socket.destroy()
  }

  #take(part: string): void {
    this.#received += part
    const head = this.#received.indexOf('\r\n\r\n')
    if (head < 0) return
    const length = /\r\ncontent-length: (\d+)/i.exec(this.#received.slice(0, head + 2))?.[1]
    const end = head + 4 + Number(length)
    if (this.#received.length < end) return
    const answer = { status: Number(this.#received.slice(9, 12)), body: this.#received.slice(head + 4, end) }
    this.#received = this.#received.slice(end)
    this.#settle?.resolve(answer)
  }
}

interface Counted {
  done: number
  readonly refused: Record<string, number>
  readonly ms: number[]
}

async function moveOverAndOver(order: LoadOrder, own: LoadOrder['numbers'][number], counted: Counted) {
  const url = new URL(order.url)
  const connection = new KeptConnection(url)
  const end = performance.now() + order.seconds * 1000
  for (let turn = 0; performance.now() < end; turn++) {
    const number = own[turn % own.length]
    if (!number) break
    const toMemberId = anotherMember(order.memberIds, number.holderId)
    const body = JSON.stringify({ toMemberId, expectedHolderId: number.holderId })
    const from = performance.now()
    const answer = await connection.send(
      requestOf({ order, host: url.host, numberId: number.numberId, body }),
    )
    counted.ms.push(performance.now() - from)
    if (answer.status === 200 && answer.body.includes('"outcome":"done"')) {
      counted.done += 1
      number.holderId = toMemberId
    } else {
      const what = `${answer.status} ${/"code":"([^"]+)"/.exec(answer.body)?.[1] ?? ''}`
      counted.refused[what] = (counted.refused[what] ?? 0) + 1
    }
  }
  connection.end()
}

function anotherMember(memberIds: readonly string[], holderId: string): string {
  for (;;) {
    const chosen = memberIds[Math.floor(Math.random() * memberIds.length)]
    if (chosen !== undefined && chosen !== holderId) return chosen
  }
}

interface Request {
  readonly order: LoadOrder
  readonly host: string
  readonly numberId: string
  readonly body: string
}

function requestOf({ order, host, numberId, body }: Request): string {
  return [
    `POST /v1/numbers/${numberId}/reassign HTTP/1.1`,
    `host: ${host}`,
    `authorization: Bearer ${order.token}`,
    'content-type: application/json',
    `idempotency-key: ${randomUUID()}`,
    `content-length: ${body.length}`,
    '',
    body,
  ].join('\r\n')
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

async function main(): Promise<void> {
  const order = Order.parse(await json(process.stdin))
  const counted: Counted = { done: 0, refused: {}, ms: [] }
  const from = performance.now()
  await Promise.all(order.numbers.map((own) => moveOverAndOver(order, own, counted)))
  const seconds = (performance.now() - from) / 1000
  const sorted = counted.ms.sort((one, other) => one - other)
  const result: LoadResult = {
    done: counted.done,
    refused: counted.refused,
    perSecond: counted.done / seconds,
    p50: quantile(sorted, 0.5),
    p99: quantile(sorted, 0.99),
  }
  process.stdout.write(JSON.stringify(result))
}

if (process.argv[1] === import.meta.filename) await main()
