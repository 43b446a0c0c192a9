import { strFromU8, strToU8, unzipSync, type Zippable, zipSync } from 'fflate'
import { startsWith, toLatin1 } from './bytes.ts'
import { documentPart } from './document-parts.ts'
import { sniffType } from './sniff-type.ts'
import type { Stripped, StripRefusal } from './stripped.ts'

export type ZipLimits = { entries: number; expandedBytes: number; ratio: number }

export const defaultZipLimits: ZipLimits = { entries: 4000, expandedBytes: 128 * 1024 * 1024, ratio: 200 }

/** Takes authors, companies, times, thumbnails and comment authors out of Office and OpenDocument files, by writing them anew. Other archives are refused unopened. */
export function stripDocument(
  bytes: Uint8Array,
  clean: (bytes: Uint8Array) => Stripped,
  limits: ZipLimits = defaultZipLimits,
): Stripped {
  const opened = open(bytes, limits)
  if (!opened.ok) return opened
  const { entries } = opened
  const type = documentType(entries)
  if (!type) return { ok: false, refusal: 'holds-other-files' }
  const family = type.startsWith('application/vnd.oasis') ? 'odf' : 'ooxml'
  const kept: Zippable = {}
  const removed = new Set<string>()
  if (entries.mimetype) kept.mimetype = [entries.mimetype, { level: 0, mtime: EPOCH }]
  for (const [name, content] of Object.entries(entries)) {
    if (name === 'mimetype' || name.endsWith('/')) continue
    const part = documentPart(name, family)
    if (part.kind === 'refuse') return { ok: false, refusal: part.refusal }
    if (part.kind === 'drop') {
      removed.add(part.what)
      continue
    }
    const cleaned = cleanPart(content, part, clean)
    if (!cleaned.ok) return cleaned
    if (cleaned.what) removed.add(cleaned.what)
    kept[name] = [cleaned.bytes, { level: 6, mtime: EPOCH }]
  }
  return { ok: true, type, bytes: zipSync(kept), removed: [...removed] }
}

// Zip keeps a time with each entry: the earliest it can say.
const EPOCH = '1980-01-01T00:00:00'

function open(
  bytes: Uint8Array,
  limits: ZipLimits,
): { ok: true; entries: Record<string, Uint8Array> } | { ok: false; refusal: StripRefusal } {
  let count = 0
  let total = 0
  let tooMuch = false
  try {
    const entries = unzipSync(bytes, {
      filter({ originalSize }) {
        count++
        total += originalSize
        tooMuch ||=
          count > limits.entries ||
          total > limits.expandedBytes ||
          total > Math.max(bytes.length * limits.ratio, 1024 * 1024)
        return !tooMuch
      },
    })
    return tooMuch ? { ok: false, refusal: 'too-expansive' } : { ok: true, entries }
  } catch {
    // The library throws for everything it cannot read, an entry larger than it claims included.
    return { ok: false, refusal: tooMuch ? 'too-expansive' : 'damaged' }
  }
}

function documentType(entries: Record<string, Uint8Array>): string | undefined {
  if (entries.mimetype && startsWith(entries.mimetype, 'application/vnd.oasis.opendocument.')) {
    const type = toLatin1(entries.mimetype).trim()
    return /^application\/vnd\.oasis\.opendocument\.(?:text|spreadsheet|presentation|graphics)$/.test(type)
      ? type
      : undefined
  }
  if (!entries['[Content_Types].xml']) return undefined
  const prefix = 'application/vnd.openxmlformats-officedocument.'
  if (entries['word/document.xml']) return `${prefix}wordprocessingml.document`
  if (entries['xl/workbook.xml']) return `${prefix}spreadsheetml.sheet`
  return entries['ppt/presentation.xml'] ? `${prefix}presentationml.presentation` : undefined
}

type Cleaned = { ok: true; bytes: Uint8Array; what?: string | undefined } | { ok: false; refusal: StripRefusal }

function cleanPart(
  content: Uint8Array,
  part: Extract<ReturnType<typeof documentPart>, { kind: 'replace' | 'xml' | 'picture' }>,
  clean: (bytes: Uint8Array) => Stripped,
): Cleaned {
  if (part.kind === 'replace') return { ok: true, bytes: strToU8(part.by), what: part.what }
  if (part.kind === 'picture') {
    if (content.length === 0) return { ok: true, bytes: content }
    const kind = sniffType(content)
    // Drawings of Office itself: no picture format that cameras write.
    if (part.isVector && (kind === 'unknown' || kind === 'markup')) return { ok: true, bytes: content }
    if (!['jpeg', 'png', 'gif', 'webp'].includes(kind)) return { ok: false, refusal: 'metadata-not-removable' }
    const picture = clean(content)
    return picture.ok
      ? { ok: true, bytes: picture.bytes, what: picture.removed.length > 0 ? 'metadata of pictures' : undefined }
      : picture
  }
  if (startsWith(content, [0xff, 0xfe]) || startsWith(content, [0xfe, 0xff]) || content[1] === 0)
    return { ok: false, refusal: 'metadata-not-removable' }
  const text = strFromU8(content)
  const plain = part.rules.reduce((xml, [pattern, by]) => xml.replace(pattern, by), text)
  return plain === text
    ? { ok: true, bytes: content }
    : { ok: true, bytes: strToU8(plain), what: 'names inside the document' }
}
