import { startsWith, viewOf } from './bytes.ts'
import type { Stripped } from './stripped.ts'

/** How a stream's first packet begins, how many bytes its comments begin with, and what ends them (RFC 7845 §5.2, Vorbis I §5, Theora §6.3). */
const STREAMS = [
  { head: 'OpusHead', magic: 8, end: [] as number[], type: 'audio/ogg' },
  { head: '\x01vorbis', magic: 7, end: [1], type: 'audio/ogg' },
  { head: '\x80theora', magic: 7, end: [], type: 'video/ogg' },
  { head: 'Speex   ', magic: 0, end: [], type: 'audio/ogg' },
] as const

interface Known {
  stream: (typeof STREAMS)[number]
  packet: number
  /** Bytes of its second packet that were seen. */
  seen: number
}

/** Ogg with Opus, Vorbis, Speex or Theora: the comments, which are the second packet of each stream, are emptied in place (RFC 3533). */
export function stripOgg(given: Uint8Array): Stripped {
  const bytes = Uint8Array.from(given)
  const view = viewOf(bytes)
  const known = new Map<number, Known>()
  let type = 'audio/ogg'
  let hadComments = false
  for (let at = 0; at < bytes.length; ) {
    if (!startsWith(bytes, 'OggS', at) || at + 27 > bytes.length) return { ok: false, refusal: 'damaged' }
    const segments = bytes[at + 26] ?? 0
    const body = at + 27 + segments
    const lacing = bytes.subarray(at + 27, body)
    const end = lacing.reduce((sum, size) => sum + size, body)
    if (end > bytes.length) return { ok: false, refusal: 'damaged' }
    const serial = view.getUint32(at + 14, true)
    let one = known.get(serial)
    if (!one) {
      const stream = STREAMS.find(({ head }) => startsWith(bytes, head, body))
      if (!stream) return { ok: false, refusal: 'metadata-not-removable' }
      if (stream.type === 'video/ogg') type = stream.type
      one = { stream, packet: 0, seen: 0 }
      known.set(serial, one)
    }
    let place = body
    let isChanged = false
    for (const size of lacing) {
      if (one.packet === 1) {
        const { magic, end: ending } = one.stream
        for (let n = 0; n < size; n += 1, one.seen += 1) {
          if (one.seen < magic) continue
          // No vendor, no comments: two lengths of nought; then what must follow, and room.
          const value = one.seen >= magic + 8 ? (ending[one.seen - magic - 8] ?? 0) : 0
          if (bytes[place + n] !== value) {
            bytes[place + n] = value
            isChanged = true
          }
        }
      }
      place += size
      if (size < 255) one.packet += 1
    }
    if (isChanged) {
      hadComments = true
      view.setUint32(at + 22, 0, true)
      view.setUint32(at + 22, checksum(bytes.subarray(at, end)), true)
    }
    at = end
  }
  const isWhole =
    known.size > 0 && [...known.values()].every(({ packet, seen, stream }) => packet > 1 && seen >= stream.magic + 8)
  if (!isWhole) return { ok: false, refusal: 'damaged' }
  return { ok: true, bytes, type, removed: hadComments ? ['comments'] : [] }
}

/** CRC-32 with the polynomial 0x04c11db7, from nought, not reflected (RFC 3533 §6). */
function checksum(page: Uint8Array): number {
  let crc = 0
  for (const byte of page) crc = ((crc << 8) ^ (TABLE[((crc >>> 24) ^ byte) & 0xff] ?? 0)) >>> 0
  return crc
}

const TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let crc = index << 24
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1
  return crc >>> 0
})
