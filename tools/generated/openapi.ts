import { readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import pino from 'pino'
import { createApp } from '../../src/app.ts'
import { systemClock } from '../../src/platform/clock/clock.ts'
import { createKeyRing } from '../../src/platform/crypto/key-ring.ts'
import { vaultOf } from '../../src/platform/crypto/vault.ts'
import { createAnnouncer } from '../../src/platform/db/announce.ts'
import { createDatabase } from '../../src/platform/db/database.ts'
import { createCheckpointFiles } from '../../src/platform/files/checkpoint-files.ts'
import { createErasureJournal } from '../../src/platform/files/erasure-journal.ts'
import { createMediaFiles } from '../../src/platform/files/media-files.ts'
import { createReceivedFiles } from '../../src/platform/files/received-files.ts'
import { createOauthProviders } from '../../src/platform/oauth/create-providers.ts'
import { root } from '../run.ts'

/** The API as the app itself describes it, under the version of package.json. Neither the database nor a key is touched for it. */
export async function openapi(): Promise<string> {
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string }
  const pool = new pg.Pool()
  const announcer = createAnnouncer()
  const app = await createApp({
    database: createDatabase({
      pool,
      clock: systemClock,
      announcer,
      enqueue: () => ({ sent: Promise.resolve(), done: Promise.resolve() }),
    }),
    clock: systemClock,
    announcer,
    keys: createKeyRing(path.join(root, '.cache/keys')),
    vault: vaultOf(Buffer.alloc(32)),
    senders: {},
    outbox: false,
    oauth: createOauthProviders({}, systemClock),
    publicUrl: 'http://localhost',
    checkpointFiles: createCheckpointFiles(path.join(root, '.cache/checkpoints')),
    mediaFiles: createMediaFiles(path.join(root, '.cache/media')),
    mediaMaxMb: 25,
    receivedFiles: createReceivedFiles(path.join(root, '.cache/received')),
    erasureJournal: createErasureJournal(path.join(root, '.cache/erasures')),
    log: pino({ level: 'silent' }),
    version,
    trustProxy: false,
    requestsPerMinute: 1,
    draining: AbortSignal.abort(),
  })
  try {
    await app.http.ready()
    return `${JSON.stringify(app.http.swagger(), null, 2)}\n`
  } finally {
    await app.http.close()
    await app.localHttp.close()
    await pool.end()
  }
}
