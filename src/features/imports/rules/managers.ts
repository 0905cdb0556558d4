import type { KnownFacts } from '../model/known.ts'
import type { CheckOptions } from '../model/options.ts'
import type { Survey } from './survey.ts'

/** The row of each cycle of managers at which it is told, the last one in the file, with the names along it. */
export type ManagerCycles = ReadonlyMap<number, string>

const namesShown = 6

/** Finds everyone who would report to themselves, by the file where it names a manager, else by what is known. */
export function managerCycles(survey: Survey, known: KnownFacts, options: CheckOptions): ManagerCycles {
  const cycles = new Map<number, string>()
  const seenIn = new Map<string, number>()
  let walk = 0
  for (const start of survey.members.keys()) {
    walk += 1
    const path: string[] = []
    let code: string | null = start
    while (code !== null && !seenIn.has(code)) {
      seenIn.set(code, walk)
      path.push(code)
      code = managerOf(code)
    }
    // Who reports to nobody but themselves is told apart.
    if (code === null || seenIn.get(code) !== walk || path.at(-1) === code) continue
    noteCycle(path.slice(path.indexOf(code)))
  }
  return cycles

  function managerOf(code: string): string | null {
    const inFile = survey.members.get(code)
    const member = known.members.get(code)
    const isSkipped = member !== undefined && (inFile?.existing ?? options.existing) === 'skip'
    const inFileManager = isSkipped ? null : inFile?.managerStaffCode
    return inFileManager ?? member?.managerStaffCode ?? null
  }

  function noteCycle(cycle: readonly string[]): void {
    const rows = cycle.flatMap((code) => {
      const inFile = survey.members.get(code)
      return inFile && inFile.managerStaffCode !== null ? [inFile.row] : []
    })
    const shown = cycle.slice(0, namesShown).join(' → ')
    if (rows.length > 0) cycles.set(Math.max(...rows), cycle.length > namesShown ? `${shown} → …` : shown)
  }
}
