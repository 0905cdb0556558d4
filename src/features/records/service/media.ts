import type { z } from 'zod'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import type { MediaFiles, ReceivedMedia } from '../../../platform/files/media-files.ts'
import { mediaTypeOf } from '../../../platform/files/media-type.ts'
import { type FileContext, type OwnContext, StreamReply } from '../../../platform/http/bind.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { record as writeDown } from '../../audit/index.ts'
import { lockHistory } from '../../custody-ports/index.ts'
import type { recordsContract } from '../contract.ts'
import { isErased } from '../ingest-views.ts'
import { insertMedia, lockRecord, type MediaRow } from '../media-store.ts'
import { findMediaOfRecord } from '../media-views.ts'
import { type Media, mediaRefusal } from '../model.ts'
import type { RecordRow } from '../record-views.ts'
import { decideMediaType, rangeOf, refuseDeclared } from '../rules/may-keep.ts'
import { requireContent } from './read-access.ts'
import { recordById } from './record-by-id.ts'

type Routes = typeof recordsContract

/** Where files of records lie, and how large one may be. */
export interface MediaParts {
  readonly mediaFiles: MediaFiles
  readonly mediaMaxMb: number
}

const mostPerRecord = 50
const bytesPerMb = 1_048_576

/**
 * Adds a file to a record. The bytes are taken in first, then named, then written down: a row always has its bytes.
 * @throws Refusal `thing.not_found`, `media.empty`, `media.too_large`, `media.type_not_allowed`, `media.type_mismatch`,
 * `media.too_many`, `request.cut_off`
 */
export async function addMedia(
  { mediaFiles, mediaMaxMb }: MediaParts,
  context: OwnContext,
  { params, query }: RouteInput<Routes['addMedia']>,
): Promise<z.input<typeof Media>> {
  const { companyId, mediaId } = await context.openAside(async (tx) => {
    await readRecord(tx, params.recordId)
    return { companyId: tx.companyId, mediaId: tx.newId() }
  })
  if (!context.upload) throw new Refusal(mediaRefusal.empty)
  const { mediaType, bytes } = context.upload
  refuseDeclared(mediaType)
  const received = await mediaFiles.receive(companyId, limited(bytes, mediaMaxMb))
  try {
    if (received.byteCount === 0) throw new Refusal(mediaRefusal.empty)
    const contentType = decideMediaType(mediaType, await mediaTypeOf(received.path))
    const place = { companyId, mediaId }
    await mediaFiles.keep(received, place)
    const kept = await context
      .open((tx) =>
        writeMedia(tx, { ...params, mediaId, received, contentType, fileName: query.fileName ?? null }),
      )
      .catch(async (error: unknown) => {
        // What was perhaps written down keeps its bytes; the sweep finds those that nothing names.
        if (error instanceof Refusal) await mediaFiles.remove(place)
        throw error
      })
    if (kept.mediaId !== mediaId) await mediaFiles.remove(place)
    return kept
  } finally {
    await mediaFiles.drop(received)
  }
}

async function* limited(bytes: AsyncIterable<Buffer>, limitMb: number): AsyncGenerator<Buffer> {
  let byteCount = 0
  for await (const piece of bytes) {
    byteCount += piece.length
    if (byteCount > limitMb * bytesPerMb) throw new Refusal(mediaRefusal.tooLarge, { limitMb })
    yield piece
  }
}

interface NewMedia {
  readonly recordId: string
  readonly mediaId: string
  readonly received: ReceivedMedia
  readonly contentType: string
  readonly fileName: string | null
}

/**
 * Writes down that a file belongs to a record; its bytes are kept before.
 * @throws Refusal `thing.not_found`, also where an erasure that has begun takes the record away, `media.too_many`
 */
