import { concatenate, toLatin1, viewOf } from './bytes.ts'
import type { Stripped } from './stripped.ts'

/** Chunks that change how a picture looks. Texts, times, EXIF and anything nobody has heard of are not among them. */
const KEPT = new Set(
  'IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP sBIT bKGD pHYs hIST acTL fcTL fdAT mDCV cLLI'.split(' '),
)

export function stripPng(bytes: Uint8Array): Stripped {
  const kept: Uint8Array[] = [bytes.subarray(0, 8)]
  const removed = new Set<string>()
  let at = 8
  while (at + 12 <= bytes.length) {
    const length = viewOf(bytes).getUint32(at)
    const end = at + 12 + length
    if (end > bytes.length) break
    const name = toLatin1(bytes, at + 4, at + 8)
    if (KEPT.has(name)) kept.push(bytes.subarray(at, end))
    else removed.add(name)
    at = end
    if (name !== 'IEND') continue
    if (at < bytes.length) removed.add('trailing data')
    return { ok: true, type: 'image/png', bytes: concatenate(kept), removed: [...removed] }
  }
  return { ok: false, refusal: 'damaged' }
}
