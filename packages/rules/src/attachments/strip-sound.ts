import { concatenate, fromLatin1, startsWith, toLatin1, viewOf } from './bytes.ts'
import type { Stripped } from './stripped.ts'

const WAVE = new Set(['fmt ', 'data', 'fact'])

/** RIFF WAVE: the form and the samples, and nothing that is written beside them. */
export function stripWave(bytes: Uint8Array): Stripped {
  const end = Math.min(bytes.length, 8 + viewOf(bytes).getUint32(4, true))
  const kept: Uint8Array[] = []
  const removed = new Set<string>()
  for (let at = 12; at + 8 <= end; ) {
    const name = toLatin1(bytes, at, at + 4)
    const size = viewOf(bytes).getUint32(at + 4, true)
    if (at + 8 + size > end) return { ok: false, refusal: 'damaged' }
    const next = at + 8 + size + (size & 1)
    if (WAVE.has(name)) kept.push(bytes.subarray(at, Math.min(next, end)))
    else removed.add(name.trim())
    at = next
  }
  if (kept.length < 2) return { ok: false, refusal: 'damaged' }
  if (end < bytes.length) removed.add('trailing data')
  const body = concatenate([fromLatin1('WAVE'), ...kept])
  const head = new Uint8Array(8)
  head.set(fromLatin1('RIFF'))
  viewOf(head).setUint32(4, body.length, true)
  return { ok: true, bytes: concatenate([head, body]), type: 'audio/wav', removed: [...removed] }
}

/** FLAC: of the blocks before the sound only the form and the table of places stay (RFC 9639 §8); the others become room. */
export function stripFlac(given: Uint8Array): Stripped {
  const bytes = Uint8Array.from(given)
  const removed = new Set<string>()
  for (let at = 4; ; ) {
    if (at + 4 > bytes.length) return { ok: false, refusal: 'damaged' }
    const head = bytes[at] ?? 0
    const kind = head & 0x7f
    const end = at + 4 + (viewOf(bytes).getUint32(at) & 0xffffff)
    if (kind === 127 || end > bytes.length) return { ok: false, refusal: 'damaged' }
    if (kind !== 0 && kind !== 3) {
      if (kind !== 1) removed.add('tags')
      bytes[at] = (head & 0x80) | 1
      bytes.fill(0, at + 4, end)
    }
    if (head & 0x80) return { ok: true, bytes, type: 'audio/flac', removed: [...removed] }
    at = end
  }
}

/** MP3: the tags before and behind the sound are cut off (ID3v2, ID3v1, APE, Lyrics3). */
export function stripMp3(bytes: Uint8Array): Stripped {
  const removed = new Set<string>()
  let from = 0
  while (startsWith(bytes, 'ID3', from)) {
    const size = [6, 7, 8, 9].reduce((sum, n) => sum * 128 + ((bytes[from + n] ?? 0) & 0x7f), 0)
    from += 10 + size + ((bytes[from + 5] ?? 0) & 0x10 ? 10 : 0)
    removed.add('ID3')
  }
  // Programs leave empty room between their tag and the sound.
  while (from < bytes.length && bytes[from] === 0) from += 1
  let to = bytes.length
  for (let before = -1; before !== to; ) {
    before = to
    if (to - from > 128 && startsWith(bytes, 'TAG', to - 128)) to -= 128
    else if (to - from > 32 && startsWith(bytes, 'APETAGEX', to - 32)) {
      const size = viewOf(bytes).getUint32(to - 20, true)
      const hasHead = viewOf(bytes).getUint32(to - 12, true) >>> 31
      to -= size + (hasHead ? 32 : 0)
    } else if (to - from > 15 && startsWith(bytes, 'LYRICS200', to - 9))
      to -= 15 + Number(toLatin1(bytes, to - 15, to - 9))
    if (to !== before) removed.add('tags')
  }
  if (!(to > from) || !isFrame(bytes, from)) return { ok: false, refusal: 'damaged' }
  return { ok: true, bytes: bytes.slice(from, to), type: 'audio/mpeg', removed: [...removed] }
}

/** A frame of MPEG audio, layer III, with another behind it. */
export function isMp3(bytes: Uint8Array): boolean {
  if (startsWith(bytes, 'ID3')) return true
  const length = frameLength(bytes, 0)
  return length !== null && (length >= bytes.length || isFrame(bytes, length))
}

function isFrame(bytes: Uint8Array, at: number): boolean {
  return frameLength(bytes, at) !== null
}

const RATES_1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]
const RATES_2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]
const SAMPLES = [44_100, 48_000, 32_000]

function frameLength(bytes: Uint8Array, at: number): number | null {
  const [a = 0, b = 0, c = 0] = bytes.subarray(at, at + 3)
  const version = (b >> 3) & 3
  if (a !== 0xff || (b & 0xe6) !== 0xe2 || version === 1) return null
  const isFirst = version === 3
  const rate = (isFirst ? RATES_1 : RATES_2)[c >> 4]
  const samples = SAMPLES[(c >> 2) & 3]
  if (!rate || !samples) return null
  const hertz = isFirst ? samples : version === 2 ? samples / 2 : samples / 4
  return Math.floor(((isFirst ? 144_000 : 72_000) * rate) / hertz) + ((c >> 1) & 1)
}
