import { concatenate, startsWith, toLatin1, viewOf } from './bytes.ts'

/** Which way up a picture is (1 to 8), from a TIFF structure as EXIF holds it; 1 when it does not say. */
export function readOrientation(tiff: Uint8Array): number {
  if (tiff.length < 14) return 1
  const isLittle = startsWith(tiff, 'II')
  if (!isLittle && !startsWith(tiff, 'MM')) return 1
  const view = viewOf(tiff)
  const directory = view.getUint32(4, isLittle)
  if (directory + 2 > tiff.length) return 1
  const count = Math.min(view.getUint16(directory, isLittle), 200)
  for (let entry = 0; entry < count; entry++) {
    const at = directory + 2 + entry * 12
    if (at + 12 > tiff.length) return 1
    if (view.getUint16(at, isLittle) !== 0x0112) continue
    const value = view.getUint16(at + 8, isLittle)
    return value >= 1 && value <= 8 ? value : 1
  }
  return 1
}

/** A TIFF structure that says nothing but the orientation. */
export function orientationOnly(orientation: number): Uint8Array {
  return Uint8Array.from([
    0x4d,
    0x4d,
    0,
    42,
    0,
    0,
    0,
    8,
    0,
    1,
    0x01,
    0x12,
    0,
    3,
    0,
    0,
    0,
    1,
    0,
    orientation,
    0,
    0,
    0,
    0,
    0,
    0,
  ])
}

/** The segment of a JPEG that says which way up it is, and nothing else. */
export function exifSegment(orientation: number): Uint8Array {
  const tiff = orientationOnly(orientation)
  return concatenate([
    Uint8Array.of(0xff, 0xe1, 0, 8 + tiff.length),
    Uint8Array.from('Exif\0\0', (char) => char.charCodeAt(0)),
    tiff,
  ])
}

/** Which way up a picture is that was cleaned here: in the first segment of a JPEG, in the last chunk of a WebP. */
export function orientationOf(cleaned: Uint8Array): number {
  if (startsWith(cleaned, [0xff, 0xd8, 0xff, 0xe1]) && startsWith(cleaned, 'Exif\0\0', 6)) {
    return readOrientation(cleaned.subarray(12))
  }
  const at = cleaned.length - 8 - orientationOnly(1).length
  return startsWith(cleaned, 'RIFF') && at > 0 && toLatin1(cleaned, at, at + 4) === 'EXIF'
    ? readOrientation(cleaned.subarray(at + 8))
    : 1
}

/** A JPEG that says nothing of it yet, the same way up. */
export function withOrientation(jpeg: Uint8Array, orientation: number): Uint8Array {
  if (orientation === 1) return jpeg
  return concatenate([jpeg.subarray(0, 2), exifSegment(orientation), jpeg.subarray(2)])
}
