// The load on Baton, in a process of its own: reads its order from standard input, writes what it saw to standard output.
import { randomUUID } from 'node:crypto'
import { json } from 'node:stream/consumers'
import { z } from 'zod'
import { KeptConnection } from './kept-connection.ts'
import { quantile } from './statistics.ts'

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

interface Counted {
  done: number
  readonly refused: Record<string, number>
  readonly ms: number[]
}

async function moveOverAndOver(order: LoadOrder, own: LoadOrder['numbers'][number], counted: Counted) {
  const connection = new KeptConnection(order.url)
  const end = performance.now() + order.seconds * 1000
  for (let turn = 0; performance.now() < end; turn++) {
    const number = own[turn % own.length]
    if (!number) break
    const toMemberId = anotherMember(order.memberIds, number.holderId)
    const body = JSON.stringify({ toMemberId, expectedHolderId: number.holderId })
    const from = performance.now()
    const answer = await connection.send({
      method: 'POST',
      path: `/v1/numbers/${number.numberId}/reassign`,
      token: order.token,
      body,
      idempotencyKey: randomUUID(),
    })
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

async function main(): Promise<void> {
  const order = Order.parse(await json(process.stdin))
  const counted: Counted = { done: 0, refused: {}, ms: [] }
  const from = performance.now()
  await Promise.all(order.numbers.map((own) => moveOverAndOver(order, own, counted)))
  const seconds = (performance.now() - from) / 1000
  const result: LoadResult = {
    done: counted.done,
    refused: counted.refused,
    perSecond: counted.done / seconds,
    p50: quantile(counted.ms, 0.5),
    p99: quantile(counted.ms, 0.99),
  }
  process.stdout.write(JSON.stringify(result))
}

if (process.argv[1] === import.meta.filename) await main()
