// `npm run bench [P1] [P7] [P11]`: the figures against their goals; one JSON line each on stdout, progress on stderr.
import { cpus, release, totalmem } from 'node:os'
import { measureReassign, goal as reassignGoal } from './reassign.ts'

interface Figure {
  readonly id: string
  measure(): Promise<object | null>
}

function say(line: string): void {
  console.error(line)
}

const figures: readonly Figure[] = [
  {
    id: 'P1',
    async measure() {
      const measured = await measureReassign(6, say)
      if (measured === null) return null
      judge(
        'P1',
        `${measured.ratio.toFixed(3)} of pgbench`,
        measured.ratio >= reassignGoal,
        `at least ${reassignGoal}`,
      )
      return {
        ratio: rounded(measured.ratio),
        http: rounded(measured.http),
        pgbench: rounded(measured.bare),
        p99Ms: rounded(measured.p99Ms),
      }
    },
  },
]

// biome-ignore lint/complexity/useMaxParams: one line of a report
function judge(id: string, shown: string, isMet: boolean, goal: string): void {
  say(`${id}: ${shown}; the goal is ${goal}: ${isMet ? 'met' : 'MISSED'}`)
}

function rounded(value: number): number {
  return Number(value.toPrecision(4))
}

function describeMachine(): string {
  const all = cpus()
  const memory = Math.round(totalmem() / 2 ** 30)
  return `${all.length} processors (${all[0]?.model ?? 'unknown'}), ${memory} GiB, Linux ${release()}, Node.js ${process.versions.node}`
}

async function main(wanted: readonly string[]): Promise<void> {
  const unknown = wanted.find((id) => !figures.some((figure) => figure.id === id))
  if (unknown !== undefined)
    throw new Error(`There is no figure ${unknown}; there are ${figures.map(({ id }) => id).join(', ')}.`)
  say(describeMachine())
  for (const figure of figures) {
    if (wanted.length > 0 && !wanted.includes(figure.id)) continue
    const measured = await figure.measure()
    if (measured === null) say(`${figure.id}: left out, this machine lacks what it needs`)
    else console.log(JSON.stringify({ id: figure.id, ...measured }))
  }
}

await main(process.argv.slice(2))
