import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { importsContract } from '../../features/imports/contract.ts'
import type { ImportDetail } from '../../features/imports/model.ts'
import type { RouteContract } from '../../kernel/route.ts'
import { type Failure, misuse } from '../failure.ts'
import type { ResponseOf, Session } from '../session.ts'

/** Sends a file to be imported. @throws Failure when it cannot be read, or when the API refuses it */
export function sendFile(session: Session, file: string): Promise<ImportDetail> {
  return uploadFile(session, importsContract.createImport, file)
}

/** Sends a file to a route that takes one. @throws Failure when it cannot be read, or when the API refuses it */
export function uploadFile<Route extends RouteContract>(
  session: Session,
  route: Route,
  file: string,
): Promise<ResponseOf<Route>> {
  const boundary = `baton-${randomUUID()}`
  const contentType = `multipart/form-data; boundary=${boundary}`
  return session.upload(route, { contentType, bytes: formOf(file, boundary) })
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
