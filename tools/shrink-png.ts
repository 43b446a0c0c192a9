import { crc32, deflateSync, inflateSync } from 'node:zlib'

// Screenshots have few colours: as a palette of 256 they are less than half the size. Flat areas keep their exact colour, shades are
// spread over their neighbours (Floyd and Steinberg), so that a shadow has no rings.

/** This many of the most frequent colours are kept as they are. */
const exact = 128

type Colour = { r: number; g: number; b: number; count: number }

/** A PNG as Chromium writes them (8 bits a channel, not interlaced), with at most 256 colours and no transparency. */
export function shrinkPng(png: Buffer): Buffer {
  const { width, height, pixels, step } = readPixels(png)
  const counts = new Map<number, number>()
  for (let at = 0; at < pixels.length; at += step) {
    const key = keyAt(pixels, at)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const colours = [...counts].map(([key, count]) => ({ r: key >> 16, g: (key >> 8) & 255, b: key & 255, count }))
  colours.sort((a, b) => b.count - a.count)
  const palette = [...colours.slice(0, exact), ...medianCut(colours.slice(exact), 256 - exact)]
  const rows = dither({ width, height, pixels, step }, palette)
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 3, 0, 0, 0], 8)
  return Buffer.concat([
    png.subarray(0, 8),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap(({ r, g, b }) => [r, g, b]))),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

type Picture = { width: number; height: number; pixels: Buffer; step: number }

function dither({ width, height, pixels, step }: Picture, palette: readonly Colour[]): Buffer {
  const rows = Buffer.alloc(height * (width + 1))
  const known = new Map<number, number>()
  // Errors of this row and the next, three channels, one pixel of margin on both sides.
  let [now, next] = [new Float32Array((width + 2) * 3), new Float32Array((width + 2) * 3)]
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const wanted = [0, 1, 2].map((c) =>
        clamp((pixels[(y * width + x) * step + c] ?? 0) + (now[(x + 1) * 3 + c] ?? 0)),
      )
      const key = ((wanted[0] ?? 0) << 16) | ((wanted[1] ?? 0) << 8) | (wanted[2] ?? 0)
      const index = known.get(key) ?? nearest(palette, key)
      known.set(key, index)
      rows[y * (width + 1) + 1 + x] = index
      const got = palette[index] ?? { r: 0, g: 0, b: 0 }
      for (const [c, value] of [got.r, got.g, got.b].entries()) {
        const error = ((wanted[c] ?? 0) - value) / 16
        for (const [row, at, share] of [
          [now, x + 2, 7],
          [next, x, 3],
          [next, x + 1, 5],
          [next, x + 2, 1],
        ] as const) {
          row[at * 3 + c] = (row[at * 3 + c] ?? 0) + error * share
        }
      }
    }
    ;[now, next] = [next, now]
    next.fill(0)
  }
  return rows
}

function clamp(value: number): number {
  return Math.min(255, Math.max(0, Math.round(value)))
}

function readPixels(png: Buffer): Picture {
  const width = png.readUInt32BE(16)
  const height = png.readUInt32BE(20)
  const step = png[25] === 6 ? 4 : png[25] === 2 ? 3 : 0
  if (png[24] !== 8 || step === 0 || png[28] !== 0) throw new Error('not a PNG of 8 bits a channel, RGB or RGBA')
  const parts: Buffer[] = []
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + length))
    at += length + 12
  }
  const lines = inflateSync(Buffer.concat(parts))
  const stride = width * step
  const pixels = Buffer.alloc(height * stride)
  for (let y = 0; y < height; y++) {
    const filter = lines[y * (stride + 1)]
    for (let x = 0; x < stride; x++) {
      const left = x >= step ? (pixels[y * stride + x - step] ?? 0) : 0
      const up = y > 0 ? (pixels[(y - 1) * stride + x] ?? 0) : 0
      const corner = x >= step && y > 0 ? (pixels[(y - 1) * stride + x - step] ?? 0) : 0
      pixels[y * stride + x] = (lines[y * (stride + 1) + 1 + x] ?? 0) + predicted(filter, left, up, corner)
    }
  }
  return { width, height, pixels, step }
}

/** PNG, second edition, §9.2. */
function predicted(filter: number | undefined, left: number, up: number, corner: number): number {
  if (filter === 1) return left
  if (filter === 2) return up
  if (filter === 3) return (left + up) >> 1
  if (filter !== 4) return 0
  const [toLeft, toUp, toCorner] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)]
  if (toLeft <= toUp && toLeft <= toCorner) return left
  return toUp <= toCorner ? up : corner
}

function medianCut(colours: Colour[], most: number): Colour[] {
  const boxes = [colours]
  while (boxes.length < most) {
    const widest = boxes.map((box) => ({ box, ...widestChannel(box) })).sort((a, b) => b.worth - a.worth)[0]
    if (!widest || widest.worth === 0) break
    const { box, channel } = widest
    box.sort((a, b) => a[channel] - b[channel])
    const half = box.reduce((sum, { count }) => sum + count, 0) / 2
    let passed = 0
    const middle = box.findIndex(({ count }) => {
      passed += count
      return passed >= half
    })
    const cut = Math.min(Math.max(middle, 1), box.length - 1)
    boxes.splice(boxes.indexOf(box), 1, box.slice(0, cut), box.slice(cut))
  }
  return boxes.map(mean)
}

function widestChannel(box: readonly Colour[]): { channel: 'r' | 'g' | 'b'; worth: number } {
  const span = (channel: 'r' | 'g' | 'b') => {
    let [low, high] = [255, 0]
    for (const colour of box) {
      low = Math.min(low, colour[channel])
      high = Math.max(high, colour[channel])
    }
    return high - low
  }
  const channel = (['r', 'g', 'b'] as const).reduce((a, b) => (span(b) > span(a) ? b : a))
  return { channel, worth: span(channel) * Math.log2(1 + box.reduce((sum, { count }) => sum + count, 0)) }
}

function mean(box: readonly Colour[]): Colour {
  const count = box.reduce((sum, each) => sum + each.count, 0)
  const of = (channel: 'r' | 'g' | 'b') => Math.round(box.reduce((sum, c) => sum + c[channel] * c.count, 0) / count)
  return { r: of('r'), g: of('g'), b: of('b'), count }
}

function nearest(palette: readonly Colour[], key: number): number {
  const [r, g, b] = [key >> 16, (key >> 8) & 255, key & 255]
  let best = 0
  let distance = Number.POSITIVE_INFINITY
  for (const [index, colour] of palette.entries()) {
    const away = (colour.r - r) ** 2 + (colour.g - g) ** 2 + (colour.b - b) ** 2
    if (away < distance) [best, distance] = [index, away]
  }
  return best
}

function keyAt(pixels: Buffer, at: number): number {
  return ((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0)
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  framed.set(body, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}