export async function writeMedia(tx: Tx, media: NewMedia): Promise<z.input<typeof Media>> {
  const { recordId, mediaId, received, contentType, fileName } = media
  await lockHistory(tx, 'shared')
  const row = await readRecord(tx, recordId)
  const place = { numberId: row.number_id, occurredAt: row.occurred_at, recordId }
  if (!(await lockRecord(tx, place))) throw new Refusal(httpRefusal.notFound, { thing: 'record' })
  const others = await findMediaOfRecord(tx, recordId)
  const same = others.find(({ sha256 }) => sha256.equals(received.sha256))
  if (same) return mediaOf(same)
  if (others.length >= mostPerRecord) throw new Refusal(mediaRefusal.tooMany, { limit: mostPerRecord })
  const { byteCount, sha256 } = received
  const written = await insertMedia(tx, { ...place, mediaId, contentType, byteCount, sha256, fileName })
  writeDown(tx, {
    action: 'media.added',
    subjectKind: 'record',
    subjectId: recordId,
    effect: { mediaId, numberId: row.number_id, contentType, byteCount },
    ...(fileName === null ? {} : { details: { fileName } }),
  })
  return mediaOf(written)
}

/**
 * Answers with a file of a record, or the range of it that the header asks for.
 * @throws Refusal `thing.not_found`, `record.reason_needed`, `record.not_granted`, `media.range_invalid`, `media.missing`
 */
export async function getMedia(
  { mediaFiles }: MediaParts,
  { open, range }: FileContext,
  { params, query }: RouteInput<Routes['getMedia']>,
): Promise<StreamReply> {
  const { companyId, media } = await open(async (tx) => ({
    companyId: tx.companyId,
    media: await mediaToRead(tx, { ...params, ...query }),
  }))
  const { byte_count: byteCount, content_type: contentType } = media
  const part = rangeOf(range, byteCount)
  const bytes = part ?? { start: 0, end: byteCount - 1 }
  const body = await mediaFiles.open({ companyId, mediaId: media.media_id }, bytes)
  if (!body) throw new Refusal(mediaRefusal.missing)
  return new StreamReply({
    contentType,
    body,
    status: part ? 206 : 200,
    headers: {
      'accept-ranges': 'bytes',
      'content-length': String(bytes.end - bytes.start + 1),
      'content-disposition': dispositionOf(media),
      // Shown by a browser, it may do nothing.
      'content-security-policy': "default-src 'none'; sandbox",
      ...(part ? { 'content-range': `bytes ${part.start}-${part.end}/${byteCount}` } : {}),
    },
  })
}

async function mediaToRead(
  tx: Tx,
  asked: { recordId: string; mediaId?: string | undefined; reason?: string | undefined },
): Promise<MediaRow> {
  const row = await readRecord(tx, asked.recordId)
  await requireContent(tx, { numberId: row.number_id, occurredAt: row.occurred_at }, asked.reason)
  const all = await findMediaOfRecord(tx, asked.recordId)
  const media = asked.mediaId === undefined ? all[0] : all.find((one) => one.media_id === asked.mediaId)
  if (!media) throw new Refusal(httpRefusal.notFound, { thing: 'file' })
  return media
}

/** @throws Refusal `thing.not_found`, also where the record's history is being erased */
async function readRecord(tx: Tx, recordId: string): Promise<RecordRow> {
  const row = await recordById(tx, recordId)
  if (!row || (await isErased(tx, { numberId: row.number_id, occurredAt: row.occurred_at }))) {
    throw new Refusal(httpRefusal.notFound, { thing: 'record' })
  }
  return row
}

// Sounds and pictures are shown where they are; anything else is saved.
function dispositionOf({ content_type: type, file_name: name, media_id: id }: MediaRow): string {
  const how = /^(?:audio|image|video)\//.test(type) ? 'inline' : 'attachment'
  const shown = name ?? id
  const plain = shown.replace(/[^\w .()-]/g, '_')
  return `${how}; filename="${plain}"; filename*=UTF-8''${encoded(shown)}`
}

// RFC 8187: of what encodeURIComponent leaves as it is, these are not allowed.
function encoded(name: string): string {
  return encodeURIComponent(name).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function mediaOf(row: MediaRow): z.input<typeof Media> {
  return {
    mediaId: row.media_id,
    contentType: row.content_type,
    byteCount: row.byte_count,
    fileName: row.file_name,
  }
}
