import { readdirSync, readFileSync } from 'node:fs'

const ticksPerSecond = 100

/** Processor seconds of a process and of its children, ended ones included; NaN where there is no /proc. */
export function processorSeconds(pid: number): number {
  const own = timesOf(String(pid))
  if (own === null) return Number.NaN
  const children = readdirSync('/proc').map((name) => (/^\d+$/.test(name) ? timesOf(name) : null))
  const living = children.reduce((sum, child) => sum + (child?.parent === pid ? child.ticks : 0), 0)
  return (own.ticks + own.endedChildren + living) / ticksPerSecond
}

interface Times {
  readonly parent: number
  readonly ticks: number
  readonly endedChildren: number
}

// The fields of proc(5) after the name, which may hold blanks: 4 is the parent, 14 to 17 are times in ticks.
function timesOf(pid: string): Times | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ').map(Number) ?? []
    const [parent = 0, user = 0, system = 0, childUser = 0, childSystem = 0] = [1, 11, 12, 13, 14].map(
      (place) => fields[place],
    )
    return { parent, ticks: user + system, endedChildren: childUser + childSystem }
  } catch {
    return null
  }
}
