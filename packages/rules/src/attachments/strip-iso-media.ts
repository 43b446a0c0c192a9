import { toLatin1, viewOf } from './bytes.ts'
import { boxesIn, childOf, type IsoBox, makeFree } from './iso-boxes.ts'
import { stripHeifItems } from './strip-heif-items.ts'
import type { Stripped } from './stripped.ts'

const CONTAINERS = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl', 'dinf', 'edts', 'mvex', 'moof', 'traf', 'mfra'])
/** What is needed to play or draw it. Everything else says where, when, by whom or with what it was made, or nothing of use. */
const KEPT = new Set(
  `ftyp styp mdat wide mvhd tkhd mdhd hdlr vmhd smhd nmhd dref stsd stts ctts stsc stsz stco co64 stss sdtp sbgp sgpd cslg elst
  trex mehd mfhd tfhd tfdt trun mfro tfra sidx tref`.split(/\s+/),
)
const PICTURES: Record<string, string> = {
  heic: 'image/heic',
  heix: 'image/heic',
  heim: 'image/heic',
  mif1: 'image/heic',
  avif: 'image/avif',
}
const ROOM = new Set(['free', 'skip'])

/**
 * MP4, M4A, MOV, 3GP and the pictures of their family (HEIC, AVIF): in place and of the same length. Times of making, places, devices, names
 * and thumbnails become empty room; a track that is neither picture nor sound (a telephone writes places into one) is emptied with its samples.
 */
export function stripIsoMedia(given: Uint8Array): Stripped {
  const bytes = Uint8Array.from(given)
  const top = boxesIn(bytes, 0, bytes.length)
  if (!top) return { ok: false, refusal: 'damaged' }
  const removed = new Set<string>()
  const brand = toLatin1(bytes, 8, 12)
  const picture = PICTURES[brand]
  const moov = top.find(({ type }) => type === 'moov')
  const meta = top.find(({ type }) => type === 'meta')
  if (picture ? !meta : !moov) return { ok: false, refusal: 'damaged' }
  let handlers: string[] = []
  if (moov) {
    const emptied = emptyOtherTracks(bytes, moov, removed)
    if (!emptied) return { ok: false, refusal: 'metadata-not-removable' }
    handlers = emptied
  }
  if (picture && meta && !stripHeifItems(bytes, meta, removed)) return { ok: false, refusal: 'metadata-not-removable' }
  const kept = top.filter((box) => !(picture && box === meta))
  if (!clean(bytes, kept, removed)) return { ok: false, refusal: 'damaged' }
  const type = picture ?? nameType(brand, handlers.includes('vide'))
  return { ok: true, bytes, type, removed: [...removed] }
}

function nameType(brand: string, hasPicture: boolean): string {
  if (!hasPicture) return brand.startsWith('3g') ? 'audio/3gpp' : 'audio/mp4'
  if (brand === 'qt  ') return 'video/quicktime'
  return brand.startsWith('3g') ? 'video/3gpp' : 'video/mp4'
}

function clean(bytes: Uint8Array, boxes: readonly IsoBox[], removed: Set<string>): boolean {
  for (const box of boxes) {
    if (CONTAINERS.has(box.type)) {
      const inside = boxesIn(bytes, box.body, box.end)
      if (!inside || !clean(bytes, inside, removed)) return false
    } else if (ROOM.has(box.type)) bytes.fill(0, box.body, box.end)
    else if (KEPT.has(box.type)) cleanLeaf(bytes, box, removed)
    else {
      removed.add(box.type.trim())
      makeFree(bytes, box)
    }
  }
  return true
}

function cleanLeaf(bytes: Uint8Array, { type, body, end }: IsoBox, removed: Set<string>): void {
  const blank = (from: number, to: number, what: string) => {
    const until = Math.min(to, end)
    if (from >= until) return
    if (bytes.subarray(from, until).some((byte) => byte !== 0)) removed.add(what)
    bytes.fill(0, from, until)
  }
  // When it was made and changed: two numbers of four bytes, or of eight in version 1.
  if (type === 'mvhd' || type === 'tkhd' || type === 'mdhd')
    blank(body + 4, body + (bytes[body] === 1 ? 20 : 12), 'times')
  // Who wrote the track, as a program calls itself.
  if (type === 'hdlr') blank(body + 12, end, 'handler name')
  // The compressor's name, of 32 bytes, in the first entry.
  if (type === 'stsd' && toLatin1(bytes, body + 12, body + 16) !== 'mp4a' && end - body >= 8 + 86) {
    if (isPictureEntry(bytes, body + 8)) blank(body + 8 + 50, body + 8 + 82, 'compressor name')
  }
  if (type === 'dref') cleanReferences(bytes, body + 8, end, removed)
}

