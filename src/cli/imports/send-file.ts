import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { importsContract } from '../../features/imports/contract.ts'
import type { ImportDetail } from '../../features/imports/model.ts'
import { type Failure, misuse } from '../failure.ts'
import type { Session } from '../session.ts'

/** Sends a file to be imported. @throws Failure when it cannot be read, or when the API refuses it */
export async function sendFile(session: Session, file: string): Promise<ImportDetail> {
  const boundary = `baton-${randomUUID()}`
  const contentType = `multipart/form-data; boundary=${boundary}`
  return session.upload(importsContract.createImport, { contentType, bytes: formOf(file, boundary) })
}

async function* formOf(file: string, boundary: string): AsyncGenerator<Buffer> {
  const name = basename(file).replaceAll(/["\r\n]/g, '_')
  yield Buffer.from(
    `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`,
  )
  try {
    for await (const piece of createReadStream(file)) yield piece as Buffer
  } catch (error) {
    throw unreadable(file, error)
  }
  yield Buffer.from(`\r\n--${boundary}--\r\n`)
}

function unreadable(file: string, error: unknown): Failure {
  return misuse(
    `${file} cannot be read: ${error instanceof Error ? error.message : error}.`,
    'Name a spreadsheet (.xlsx or CSV) that is there and that you may read.',
  )
}
