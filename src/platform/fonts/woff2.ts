import { brotliDecompressSync } from 'node:zlib'
import { ByteReader } from './byte-reader.ts'

const knownTags =
  'cmap head hhea hmtx maxp name OS/2 post cvt_ fpgm glyf loca prep CFF_ VORG EBDT EBLC gasp hdmx kern LTSH PCLT VDMX vhea vmtx BASE GDEF GPOS GSUB EBSC JSTF MATH CBDT CBLC COLR CPAL SVG_ sbix acnt avar bdat bloc bsln cvar fdsc feat fmtx fvar gvar hsty just lcar mort morx opbd prop trak Zapf Silf Glat Gloc Feat Sill'
    .split(' ')
    .map((tag) => tag.replaceAll('_', ' '))

const headerBytes = 48
const ownTag = 63

/** A table of a font; `isTransformed` when WOFF2 keeps it in a form of its own. */
export interface FontTable {
  readonly bytes: Buffer
  readonly isTransformed: boolean
}

/**
 * The tables of a WOFF2 file, by tag (W3C WOFF2 §4, §5).
 * @throws RangeError for anything else
 */
export function readWoff2(file: Buffer): ReadonlyMap<string, FontTable> {
  const reader = new ByteReader(file)
  if (reader.u32() !== 0x774f4632) throw new RangeError('the font is not WOFF2')
  reader.place = 12
  const tableCount = reader.u16()
  reader.place = 20
  const compressedBytes = reader.u32()
  reader.place = headerBytes
  const entries = Array.from({ length: tableCount }, () => readEntry(reader))
  const data = new ByteReader(brotliDecompressSync(reader.slice(compressedBytes)))
  return new Map(
    entries.map(({ tag, length, isTransformed }) => [tag, { bytes: data.slice(length), isTransformed }]),
  )
}

function readEntry(reader: ByteReader) {
  const flags = reader.u8()
  const tag = (flags & 0x3f) === ownTag ? reader.slice(4).toString('latin1') : (knownTags[flags & 0x3f] ?? '')
  const version = flags >> 6
  const isTransformed = tag === 'glyf' || tag === 'loca' ? version !== 3 : version !== 0
  const length = reader.base128()
  return { tag, isTransformed, length: isTransformed ? reader.base128() : length }
}
