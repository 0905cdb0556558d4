// P11: from the start of the process to the first answered request, on an embedded database that is there already.
import { BenchServer } from './server.ts'
import { median } from './statistics.ts'

export const goalSeconds = 2.5

const starts = 7

export interface WarmStartFigures {
  /** The median. */
  readonly seconds: number
  readonly slowestSeconds: number
}

/** Measures P11 on a data folder that a Baton has been set up in and has left. */
export async function measureWarmStart(
  dataDirectory: string,
  say: (line: string) => void,
): Promise<WarmStartFigures> {
  const seconds: number[] = []
  for (let start = 1; start <= starts; start++) {
    const from = performance.now()
    const server = await BenchServer.start({ dataDirectory })
    try {
      const response = await fetch(`${server.url}/v1/me`)
      await response.arrayBuffer()
      if (response.status !== 401) throw new Error(`/v1/me was answered with ${response.status}`)
      seconds.push((performance.now() - from) / 1000)
    } finally {
      await server.stop()
    }
    say(`P11 start ${start}/${starts}: ${seconds.at(-1)?.toFixed(2)} s`)
  }
  return { seconds: median(seconds), slowestSeconds: Math.max(...seconds) }
}
