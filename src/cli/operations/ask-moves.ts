import { Failure } from '../failure.ts'
import { count } from '../show.ts'
import { terminalColumns } from '../text.ts'
import type { Directory } from './directory.ts'
import type { WrittenMove } from './move-file.ts'
import { type Problem, problemWords } from './problem-words.ts'

/** A move as the API takes it. */
export interface AskedMove {
  readonly number?: string
  readonly numberId?: string
  readonly toMemberId: string
  readonly expectedHolderId?: string
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const rounded = /^\d(?:[.,]\d+)?E\+?\d+$/i
const mostCharacters = 60

/**
 * Turns what a file says into moves, in its order.
 * @throws Failure naming every line with a number or a name that cannot be meant
 */
export function askMoves(file: string, written: readonly WrittenMove[], directory: Directory): AskedMove[] {
  const lines = written.map((move) => ({ line: move.line, ...readMove(move, directory) }))
  const problems = lines.flatMap(({ line, faults }) => faults.map((fault) => ({ place: line, ...fault })))
  if (problems.length > 0) throw unusable(file, problems)
  return lines.flatMap(({ move }) => move ?? [])
}

type Fault = Omit<Problem, 'place'>

function readMove(
  { number, to, expected }: WrittenMove,
  directory: Directory,
): { readonly move: AskedMove | null; readonly faults: readonly Fault[] } {
  const recipient = to === '' ? noRecipient : directory.find(to)
  const holder = expected === '' ? null : directory.find(expected)
  const faults = [faultOf(number), recipient, holder].filter((one) => one !== null && 'code' in one)
  if ('code' in recipient || (holder !== null && 'code' in holder)) return { move: null, faults }
  const move = {
    ...(uuid.test(number) ? { numberId: number } : { number }),
    toMemberId: recipient.memberId,
    ...(holder === null ? {} : { expectedHolderId: holder.memberId }),
  }
  return { move, faults }
}

function unusable(file: string, problems: readonly Problem[]): Failure {
  const lines = new Set(problems.map(({ place }) => place)).size
  const words = problemWords(problems, { noun: 'line', columns: terminalColumns() })
  return new Failure({
    title: `${count(lines)} ${lines === 1 ? 'line' : 'lines'} of ${file} cannot be used, so nothing was sent.\n\n${words}\n`,
    next: 'Correct the file and give the command again.',
    problem: {
      code: 'file.has_problems',
      problems: problems.map(({ place, ...problem }) => ({ line: place, ...problem })),
    },
  })
}

const noRecipient = {
  code: 'move.no_recipient',
  title: 'Nobody is named who receives the number.',
  next: 'Write a staff code, e-mail address, name or id, or take the line out.',
} as const

function faultOf(number: string): Fault | null {
  if (rounded.test(number)) {
    return {
      code: 'move.number_rounded',
      title: `"${number}" is a number that a spreadsheet program has rounded.`,
      next: 'Format the column as text, enter the numbers again and save the file.',
    }
  }
  if (number.length >= 3 && number.length <= mostCharacters) return null
  return {
    code: 'move.number_malformed',
    title: number === '' ? 'There is no number.' : `"${number.slice(0, mostCharacters)}" is no phone number.`,
    next: 'Write the number with its country code, or take the line out.',
  }
}
