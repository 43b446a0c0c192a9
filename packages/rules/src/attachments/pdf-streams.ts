import { unzlibSync, zlibSync } from 'fflate'
import type { StripRefusal } from './stripped.ts'

const LARGEST = 32 * 1024 * 1024

/** Inflates into a bounded buffer: a stream that would grow beyond it is refused, never opened. */
export function inflateWithin(
  stored: Uint8Array,
): { ok: true; bytes: Uint8Array } | { ok: false; refusal: StripRefusal } {
  // Deflate cannot grow a byte to more than 1032 (a zip bomb's best), so small streams need small buffers only.
  const room = Math.min(LARGEST, stored.length * 1032 + 64)
  try {
    return { ok: true, bytes: Uint8Array.from(unzlibSync(stored, { out: new Uint8Array(room) })) }
  } catch {
    return { ok: false, refusal: room === LARGEST ? 'too-expansive' : 'damaged' }
  }
}

/** Deflates `content` into the place of `stored`, the rest filled with zeros, which readers skip. False when it does not fit. */
export function deflateInto(stored: Uint8Array, content: Uint8Array): boolean {
  const packed = zlibSync(content, { level: 9 })
  if (packed.length > stored.length) return false
  stored.fill(0)
  stored.set(packed)
  return true
}
