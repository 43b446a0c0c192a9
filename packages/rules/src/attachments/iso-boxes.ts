import { fromLatin1, toLatin1, viewOf } from './bytes.ts'

/** A box of an ISO media file (ISO/IEC 14496-12 §4.2): from `at` to `end`, its content from `body` on. */
export interface IsoBox {
  readonly type: string
  readonly at: number
  readonly body: number
  readonly end: number
}

/** The boxes side by side in a stretch of bytes; null where they do not fill it. */
export function boxesIn(bytes: Uint8Array, from: number, to: number): IsoBox[] | null {
  const view = viewOf(bytes)
  const boxes: IsoBox[] = []
  let at = from
  while (at < to) {
    // QuickTime ends some lists with four zero bytes.
    if (to - at < 8) return view.byteLength >= at + 4 && to - at === 4 && view.getUint32(at) === 0 ? boxes : null
    const short = view.getUint32(at)
    const isLong = short === 1
    if (isLong && to - at < 16) return null
    const size = isLong ? Number(view.getBigUint64(at + 8)) : short === 0 ? to - at : short
    const body = at + (isLong ? 16 : 8)
    if (size < body - at || at + size > to) return null
    boxes.push({ type: toLatin1(bytes, at + 4, at + 8), at, body, end: at + size })
    at += size
  }
  return boxes
}

export function childOf(bytes: Uint8Array, box: IsoBox, ...path: string[]): IsoBox | null {
  let found: IsoBox = box
  for (const type of path) {
    const inside = boxesIn(bytes, found.body, found.end)?.find((each) => each.type === type)
    if (!inside) return null
    found = inside
  }
  return found
}

/** Nothing is moved, for a file points into itself by distance from its beginning: what goes becomes empty room. */
export function makeFree(bytes: Uint8Array, { at, body, end }: IsoBox): void {
  bytes.set(fromLatin1('free'), at + 4)
  bytes.fill(0, body, end)
}
