import type { ExampleFiles } from '../../../platform/files/example-files.ts'
import type { MediaFiles, ReceivedMedia } from '../../../platform/files/media-files.ts'
import { findSentRecord, ingestBatch, writeMedia } from '../../records/index.ts'
import type { NewRecord } from '../../records/model.ts'
import type { Calendar } from '../calendar.ts'
import type { RecordRow } from '../examples.ts'
import { asSystem, type Scene, type Step } from './scene.ts'

const source = 'sample'
const task = 'telephone system'
const recordsAtOnce = 200

/** A record with its time, as the telephone system would have sent it. */
export interface SentRecord {
  readonly record: NewRecord
  readonly occurredAt: string
  readonly media: string | undefined
}

/** The records of the files up to now, oldest first. */
export function sentRecords(rows: readonly RecordRow[], calendar: Calendar): SentRecord[] {
  return rows
    .map(({ day, time, media, ...row }, index) => {
      const occurredAt = calendar.at(day, time)
      return { record: { ...row, occurredAt, source, sourceId: `${source}-${index + 1}` }, occurredAt, media }
    })
    .filter(({ occurredAt }) => occurredAt <= calendar.now)
    .sort((one, other) => (one.occurredAt < other.occurredAt ? -1 : 1))
}

/** Sends the records in, some at once, each portion when its last one has happened. */
export function recordSteps(sent: readonly SentRecord[], kept: readonly KeptMedia[]): Step[] {
  const steps: Step[] = []
  for (let first = 0; first < sent.length; first += recordsAtOnce) {
    const portion = sent.slice(first, first + recordsAtOnce)
    const at = portion.at(-1)?.occurredAt
    if (at !== undefined) steps.push({ at, run: (scene) => send(scene, portion, kept) })
  }
  return steps
}

async function send(
  scene: Scene,
  portion: readonly SentRecord[],
  kept: readonly KeptMedia[],
): Promise<readonly Step[]> {
  const batch = portion.map(({ record, occurredAt }, line) => ({ line, record, occurredAt }))
  const { refused } = await asSystem(scene, { task }, (tx) => ingestBatch(tx, batch))
  const [first] = refused
  if (first) throw new Error(`record ${first.sourceId} of the examples: ${first.rule.code}`)
  const ids = new Set(portion.map(({ record }) => record.sourceId))
  for (const media of kept) if (ids.has(media.sourceId)) await attach(scene, media)
  return []
}

/** A file whose bytes are kept, and which record it is to belong to. */
export interface KeptMedia {
  readonly sourceId: string
  readonly mediaId: string
  readonly fileName: string
  readonly received: ReceivedMedia
}

async function attach(scene: Scene, { sourceId, mediaId, fileName, received }: KeptMedia): Promise<void> {
  await asSystem(scene, { task }, async (tx) => {
    const recordId = await findSentRecord(tx, source, sourceId)
    if (recordId === null) throw new Error(`record ${sourceId} was not taken in`)
    await writeMedia(tx, { recordId, mediaId, received, contentType: 'audio/wav', fileName })
  })
}

export interface MediaShelf {
  readonly mediaFiles: MediaFiles
  readonly examples: ExampleFiles
}

/** Keeps the bytes of the records' files; the rows that name them are written with the records. */
export async function keepMedia(
  { mediaFiles, examples }: MediaShelf,
  place: { readonly companyId: string; newId(): string },
  sent: readonly SentRecord[],
): Promise<KeptMedia[]> {
  const kept: KeptMedia[] = []
  for (const { record, media: fileName } of sent) {
    if (fileName === undefined) continue
    const bytes = await examples.read(fileName)
    const received = await mediaFiles.receive(place.companyId, pieces(bytes))
    const mediaId = place.newId()
    await mediaFiles.keep(received, { companyId: place.companyId, mediaId })
    kept.push({ sourceId: record.sourceId, mediaId, fileName, received })
  }
  return kept
}

async function* pieces(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
}
