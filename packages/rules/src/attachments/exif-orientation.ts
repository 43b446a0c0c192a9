import { startsWith, viewOf } from './bytes.ts'

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
