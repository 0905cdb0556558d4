import type { RecipientKind } from './list-columns.ts'
import type { PersonMatch } from './person-match.ts'

/** A line of the list as the administrator knows it. */
export interface DraftLine {
  /** Its row in the file, counted from 1 as spreadsheets do. */
  readonly row: number
  readonly number: string
  /** As given: a staff code or a name; empty where someone is still to be chosen. */
  readonly recipient: string
  readonly numberId?: string | undefined
  readonly toMemberId?: string | undefined
  /** The recipient was written by hand: a staff code or a name, whatever its column holds. */
  readonly isByHand?: boolean | undefined
}

/** Why a line cannot even be sent to be checked. */
export type LineProblem =
  | 'number_missing'
  | 'number_too_long'
  | 'recipient_missing'
  | 'recipient_unknown'
  | 'recipient_ambiguous'

/** A move as the check takes it. */
export interface SentMove {
  number?: string
  numberId?: string
  toMemberId?: string
  toStaffCode?: string
  expectedHolderId?: string | null
}

export interface SentList {
  readonly moves: readonly SentMove[]
  /** The line that each move comes from, by its place in `lines`. */
  readonly lineOf: readonly number[]
  readonly problems: ReadonlyMap<number, LineProblem>
}

const mostNumberCharacters = 60
const mostCodeCharacters = 64

/** The recipients that have to be looked up by what was written, each once; staff codes of a column are sent as they are. */
export function recipientsToLookUp(lines: readonly DraftLine[], kind: RecipientKind): string[] {
  return [
    ...new Set(
      lines.flatMap((line) =>
        line.toMemberId || !line.recipient || isSentAsCode(line, kind) ? [] : [line.recipient],
      ),
    ),
  ]
}

function isSentAsCode({ isByHand, recipient }: DraftLine, kind: RecipientKind): boolean {
  return kind === 'code' && !isByHand && recipient.length <= mostCodeCharacters
}

/** Whom the written recipients mean. */
export interface Recipients {
  readonly kind: RecipientKind
  readonly people: ReadonlyMap<string, PersonMatch>
}

/** What is sent to be checked, and what is left out and why. */
export function sentList(lines: readonly DraftLine[], recipients: Recipients): SentList {
  const moves: SentMove[] = []
  const lineOf: number[] = []
  const problems = new Map<number, LineProblem>()
  lines.forEach((line, at) => {
    const move = sentMove(line, recipients)
    if (typeof move === 'string') problems.set(at, move)
    else {
      moves.push(move)
      lineOf.push(at)
    }
  })
  return { moves, lineOf, problems }
}

function sentMove(line: DraftLine, { kind, people }: Recipients): SentMove | LineProblem {
  const number = line.numberId ? { numberId: line.numberId } : { number: line.number }
  if (!line.numberId && line.number.length < 3) return 'number_missing'
  if (line.number.length > mostNumberCharacters) return 'number_too_long'
  if (line.toMemberId) return { ...number, toMemberId: line.toMemberId }
  if (line.recipient === '') return 'recipient_missing'
  if (isSentAsCode(line, kind)) return { ...number, toStaffCode: line.recipient }
  const match = people.get(line.recipient)
  if (!match || match.kind === 'none') return 'recipient_unknown'
  if (match.kind === 'many') return 'recipient_ambiguous'
  return { ...number, toMemberId: match.memberId }
}

/** The line after it was corrected by hand: what was chosen for the earlier text no longer counts. */
export function corrected(
  line: DraftLine,
  change: Partial<Pick<DraftLine, 'number' | 'recipient'>>,
): DraftLine {
  const number = change.number?.trim() ?? line.number
  const recipient = change.recipient?.trim() ?? line.recipient
  return {
    row: line.row,
    number,
    recipient,
    numberId: number === line.number ? line.numberId : undefined,
    toMemberId: recipient === line.recipient ? line.toMemberId : undefined,
    isByHand: line.isByHand || recipient !== line.recipient,
  }
}
