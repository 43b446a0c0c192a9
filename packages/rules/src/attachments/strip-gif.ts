import { concatenate, toLatin1 } from './bytes.ts'
import type { Stripped } from './stripped.ts'

/** Keeps frames, their timing and the loop count; comments, XMP and other applications' blocks go. */
export function stripGif(bytes: Uint8Array): Stripped {
  const removed = new Set<string>()
  let at = 13 + colourTable(bytes[10] ?? 0)
  const kept: Uint8Array[] = [bytes.subarray(0, at)]
  while (at < bytes.length) {
    const start = at
    const kind = bytes[at]
    if (kind === 0x3b) {
      if (at + 1 < bytes.length) removed.add('trailing data')
      return { ok: true, type: 'image/gif', bytes: concatenate([...kept, Uint8Array.of(0x3b)]), removed: [...removed] }
    }
    if (kind === 0x2c) {
      at = endOfBlocks(bytes, at + 10 + colourTable(bytes[at + 9] ?? 0) + 1)
      kept.push(bytes.subarray(start, at))
    } else if (kind === 0x21) {
      const label = bytes[at + 1]
      at = endOfBlocks(bytes, at + 2)
      const application = label === 0xff ? toLatin1(bytes, start + 3, start + 14) : ''
      if (label === 0xf9 || application === 'NETSCAPE2.0' || application === 'ANIMEXTS1.0')
        kept.push(bytes.subarray(start, at))
      else removed.add(label === 0xfe ? 'comment' : application.startsWith('XMP') ? 'XMP' : 'extension')
    } else return { ok: false, refusal: 'damaged' }
  }
  return { ok: false, refusal: 'damaged' }
}

function colourTable(flags: number): number {
  return flags & 0x80 ? 3 << ((flags & 7) + 1) : 0
}

function endOfBlocks(bytes: Uint8Array, from: number): number {
  let at = from
  while (at < bytes.length && bytes[at] !== 0) at += (bytes[at] ?? 0) + 1
  return at + 1
}
