import { generateKeyPairSync, sign } from 'node:crypto'

/** A certificate for this machine that nobody but the test trusts, with its key; both PEM. */
export interface SelfSigned {
  readonly cert: string
  readonly key: string
}

const oids = {
  ecdsaWithSha256: [42, 134, 72, 206, 61, 4, 3, 2],
  commonName: [85, 4, 3],
  basicConstraints: [85, 29, 19],
  subjectAltName: [85, 29, 17],
} as const

/** Makes a certificate for `localhost` and 127.0.0.1 that holds for a day (RFC 5280, section 4.1). */
export function makeSelfSigned(): SelfSigned {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const now = Date.now()
  const name = sequence(der(0x31, sequence(oid(oids.commonName), der(0x0c, Buffer.from('localhost')))))
  const names = sequence(der(0x82, Buffer.from('localhost')), der(0x87, Buffer.from([127, 0, 0, 1])))
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    sequence(oid(oids.ecdsaWithSha256)),
    name,
    sequence(utcTime(now - 3_600_000), utcTime(now + 86_400_000)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(
      0xa3,
      sequence(
        sequence(oid(oids.basicConstraints), der(0x04, sequence(der(0x01, Buffer.from([255]))))),
        sequence(oid(oids.subjectAltName), der(0x04, names)),
      ),
    ),
  )
  const signature = Buffer.concat([Buffer.from([0]), sign('sha256', body, privateKey)])
  const whole = sequence(body, sequence(oid(oids.ecdsaWithSha256)), der(0x03, signature))
  return {
    cert: pem('CERTIFICATE', whole),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

function der(tag: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([tag, ...lengthOf(content.length)]), content])
}

function lengthOf(size: number): number[] {
  if (size < 128) return [size]
  return size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255]
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts))
}

function oid(bytes: readonly number[]): Buffer {
  return der(0x06, Buffer.from(bytes))
}

function utcTime(at: number): Buffer {
  return der(0x17, Buffer.from(`${new Date(at).toISOString().slice(2, 19).replace(/[-:T]/g, '')}Z`))
}

function pem(what: string, content: Buffer): string {
  const lines = content.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN ${what}-----\n${lines.join('\n')}\n-----END ${what}-----\n`
}
