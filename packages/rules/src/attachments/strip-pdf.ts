import { toLatin1 } from './bytes.ts'
import { deflateInto, inflateWithin } from './pdf-streams.ts'
import { authorsInAnnotations, blankStrings } from './pdf-strings.ts'
import { stripJpeg } from './strip-jpeg.ts'
import type { Stripped, StripRefusal } from './stripped.ts'

/**
 * Takes out of a PDF what it says about its maker without moving a byte: the strings of every Info dictionary, the XMP
 * streams, authors of comments, EXIF inside embedded JPEGs become blanks of the same length, also inside compressed object
 * streams. Where that cannot be done with certainty (encrypted, unknown filters, files inside, programs) it is refused.
 */
export function stripPdf(bytes: Uint8Array): Stripped {
  const text = toLatin1(bytes)
  const streams = findStreams(text)
  const objects = findObjects(text, streams)
  if (!objects) return { ok: false, refusal: 'too-expansive' }
  const refusal = reasonToRefuse(text, outsideStreams(text, streams))
  if (refusal) return { ok: false, refusal }
  const work: Work = { bytes: Uint8Array.from(bytes), text, infos: infoObjects(text), removed: new Set() }
  for (const { number, from, to } of objects) if (work.infos.has(number)) addReferences(work, text.slice(from, to))
  for (const stream of streams) {
    const problem = cleanStream(work, stream)
    if (problem) return { ok: false, refusal: problem }
  }
  for (const { number, from, to } of objects) {
    if (work.infos.has(number) && blankStrings(work.bytes, from, to)) work.removed.add('Info')
    blankAnnotation(work, work.bytes, text, from, to)
  }
  return { ok: true, type: 'application/pdf', bytes: work.bytes, removed: [...work.removed] }
}

type Work = { bytes: Uint8Array; text: string; infos: Set<string>; removed: Set<string> }
type PdfStream = { dictionary: string; from: number; to: number }
type PdfObject = { number: string; from: number; to: number }

// No document that people write has more; a crafted one would cost time.
const MOST_OBJECTS = 200_000
const LONGEST_DICTIONARY = 8192

function reasonToRefuse(text: string, outside: string): StripRefusal | undefined {
  // Names may hide behind #xx; seen through for the questions, while the blanking below needs them plain.
  const plain = outside.replace(/#([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  if (!/%%EOF/.test(text.slice(-2048))) return 'damaged'
  if (/\/Encrypt\b/.test(plain)) return 'encrypted'
  const problem = activeOrHolding(plain)
  if (problem) return problem
  const counts = (whole: string) => whole.match(/\/(?:Info|Metadata|ObjStm)\b/g)?.length ?? 0
  return counts(plain) === counts(outside) ? undefined : 'metadata-not-removable'
}

function activeOrHolding(text: string): StripRefusal | undefined {
  if (/\/(?:JavaScript|JS|Launch)\b/.test(text)) return 'active-content'
  return /\/EmbeddedFiles?\b/.test(text) ? 'holds-other-files' : undefined
}

function outsideStreams(text: string, streams: PdfStream[]): string {
  const pieces: string[] = []
  let at = 0
  for (const { from, to } of streams) {
    pieces.push(text.slice(at, from))
    at = to
  }
  return [...pieces, text.slice(at)].join('\n')
}

function infoObjects(text: string): Set<string> {
  return new Set([...text.matchAll(/\/Info\s+(\d{1,10})\s+\d{1,5}\s+R\b/g)].map(([, number = '']) => number))
}

/** A value of the Info dictionary may stand in an object of its own. */
function addReferences(work: Work, dictionary: string): void {
  for (const [, number = ''] of dictionary.matchAll(/(\d{1,10})\s+\d{1,5}\s+R\b/g)) work.infos.add(number)
}

/** Objects that stand plainly in the file, without their streams; undefined when there are absurdly many. */
function findObjects(text: string, streams: PdfStream[]): PdfObject[] | undefined {
  const objects: PdfObject[] = []
  let stream = 0
  for (const match of text.matchAll(/(?<!\d)(\d{1,10})\s{1,3}\d{1,5}\s{1,3}obj\b/g)) {
    while ((streams[stream]?.to ?? Number.POSITIVE_INFINITY) <= match.index) stream++
    const within = streams[stream]
    if (within && match.index >= within.from) continue
    const previous = objects.at(-1)
    if (previous) previous.to = Math.min(previous.to, match.index)
    objects.push({ number: match[1] ?? '', from: match.index + match[0].length, to: within?.from ?? text.length })
    if (objects.length > MOST_OBJECTS) return undefined
  }
  return objects
}

function findStreams(text: string): PdfStream[] {
  const streams: PdfStream[] = []
  let at = 0
  while (true) {
    const keyword = text.indexOf('stream', at)
    if (keyword === -1) return streams
    const from = text[keyword + 6] === '\r' ? keyword + 8 : keyword + 7
    at = keyword + 6
    const before = text.slice(Math.max(streams.at(-1)?.to ?? 0, keyword - LONGEST_DICTIONARY), keyword)
    if (!/>>\s{0,3}$/.test(before.slice(-5))) continue
    const start = before.lastIndexOf('obj')
    if (start === -1) continue
    const dictionary = before.slice(start + 3)
    const length = Number(/\/Length\s+(\d{1,10})(?!\s+\d+\s+R)/.exec(dictionary)?.[1] ?? Number.NaN)
    const isExact = /^\s{0,2}endstream/.test(text.slice(from + length, from + length + 11))
    const end = isExact ? from + length : text.indexOf('endstream', from)
    if (end === -1) return streams
    streams.push({ dictionary, from, to: end })
    at = end + 9
  }
}

function cleanStream(work: Work, stream: PdfStream): StripRefusal | undefined {
  const { dictionary, from, to } = stream
  const isObjects = /\/Type\s*\/ObjStm\b/.test(dictionary)
  const isMetadata = /\/Type\s*\/Metadata\b|\/Subtype\s*\/XML\b/.test(dictionary)
  const isJpeg = /\/DCTDecode\b/.test(dictionary)
  if (!isObjects && !isMetadata && !isJpeg) return undefined
  const filters = [...(/\/Filter\s*(\[[^\]]*\]|\/\w+)/.exec(dictionary)?.[1] ?? '').matchAll(/\/(\w+)/g)].map(
    ([, name]) => name,
  )
  const isDeflated = filters[0] === 'FlateDecode' || filters[0] === 'Fl'
  const rest = filters.slice(isDeflated ? 1 : 0).filter((name) => !(isJpeg && name === 'DCTDecode'))
  if (rest.length > 0 || (isDeflated && /\/Predictor\s+(?!1\b)\d/.test(dictionary))) return 'metadata-not-removable'
  const stored = work.bytes.subarray(from, to)
  if (isMetadata) {
    work.removed.add('XMP')
    return replaceStream(stored, new Uint8Array(isDeflated ? 1 : to - from).fill(0x20), isDeflated)
  }
  const content = isDeflated ? inflateWithin(stored) : { ok: true as const, bytes: Uint8Array.from(stored) }
  if (!content.ok) return content.refusal
  const changed = isObjects ? cleanObjects(work, content.bytes, dictionary) : cleanPhoto(content.bytes)
  if (typeof changed === 'string') return changed
  if (!changed) return undefined
  if (isJpeg) work.removed.add('EXIF of pictures')
  return replaceStream(stored, content.bytes, isDeflated)
}

