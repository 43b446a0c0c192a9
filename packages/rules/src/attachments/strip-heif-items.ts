import { toLatin1, viewOf } from './bytes.ts'
import { boxesIn, type IsoBox, makeFree } from './iso-boxes.ts'

/** What a picture is made of; EXIF, XMP and whatever else lies beside it is emptied (ISO/IEC 23008-12). */
const DRAWN = new Set(['hvc1', 'hev1', 'av01', 'avc1', 'jpeg', 'grid', 'iden', 'iovl', 'tmap'])
const KEPT = new Set(['hdlr', 'pitm', 'iloc', 'iinf', 'iprp', 'iref', 'idat', 'dinf', 'grpl'])

/** Empties in place the items of a picture that are not drawn. False where they cannot be found. */
export function stripHeifItems(bytes: Uint8Array, meta: IsoBox, removed: Set<string>): boolean {
  const inside = boxesIn(bytes, meta.body + 4, meta.end)
  if (!inside) return false
  for (const box of inside) {
    if (KEPT.has(box.type)) continue
    removed.add(box.type.trim())
    makeFree(bytes, box)
  }
  const iinf = inside.find(({ type }) => type === 'iinf')
  const iloc = inside.find(({ type }) => type === 'iloc')
  const idat = inside.find(({ type }) => type === 'idat')
  if (!iinf || !iloc) return false
  const hdlr = inside.find(({ type }) => type === 'hdlr')
  if (hdlr && hdlr.end > hdlr.body + 24) bytes.fill(0, hdlr.body + 24, hdlr.end)
  const others = readItems(bytes, iinf, removed)
  if (!others) return false
  return emptyItems(bytes, iloc, idat ?? null, others)
}

/** The items that are not drawn. The names that items were given are blanked. */
function readItems(bytes: Uint8Array, iinf: IsoBox, removed: Set<string>): Set<number> | null {
  const view = viewOf(bytes)
  const entries = boxesIn(bytes, iinf.body + (bytes[iinf.body] === 0 ? 6 : 8), iinf.end)
  if (!entries) return null
  const others = new Set<number>()
  for (const { body, end } of entries) {
    const version = bytes[body] ?? 0
    if (version < 2 || end - body < 12) return null
    const id = version === 2 ? view.getUint16(body + 4) : view.getUint32(body + 4)
    const kind = body + (version === 2 ? 8 : 10)
    const type = toLatin1(bytes, kind, kind + 4)
    if (DRAWN.has(type)) bytes.fill(0, kind + 4, end)
    else {
      removed.add(type.trim())
      others.add(id)
    }
  }
  return others
}

/** ISO/IEC 14496-12 §8.11.3: where each item lies, in numbers whose width the box itself says. */
function emptyItems(bytes: Uint8Array, iloc: IsoBox, idat: IsoBox | null, others: ReadonlySet<number>): boolean {
  const view = viewOf(bytes)
  const version = bytes[iloc.body] ?? 0
  if (version > 2 || iloc.end - iloc.body < 8) return false
  const sizes = view.getUint16(iloc.body + 4)
  const [offsetSize, lengthSize, baseSize, indexSize] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15, sizes & 15]
  let at = iloc.body + 6
  let isShort = false
  const take = (width: number): number => {
    if (at + width > iloc.end) {
      isShort = true
      return 0
    }
    let value = 0
    for (const end = at + width; at < end; at += 1) value = value * 256 + (bytes[at] ?? 0)
    return value
  }
  const count = take(version < 2 ? 2 : 4)
  for (let n = 0; n < count && !isShort; n += 1) {
    const id = take(version < 2 ? 2 : 4)
    const method = version > 0 ? take(2) & 15 : 0
    take(2)
    const base = take(baseSize)
    const extents = take(2)
    for (let extent = 0; extent < extents && !isShort; extent += 1) {
      if (version > 0) take(indexSize)
      const offset = base + take(offsetSize)
      const length = take(lengthSize)
      if (!others.has(id)) continue
      // Method 1: counted from the beginning of the room for small items.
      const start = method === 1 ? (idat ? idat.body + offset : -1) : method === 0 ? offset : -1
      if (start < 0 || length === 0 || start + length > bytes.length) return false
      bytes.fill(0, start, start + length)
    }
  }
  return !isShort
}
