import { toLatin1 } from './bytes.ts'
import type { Stripped } from './stripped.ts'

/** Elements by their ids (RFC 9559 §5). */
const SEGMENT = 0x18538067
const INFO = 0x1549a966
const TRACKS = 0x1654ae6b
const TRACK = 0xae
const CLUSTER = 0x1f43b675
const VOID = 0xec
const CRC = 0xbf
/** Tags, attachments, chapters. */
const GONE = new Set([0x1254c367, 0x1941a469, 0x1043a770])
const LEVEL_1 = new Set([0x114d9b74, INFO, CLUSTER, TRACKS, 0x1c53bb6b, ...GONE])
/** Title, file names, programs, date, ids of the file; names of a track and its codec. */
const BLANKED = new Set([
  0x7ba9, 0x7384, 0x3c83ab, 0x3e83bb, 0x4d80, 0x5741, 0x4461, 0x73a4, 0x3cb923, 0x3eb923, 0x536e, 0x258688,
])
const WALKED = new Set([SEGMENT, INFO, TRACKS, TRACK])

interface Element {
  id: number
  at: number
  body: number
  /** Null: until something follows that cannot be inside it. */
  end: number | null
}

/** Matroska and WebM, in place: tags, attachments and chapters become empty room, titles, programs and dates are blanked. */
export function stripMatroska(given: Uint8Array): Stripped {
  const bytes = Uint8Array.from(given)
  const removed = new Set<string>()
  if (!walk(bytes, 0, bytes.length, removed)) return { ok: false, refusal: 'damaged' }
  const head = toLatin1(bytes, 0, Math.min(bytes.length, 64))
  const hasPicture = /V_(?:VP8|VP9|AV1|MPEG|THEORA|MS)/.test(toLatin1(bytes, 0, Math.min(bytes.length, 65_536)))
  const container = head.includes('webm') ? 'webm' : 'x-matroska'
  return { ok: true, bytes, type: `${hasPicture ? 'video' : 'audio'}/${container}`, removed: [...removed] }
}

function walk(bytes: Uint8Array, from: number, to: number, removed: Set<string>): boolean {
  for (let at = from; at < to; ) {
    const element = readElement(bytes, at, to)
    if (!element) return false
    const end = element.end ?? endOfOpen(bytes, element, to)
    if (end === null) return false
    if (GONE.has(element.id)) {
      removed.add('tags')
      makeVoid(bytes, element.at, end)
    } else if (element.id === VOID) bytes.fill(0, element.body, end)
    else if (element.id === CRC) makeVoid(bytes, element.at, end)
    else if (BLANKED.has(element.id)) {
      if (bytes.subarray(element.body, end).some((byte) => byte !== 0)) removed.add('info')
      bytes.fill(0, element.body, end)
    } else if (WALKED.has(element.id) && !walk(bytes, element.body, end, removed)) return false
    at = end
  }
  return true
}

/** Live recordings leave sizes open: a segment goes to the end, a cluster to the next element that stands beside clusters (RFC 8794 §6.2). */
function endOfOpen(bytes: Uint8Array, { id, body }: Element, to: number): number | null {
  if (id === SEGMENT) return to
  if (id !== CLUSTER) return null
  for (let at = body; at < to; ) {
    const element = readElement(bytes, at, to)
    if (!element) return null
    if (LEVEL_1.has(element.id)) return element.at
    if (element.end === null) return null
    at = element.end
  }
  return to
}

function readElement(bytes: Uint8Array, at: number, to: number): Element | null {
  const idLength = Math.clz32(bytes[at] ?? 0) - 23
  if (idLength > 4 || at + idLength >= to) return null
  let id = 0
  for (let n = 0; n < idLength; n += 1) id = id * 256 + (bytes[at + n] ?? 0)
  const sizeAt = at + idLength
  const sizeLength = Math.clz32(bytes[sizeAt] ?? 0) - 23
  const body = sizeAt + sizeLength
  if (sizeLength > 8 || body > to) return null
  let size = (bytes[sizeAt] ?? 0) & (0xff >> sizeLength)
  let isOpen = size === 0xff >> sizeLength
  for (let n = 1; n < sizeLength; n += 1) {
    const byte = bytes[sizeAt + n] ?? 0
    isOpen &&= byte === 0xff
    size = size * 256 + byte
  }
  if (isOpen) return { id, at, body, end: null }
  return body + size > to ? null : { id, at, body, end: body + size }
}

function makeVoid(bytes: Uint8Array, at: number, end: number): void {
  const length = end - at
  bytes.fill(0, at, end)
  bytes[at] = VOID
  if (length < 10) {
    bytes[at + 1] = 0x80 | (length - 2)
    return
  }
  bytes[at + 1] = 0x01
  let size = length - 9
  for (let n = at + 8; n > at + 1; n -= 1) {
    bytes[n] = size % 256
    size = Math.floor(size / 256)
  }
}
