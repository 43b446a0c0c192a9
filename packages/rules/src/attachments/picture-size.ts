import { startsWith, viewOf } from './bytes.ts'

export interface PictureSize {
  readonly width: number
  readonly height: number
}

/** How large a picture claims to be, without drawing it: what it would take to draw it is known before. Null where it does not say. */
export function pictureSize(bytes: Uint8Array): PictureSize | null {
  const view = viewOf(bytes)
  if (startsWith(bytes, '\x89PNG') && bytes.length >= 24) {
    return { width: view.getUint32(16), height: view.getUint32(20) }
  }
  if (startsWith(bytes, 'GIF8') && bytes.length >= 10) {
    return { width: view.getUint16(6, true), height: view.getUint16(8, true) }
  }
  if (startsWith(bytes, [0xff, 0xd8])) return jpegSize(bytes)
  if (startsWith(bytes, 'RIFF') && startsWith(bytes, 'WEBP', 8) && bytes.length >= 30) return webpSize(bytes)
  return null
}

/** In the frame header (ITU-T T.81 §B.2.2), whichever of its kinds it is. */
function jpegSize(bytes: Uint8Array): PictureSize | null {
  const view = viewOf(bytes)
  for (let at = 2; at + 9 < bytes.length; ) {
    if (bytes[at] !== 0xff) return null
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
    at += 2 + view.getUint16(at + 2)
  }
  return null
}

/** The extended, the lossless and the simple form (RFC 9649 §2.5–2.7). */
function webpSize(bytes: Uint8Array): PictureSize | null {
  const view = viewOf(bytes)
  const of24 = (at: number) => view.getUint16(at, true) + ((bytes[at + 2] ?? 0) << 16)
  if (startsWith(bytes, 'VP8X', 12)) return { width: of24(24) + 1, height: of24(27) + 1 }
  if (startsWith(bytes, 'VP8L', 12)) {
    const bits = view.getUint32(21, true)
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
  }
  if (!startsWith(bytes, 'VP8 ', 12)) return null
  return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
}