/** An entry of pictures has a size in pixels where one of sound has none: reserved bytes. */
function isPictureEntry(bytes: Uint8Array, entry: number): boolean {
  const view = viewOf(bytes)
  return view.getUint16(entry + 32) > 0 && view.getUint16(entry + 34) > 0 && view.getUint32(entry + 36) === 0x00480000
}

/** Where samples lie: in this file. An older program may have put the path of its own disk there. */
function cleanReferences(bytes: Uint8Array, from: number, to: number, removed: Set<string>): void {
  for (const { body, end } of boxesIn(bytes, from, to) ?? []) {
    if (end - body <= 4) continue
    removed.add('file references')
    bytes.fill(0, body, end)
    bytes[body + 3] = 1
  }
}

/** Answers of what the tracks are that stay; null where one that must go cannot be emptied. */
function emptyOtherTracks(bytes: Uint8Array, moov: IsoBox, removed: Set<string>): string[] | null {
  const inside = boxesIn(bytes, moov.body, moov.end)
  if (!inside) return null
  const handlers: string[] = []
  for (const trak of inside.filter(({ type }) => type === 'trak')) {
    const hdlr = childOf(bytes, trak, 'mdia', 'hdlr')
    const handler = hdlr ? toLatin1(bytes, hdlr.body + 8, hdlr.body + 12) : ''
    if (handler === 'vide' || handler === 'soun' || handler === 'auxv' || handler === 'pict') {
      handlers.push(handler)
      continue
    }
    // In fragments its samples lie in boxes that are not looked into.
    if (inside.some(({ type }) => type === 'mvex')) return null
    if (!emptySamples(bytes, trak)) return null
    removed.add(`track ${handler.trim()}`)
    makeFree(bytes, trak)
  }
  return handlers
}

/** ISO/IEC 14496-12 §8.7: chunks by place, samples in each by a table of runs, each sample by its size. */
function emptySamples(bytes: Uint8Array, trak: IsoBox): boolean {
  const table = (name: string) => childOf(bytes, trak, 'mdia', 'minf', 'stbl', name)
  const [stsz, stsc] = [table('stsz'), table('stsc')]
  const wide = table('co64')
  const places = wide ?? table('stco')
  if (!stsz || !stsc || !places) return false
  const view = viewOf(bytes)
  const step = wide ? 8 : 4
  const room = ({ body, end }: IsoBox, each: number) => Math.floor((end - body - 8) / each)
  const same = view.getUint32(stsz.body + 4)
  const chunks = Math.min(view.getUint32(places.body + 4), room(places, step))
  const runs = Math.min(view.getUint32(stsc.body + 4), room(stsc, 12))
  let sample = 0
  let run = 0
  for (let chunk = 1; chunk <= chunks; chunk += 1) {
    const firstOf = (index: number) =>
      index < runs ? view.getUint32(stsc.body + 8 + 12 * index) : Number.POSITIVE_INFINITY
    while (firstOf(run + 1) <= chunk) run += 1
    const count = runs > 0 ? view.getUint32(stsc.body + 8 + 12 * run + 4) : 0
    let size = 0
    for (let n = 0; n < count; n += 1, sample += 1) {
      if (same > 0) size += same
      else if (12 + 4 * sample + 4 <= stsz.end - stsz.body) size += view.getUint32(stsz.body + 12 + 4 * sample)
      else return false
      if (size > bytes.length) return false
    }
    const place = places.body + 8 + step * (chunk - 1)
    const at = wide ? Number(view.getBigUint64(place)) : view.getUint32(place)
    if (at + size > bytes.length) return false
    bytes.fill(0, at, at + size)
  }
  return true
}
