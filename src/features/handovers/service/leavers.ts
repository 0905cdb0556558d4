import { normaliseInstant } from '../../../kernel/instant.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import { localClock, readTime } from '../../../kernel/time-zone.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import type { ReceivedFiles } from '../../../platform/files/received-files.ts'
import type { FileContext, OwnContext, StreamReply } from '../../../platform/http/bind.ts'
import { fileOfForm, fromSerial, readTableFrom, type TableLine, timeReader } from '../../imports/index.ts'
import type { handoversContract } from '../contract.ts'
import { activeOwners, openLeaves, peopleNamed } from '../leaver-views.ts'
import { LeaverLine, leaversForm, mostLeavers, type ReadLeaver } from '../model/leavers.ts'
import { foldWord, indexPeople } from '../rules/known-people.ts'
import { type UnderstoodLeaver, readLeavers as understand } from '../rules/read-leavers.ts'
import { companyTimeZone } from '../views.ts'

type Routes = typeof handoversContract
type Answer = RouteOutput<Routes['readLeavers']>
type Language = 'en' | 'zh'

export interface LeaverParts {
  readonly receivedFiles: ReceivedFiles
}

/**
 * Reads a list of leavers from a file: who is meant, to whom and when, and what is in the way. Nothing is written.
 * @throws Refusal `import.no_file`, `import.too_many_rows`, why the file cannot be read, `request.cut_off`
 */
export async function readLeavers(
  { receivedFiles }: LeaverParts,
  context: OwnContext,
  { language }: RouteInput<Routes['readLeavers']>,
): Promise<Answer> {
  // Whoever may not send is told so before the first byte.
  await context.openAside(async () => {})
  const table = await readTableFrom(receivedFiles, context.upload, {
    form: leaversForm,
    without: { first: 'staffCode', dates: 'lastDay' },
    mostLines: mostLeavers,
  })
  const lines = table.lines.map(lineOf)
  const items = await context.open((tx) => understandLines(tx, lines, language))
  const { sheet, headerRow, unread } = table
  return { items, sheet, headerRow, unread: unread.slice(0, 64) }
}

const longest = 200

function lineOf({ row, texts }: TableLine): LeaverLine {
  const cut = Object.entries(texts).map(([key, text]) => [key, text.slice(0, longest)])
  return LeaverLine.parse({ row, ...Object.fromEntries(cut) })
}

/** Reads lines that were pasted, or in which somebody has chosen, as a file is read. Nothing is written. */
export async function checkLeavers(
  tx: Tx,
  { body, language }: RouteInput<Routes['checkLeavers']>,
): Promise<Answer> {
  return { items: await understandLines(tx, body.lines, language), sheet: '', headerRow: null, unread: [] }
}

async function understandLines(
  tx: Tx,
  lines: readonly LeaverLine[],
  language: Language,
): Promise<ReadLeaver[]> {
  const words = lines.flatMap(({ staffCode, name, email, successor }) => [staffCode, name, email, successor])
  const people = await peopleNamed(tx, {
    words: [...new Set(words.filter((word) => word !== '').map(foldWord))],
    memberIds: [
      ...new Set(lines.flatMap(({ leaverId, successorId }) => [leaverId ?? [], successorId ?? []].flat())),
    ],
  })
  const understood = understand(lines.map(inUtc), {
    people: indexPeople(people),
    open: await openLeaves(
      tx,
      people.map(({ memberId }) => memberId),
    ),
    owners: await activeOwners(tx),
    now: tx.now,
    readDay: dayReader(await companyTimeZone(tx)),
  })
  return understood.map((leaver) => inWords(leaver, language))
}

/** Chosen times as they are compared and stored. */
function inUtc(line: LeaverLine): LeaverLine {
  return line.effectiveAt == null ? line : { ...line, effectiveAt: normaliseInstant(line.effectiveAt) }
}

function inWords({ problems, ...leaver }: UnderstoodLeaver, language: Language): ReadLeaver {
  return {
    ...leaver,
    problems: problems.map(({ about, refusal }) => ({
      about,
      code: refusal.code,
      ...refusal.inWords(language),
    })),
  }
}

const dayMs = 86_400_000
const serial = /^\d{5}(?:\.\d+)?$/
const withTime = /\d\s*[:时T]\s*\d|时/

/** Reads days and times by the company's clock; a day lasts until its end. */
function dayReader(timeZone: string): (text: string) => string | null {
  const times = timeReader(timeZone)
  const clock = localClock(timeZone)
  return (written) => {
    const text = (serial.test(written) ? fromSerial(Number(written)) : null) ?? written
    const instant = times.read(text)
    if (instant === null || withTime.test(text)) return instant === null ? null : normaliseInstant(instant)
    const next = new Date(Date.parse(`${clock(instant).slice(0, 10)}T00:00Z`) + dayMs)
    return readTime(next.toISOString().slice(0, 10), timeZone)
  }
}

/** The form of a list of leavers as a file. */
export async function downloadLeaversForm(
  context: FileContext,
  { query, language }: RouteInput<Routes['downloadLeaversForm']>,
): Promise<StreamReply> {
  await context.open(async () => {})
  return fileOfForm('leavers', leaversForm, { ...query, layout: undefined, reader: language })
}
