// Records that a telephone system can hand over in a second, as a stream of NDJSON over HTTP.
import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { z } from 'zod'
import type { BenchCompany } from './company.ts'
import type { BenchServer } from './server.ts'
import { median } from './statistics.ts'

export const goalPerSecond = 5_000

const records = 60_000
const runs = 3

export interface IngestFigures {
  /** Records a second, the median of the runs. */
  readonly perSecond: number
  readonly slowest: number
  /** The same records sent again: all of them duplicates. */
  readonly againPerSecond: number
}

const counted = z.object({ accepted: z.number(), duplicates: z.number(), refused: z.number() })

/** Measures how fast records of a company's numbers come in. */
export async function measureIngest(
  server: BenchServer,
  company: BenchCompany,
  lines: readonly string[],
): Promise<IngestFigures> {
  const speeds: number[] = []
  let again = 0
  for (let run = 0; run < runs; run++) {
    const body = linesOf(lines)
    speeds.push(await send({ server, company, body, expected: 'accepted' }))
    if (run === 0) again = await send({ server, company, body, expected: 'duplicates' })
  }
  return { perSecond: median(speeds), slowest: Math.min(...speeds), againPerSecond: again }
}

function linesOf(lines: readonly string[]): string[] {
  const batch = randomUUID()
  const latest = Date.now()
  return Array.from({ length: records }, (_, index) => {
    const isCall = index % 4 === 0
    return `${JSON.stringify({
      number: lines[index % lines.length],
      kind: isCall ? 'call' : 'message',
      direction: index % 3 === 0 ? 'outbound' : 'inbound',
      otherParty: `+86139${String(index % 5_000).padStart(8, '0')}`,
      occurredAt: new Date(latest - index * 60_000).toISOString(),
      ...(isCall
        ? { answered: index % 8 === 0, durationSeconds: index % 600 }
        : { text: `Message number ${index}` }),
      source: 'bench',
      sourceId: `${batch} ${index}`,
    })}\n`
  })
}

interface Sending {
  readonly server: BenchServer
  readonly company: BenchCompany
  readonly body: readonly string[]
  readonly expected: 'accepted' | 'duplicates'
}

async function send({ server, company, body, expected }: Sending): Promise<number> {
  const parts = Array.from({ length: Math.ceil(body.length / 500) }, (_, part) =>
    body.slice(part * 500, part * 500 + 500).join(''),
  )
  const from = performance.now()
  const response = await fetch(`${server.url}/v1/records`, {
    method: 'POST',
    headers: { authorization: `Bearer ${company.token}`, 'content-type': 'application/x-ndjson' },
    body: Readable.toWeb(Readable.from(parts.map((part) => Buffer.from(part)))) as ReadableStream,
    duplex: 'half',
  } as RequestInit)
  const text = await response.text()
  const seconds = (performance.now() - from) / 1000
  if (!response.ok) throw new Error(`records were answered with ${response.status}: ${text}`)
  const answer = counted.parse(JSON.parse(text))
  if (answer[expected] !== body.length)
    throw new Error(`not all records were ${expected}: ${text.slice(0, 500)}`)
  return body.length / seconds
}
