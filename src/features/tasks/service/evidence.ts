import { personOf } from '../../../kernel/caller.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import type { MediaFiles, ReceivedMedia } from '../../../platform/files/media-files.ts'
import { mediaTypeOf } from '../../../platform/files/media-type.ts'
import { type FileContext, type OwnContext, StreamReply } from '../../../platform/http/bind.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { record } from '../../audit/index.ts'
import type { tasksContract } from '../contract.ts'
import { type Evidence, evidenceRefusal, taskRefusal } from '../model.ts'
import { presentEvidence } from '../present.ts'
import { decideEvidenceType } from '../rules.ts'
import { isOpen } from '../states.ts'
import { insertEvidence, lockTasks, type NewEvidence, type TaskRow } from '../store.ts'
import { findEvidence } from '../views.ts'
import { followLink } from './links.ts'
import { requireSeen } from './read.ts'
import { lockSeen, requireDoer } from './settle.ts'

type Routes = typeof tasksContract

/** Where files lie, and how large one may be at all. */
export interface EvidenceParts {
  readonly mediaFiles: MediaFiles
  readonly mediaMaxMb: number
}

const evidenceMaxMb = 10
const mostPerTask = 10
const bytesPerMb = 1_048_576

/** Comes to the task that a file is for, under its lock, inside its company. */
type Enter = <T>(tx: Tx, work: (inside: Tx, task: TaskRow) => Promise<T>) => Promise<T>

/**
 * Adds a file that shows that a task is done.
 * @throws Refusal `task.not_yours` and as `receiveEvidence` does
 */
export function addEvidence(
  parts: EvidenceParts,
  context: OwnContext,
  { params, query }: RouteInput<Routes['addEvidence']>,
): Promise<Evidence> {
  const enter: Enter = async (tx, work) => {
    const task = await lockSeen(tx, { params, expectedVersion: null })
    await requireDoer(tx, task)
    return work(tx, task)
  }
  return receiveEvidence(parts, context, { enter, fileName: query.fileName ?? null })
}

/**
 * The same by the link of the task.
 * @throws Refusal `task_link.invalid` and as `receiveEvidence` does
 */
export function addLinkedEvidence(
  parts: EvidenceParts,
  context: OwnContext,
  { params, query }: RouteInput<Routes['addLinkedEvidence']>,
): Promise<Evidence> {
  const enter: Enter = (tx, work) =>
    followLink(tx, params.token, async (inside, { link }) => {
      const [task] = await lockTasks(inside, [link.task_id])
      if (!task) throw new Refusal(httpRefusal.notFound, { thing: 'task' })
      return work(inside, task)
    })
  return receiveEvidence(parts, context, { enter, fileName: query.fileName ?? null })
}

/**
 * Takes the bytes in, keeps them, then writes them down: a row always has its bytes.
 * @throws Refusal `task.not_in_state`, `evidence.empty`, `evidence.too_large`, `evidence.type_not_allowed`,
 * `evidence.too_many`, `request.cut_off`
 */
async function receiveEvidence(
  { mediaFiles, mediaMaxMb }: EvidenceParts,
  context: OwnContext,
  { enter, fileName }: { enter: Enter; fileName: string | null },
): Promise<Evidence> {
  const { companyId, mediaId } = await context.openAside((tx) =>
    enter(tx, async (inside, task) => {
      refuseSettled(task)
      return { companyId: inside.companyId, mediaId: inside.newId() }
    }),
  )
  if (!context.upload) throw new Refusal(evidenceRefusal.empty)
  const limitMb = Math.min(evidenceMaxMb, mediaMaxMb)
  const received = await mediaFiles.receive(companyId, limited(context.upload.bytes, limitMb))
  try {
    if (received.byteCount === 0) throw new Refusal(evidenceRefusal.empty)
    const contentType = decideEvidenceType(await mediaTypeOf(received.path))
    const place = { companyId, mediaId }
    await mediaFiles.keep(received, place)
    const kept = await context
      .open((tx) =>
        enter(tx, (inside, task) =>
          write(inside, task, fileOf(received, { mediaId, contentType, fileName })),
        ),
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
    if (byteCount > limitMb * bytesPerMb) throw new Refusal(evidenceRefusal.tooLarge, { limitMb })
    yield piece
  }
}

type File = Omit<NewEvidence, 'taskId' | 'addedBy'>

function fileOf(
  { byteCount, sha256 }: ReceivedMedia,
  { mediaId, contentType, fileName }: { mediaId: string; contentType: string; fileName: string | null },
): File {
  return { media_id: mediaId, content_type: contentType, byte_count: byteCount, sha256, file_name: fileName }
}

function refuseSettled({ state }: TaskRow): void {
  if (!isOpen(state)) throw new Refusal(taskRefusal.state, { state })
}

async function write(tx: Tx, task: TaskRow, file: File): Promise<Evidence> {
  refuseSettled(task)
  const others = await findEvidence(tx, task.task_id)
  const same = others.find(({ sha256 }) => sha256.equals(file.sha256))
  if (same) return presentEvidence(same)
  if (others.length >= mostPerTask) throw new Refusal(evidenceRefusal.tooMany, { limit: mostPerTask })
  insertEvidence(tx, { ...file, taskId: task.task_id, addedBy: personOf(tx.caller) })
  record(tx, {
    action: 'task.evidence_added',
    subjectKind: 'task',
    subjectId: task.task_id,
    effect: { mediaId: file.media_id, contentType: file.content_type, byteCount: file.byte_count },
    details: { fileName: file.file_name, sha256: file.sha256.toString('hex') },
  })
  return presentEvidence({ ...file, added_at: tx.now })
}

/**
 * Answers with a file of a task.
 * @throws Refusal `thing.not_found`, `evidence.missing`
 */
export async function getEvidence(
  { mediaFiles }: EvidenceParts,
  { open }: FileContext,
  { params }: RouteInput<Routes['getEvidence']>,
): Promise<StreamReply> {
  const { companyId, file } = await open(async (tx) => {
    const task = await requireSeen(tx, params.taskId)
    const files = await findEvidence(tx, task.task_id)
    return { companyId: tx.companyId, file: files.find(({ media_id }) => media_id === params.mediaId) }
  })
  if (!file) throw new Refusal(httpRefusal.notFound, { thing: 'file' })
  const range = { start: 0, end: file.byte_count - 1 }
  const body = await mediaFiles.open({ companyId, mediaId: file.media_id }, range)
  if (!body) throw new Refusal(evidenceRefusal.missing)
  const isPicture = file.content_type.startsWith('image/')
  return new StreamReply({
    contentType: file.content_type,
    body,
    headers: {
      'content-length': String(file.byte_count),
      'content-disposition': isPicture ? 'inline' : `attachment; filename="${file.media_id}.pdf"`,
      // Shown by a browser, it may do nothing.
      'content-security-policy': "default-src 'none'; sandbox",
    },
  })
}
