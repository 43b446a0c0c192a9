import { concatenate, fromLatin1, startsWith, toLatin1, viewOf } from './bytes.ts'
import { orientationOnly, readOrientation } from './exif-orientation.ts'
import type { Stripped } from './stripped.ts'

const KEPT = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP'])
const HAS_EXIF = 0x08
const HAS_XMP = 0x04

/** Keeps the chunks that are drawn, the colour profile and which way up the picture is. */
export function stripWebp(bytes: Uint8Array): Stripped {
  const end = Math.min(bytes.length, 8 + viewOf(bytes).getUint32(4, true))
  const removed = new Set<string>()
  const kept: Uint8Array[] = []
  let orientation = 1
  let at = 12
  while (at + 8 <= end) {
    const name = toLatin1(bytes, at, at + 4)
    const size = viewOf(bytes).getUint32(at + 4, true)
    const next = at + 8 + size + (size & 1)
    if (at + 8 + size > end) return { ok: false, refusal: 'damaged' }
    const body = bytes.subarray(at + 8, at + 8 + size)
    if (KEPT.has(name)) kept.push(Uint8Array.from(bytes.subarray(at, Math.min(next, end))))
    else removed.add(name.trim())
    if (name === 'EXIF') orientation = readOrientation(startsWith(body, 'Exif\0\0') ? body.subarray(6) : body)
    at = next
  }
  if (kept.length === 0) return { ok: false, refusal: 'damaged' }
  const extended = kept.find((chunk) => startsWith(chunk, 'VP8X'))
  if (extended) {
    extended[8] = ((extended[8] ?? 0) & ~(HAS_EXIF | HAS_XMP)) | (orientation === 1 ? 0 : HAS_EXIF)
    if (orientation !== 1) kept.push(chunk('EXIF', orientationOnly(orientation)))
  }
  if (end < bytes.length) removed.add('trailing data')
  const body = concatenate(kept)
  return {
    ok: true,
    type: 'image/webp',
    bytes: chunk('RIFF', concatenate([fromLatin1('WEBP'), body])),
    removed: [...removed],
  }
}

function chunk(name: string, body: Uint8Array): Uint8Array {
  const whole = new Uint8Array(8 + body.length + (body.length & 1))
  whole.set(fromLatin1(name))
  viewOf(whole).setUint32(4, body.length, true)
  whole.set(body, 8)
  return whole
}
