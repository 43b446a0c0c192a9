import { concatenate, startsWith, toLatin1 } from './bytes.ts'
import { exifSegment, readOrientation } from './exif-orientation.ts'
import type { Stripped } from './stripped.ts'

/**
 * Keeps what a JPEG needs to be drawn (tables, frames, scans, JFIF, Adobe's colour flag, ICC profile) and which way up it is.
 * Everything else goes: EXIF, XMP, IPTC, comments, makers' segments, thumbnails, and whatever follows the picture.
 */
export function stripJpeg(bytes: Uint8Array): Stripped {
  const kept: Uint8Array[] = [bytes.subarray(0, 2)]
  const removed = new Set<string>()
  let orientation = 1
  let at = 2
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return { ok: false, refusal: 'damaged' }
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at++
      continue
    }
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)
    const end = at + 2 + length
    if (length < 2 || end > bytes.length || marker < 0xc0) return { ok: false, refusal: 'damaged' }
    const segment = bytes.subarray(at, end)
    const body = segment.subarray(4)
    const trace = traceIn(marker, body)
    if (trace) {
      removed.add(trace)
      if (startsWith(body, 'Exif\0\0')) orientation = readOrientation(body.subarray(6))
    } else kept.push(marker === 0xe0 ? withoutThumbnail(segment) : segment)
    at = end
    if (marker !== 0xda) continue
    const scanEnd = endOfScan(bytes, at)
    kept.push(bytes.subarray(at, scanEnd))
    at = scanEnd
    if (bytes[at + 1] === 0xd9) {
      if (at + 2 < bytes.length) removed.add('trailing data')
      if (orientation !== 1) kept.splice(1, 0, exifSegment(orientation))
      return {
        ok: true,
        type: 'image/jpeg',
        bytes: concatenate([...kept, Uint8Array.of(0xff, 0xd9)]),
        removed: [...removed],
      }
    }
  }
  return { ok: false, refusal: 'damaged' }
}

function traceIn(marker: number, body: Uint8Array): string | undefined {
  if (marker === 0xfe) return 'comment'
  if (marker < 0xe0 || marker > 0xef) return undefined
  if (marker === 0xe0 && startsWith(body, 'JFIF\0')) return undefined
  if (marker === 0xe2 && startsWith(body, 'ICC_PROFILE\0')) return undefined
  if (marker === 0xee && startsWith(body, 'Adobe')) return undefined
  if (startsWith(body, 'Exif\0\0')) return 'EXIF'
  if (marker === 0xe1 && toLatin1(body, 0, 32).includes('ns.adobe.com/x')) return 'XMP'
  return marker === 0xed ? 'IPTC' : `APP${marker - 0xe0}`
}

function withoutThumbnail(jfif: Uint8Array): Uint8Array {
  const plain = Uint8Array.from(jfif.subarray(0, 18))
  plain.set([0, 16], 2)
  plain.set([0, 0], 16)
  return plain
}

function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 1 < bytes.length; at++) {
    if (bytes[at] !== 0xff) continue
    const next = bytes[at + 1] ?? 0
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at
  }
  return bytes.length
}
