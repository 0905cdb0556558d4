import type { Answer, Client } from '../world.ts'

/** Sends a list of leavers as a browser's form does. */
export function sendLeavers(client: Client, name: string, bytes: Buffer | string): Promise<Answer> {
  const boundary = 'form-of-leavers'
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`
  const body = Buffer.concat([Buffer.from(head), Buffer.from(bytes), Buffer.from(`\r\n--${boundary}--\r\n`)])
  return client.upload('/v1/handovers/leavers', body, `multipart/form-data; boundary=${boundary}`)
}
