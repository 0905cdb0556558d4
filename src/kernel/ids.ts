/**
 * Makes a UUIDv7 (RFC 9562): 48 bits of milliseconds, then random bits, so that ids sort by their time of birth.
 * @param random at least 10 bytes of cryptographic randomness
 */
export function uuidv7(now: Date, random: Uint8Array): string {
  const bytes = new Uint8Array(16)
  const view = new DataView(bytes.buffer)
  const milliseconds = now.getTime()
  view.setUint32(0, Math.floor(milliseconds / 0x10000))
  view.setUint16(4, milliseconds % 0x10000)
  bytes.set(random.subarray(0, 10), 6)
  view.setUint8(6, (view.getUint8(6) & 0x0f) | 0x70)
  view.setUint8(8, (view.getUint8(8) & 0x3f) | 0x80)
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
