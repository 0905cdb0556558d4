import { bodyOf, type TestCompany } from '../builders.ts'
import type { Answer, Client } from '../world.ts'

/** Sends a file as a browser's form does. */
export function sendFile(client: Client, name: string, bytes: Buffer | string): Promise<Answer> {
  const boundary = 'form-of-a-test'
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`
  const body = Buffer.concat([Buffer.from(head), Buffer.from(bytes), Buffer.from(`\r\n--${boundary}--\r\n`)])
  return client.upload('/v1/imports', body, `multipart/form-data; boundary=${boundary}`)
}

/** Rows as CSV; the first has the headers. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  const cell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  return `${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
}

/** A draft of an import of these rows, as the Owner's browser gets it. */
export async function draftOf(
  company: TestCompany,
  rows: readonly (readonly string[])[],
): Promise<Answer['body']> {
  return bodyOf(await sendFile(company.owner, 'people.csv', csvOf(rows)), 201)
}