function replaceStream(stored: Uint8Array, content: Uint8Array, isDeflated: boolean): StripRefusal | undefined {
  if (isDeflated) return deflateInto(stored, content) ? undefined : 'metadata-not-removable'
  stored.set(content.subarray(0, stored.length))
  return undefined
}

/** The picture shrinks; zeros behind its end are skipped by every reader. */
function cleanPhoto(photo: Uint8Array): boolean | StripRefusal {
  const stripped = stripJpeg(photo)
  if (!stripped.ok || stripped.bytes.length > photo.length) return 'metadata-not-removable'
  photo.fill(0)
  photo.set(stripped.bytes)
  return stripped.removed.length > 0
}

/** An object stream begins with pairs "number offset"; the objects follow from /First. */
function cleanObjects(work: Work, content: Uint8Array, dictionary: string): boolean | StripRefusal {
  const text = toLatin1(content)
  const problem = activeOrHolding(text)
  if (problem) return problem
  const first = Number(/\/First\s+(\d+)/.exec(dictionary)?.[1] ?? 0)
  const pairs = (text.slice(0, first).match(/\d+/g) ?? []).map(Number)
  const slices = pairs.flatMap((number, at) => {
    if (at % 2 === 1) return []
    const from = first + (pairs[at + 1] ?? 0)
    return [{ number: String(number), from, to: at + 3 < pairs.length ? first + (pairs[at + 3] ?? 0) : content.length }]
  })
  for (const { number, from, to } of slices) if (work.infos.has(number)) addReferences(work, text.slice(from, to))
  let isChanged = false
  for (const { number, from, to } of slices) {
    if (work.infos.has(number) && blankStrings(content, from, to)) {
      isChanged = true
      work.removed.add('Info')
    }
    if (blankAnnotation(work, content, text, from, to)) isChanged = true
  }
  return isChanged
}

function blankAnnotation(work: Work, bytes: Uint8Array, text: string, from: number, to: number): boolean {
  const authors = authorsInAnnotations(text, from, to)
  for (const author of authors) blankStrings(bytes, author.from, author.to)
  if (authors.length > 0) work.removed.add('authors of comments')
  return authors.length > 0
}
