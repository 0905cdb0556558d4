import { crc32, deflateRawSync } from 'node:zlib'

export interface ZippedFile {
  readonly name: string
  readonly content: string | Buffer
  readonly level?: number
  /** What its headers say instead of the truth. */
  readonly claims?: Partial<ZipClaims>
}

export interface ZipClaims {
  readonly flags: number
  readonly method: number
  readonly crc: number
  readonly compressedBytes: number
  readonly bytes: number
  /** Another file's place. */
  readonly offset: number
}

/** A ZIP archive written by hand, so that its headers can lie. */
export function zipOf(files: readonly ZippedFile[], claimedCount = files.length): Buffer {
  const written: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, content, level = 6, claims = {} } of files) {
    const bytes = Buffer.from(content)
    const data = deflateRawSync(bytes, { level })
    const said: ZipClaims = {
      flags: 0x800,
      method: 8,
      crc: crc32(bytes),
      compressedBytes: data.length,
      bytes: bytes.length,
      offset,
      ...claims,
    }
    const local = Buffer.concat([header(0x04034b50, said, Buffer.from(name)), data])
    directory.push(header(0x02014b50, said, Buffer.from(name)))
    written.push(local)
    offset += local.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(claimedCount, 8)
  end.writeUInt16LE(claimedCount, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...written, central, end])
}

function header(signature: number, said: ZipClaims, name: Buffer): Buffer {
  const isCentral = signature === 0x02014b50
  const head = Buffer.alloc(isCentral ? 46 : 30)
  const shift = isCentral ? 2 : 0
  head.writeUInt32LE(signature, 0)
  if (isCentral) head.writeUInt16LE(20, 4)
  head.writeUInt16LE(20, 4 + shift)
  head.writeUInt16LE(said.flags, 6 + shift)
  head.writeUInt16LE(said.method, 8 + shift)
  head.writeUInt32LE(said.crc, 14 + shift)
  head.writeUInt32LE(said.compressedBytes, 18 + shift)
  head.writeUInt32LE(said.bytes, 22 + shift)
  head.writeUInt16LE(name.length, 26 + shift)
  if (isCentral) head.writeUInt32LE(said.offset, 42)
  return Buffer.concat([head, name])
}
