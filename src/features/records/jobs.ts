import type { Database } from '../../platform/db/database.ts'
import type { JobDefinition } from '../../platform/jobs/queue.ts'
import type { DueTask } from '../../platform/jobs/sweeper.ts'
import { removeMediaJob } from './service/erase.ts'
import type { MediaParts } from './service/media.ts'
import { orphansAmong, unnamedMedia } from './service/sweep-media.ts'

export const recordJobNames = [removeMediaJob] as const

const everyMs = 3_600_000
const filesPerTurn = 10_000
const filesAtOnce = 500
const sweeper = { kind: 'installation', id: 'sweeper' } as const

/** Takes the bytes of erased files away; one that a row names stays. */
export function recordJobs(database: Database, { mediaFiles }: MediaParts): readonly JobDefinition[] {
  return [
    {
      name: removeMediaJob,
      async run({ companyId, mediaIds }) {
        if (!companyId || !mediaIds) throw new Error('the job lacks its ids')
        const places = mediaIds.split(' ').map((mediaId) => ({ companyId, mediaId }))
        const gone = await database.asSteward(sweeper, (tx) => unnamedMedia(tx, places))
        for (const place of gone) await mediaFiles.remove(place)
      },
    },
  ]
}

/** Looks for files that nothing names any more: some of the folder each hour, further on each time. */
export function recordDueTasks(database: Database, { mediaFiles }: MediaParts): readonly DueTask[] {
  let walk = filesOf(mediaFiles)
  async function lookFurther(): Promise<number> {
    let removed = 0
    for (let looked = 0; looked < filesPerTurn; looked += filesAtOnce) {
      const found = await someOf(walk)
      const orphans = await database.asSteward(sweeper, (tx) => orphansAmong(tx, found))
      for (const orphan of orphans) await mediaFiles.removeFound(orphan)
      removed += orphans.length
      if (found.length === filesAtOnce) continue
      walk = filesOf(mediaFiles)
      break
    }
    return removed
  }
  return [{ name: 'records.orphan-media', everyMs, run: lookFurther }]
}

type MediaFiles = MediaParts['mediaFiles']
type Files = ReturnType<typeof filesOf>
type FoundMedia = Parameters<MediaFiles['removeFound']>[0]

function filesOf(mediaFiles: MediaFiles) {
  return mediaFiles.all()[Symbol.asyncIterator]()
}

async function someOf(walk: Files): Promise<FoundMedia[]> {
  const some: FoundMedia[] = []
  for (let next = await walk.next(); !next.done; next = await walk.next()) {
    some.push(next.value)
    if (some.length === filesAtOnce) break
  }
  return some
}
