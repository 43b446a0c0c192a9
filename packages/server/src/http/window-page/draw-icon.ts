import { crc32, deflateSync } from 'node:zlib'

/**
 * A speech bubble on a site's colour, as a PNG of `size` by `size` pixels. All that matters lies in the inner four fifths, so that any
 * device may cut the corners off (W3C Web App Manifest, maskable icons).
 */
export function drawIcon(colour: string, size: number): Buffer {
  const ground = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
  const ink = isLight(ground) ? 0x1c : 0xff
  const empty = Buffer.concat([Buffer.from([0]), Buffer.alloc(size * 3, Buffer.from(ground))])
  const rows = Buffer.concat(Array.from({ length: size }, () => empty))
  const [red = 0, green = 0, blue = 0] = ground
  for (let y = Math.floor(size * bubbleLies.from); y < size * bubbleLies.to; y += 1) {
    for (let x = Math.floor(size * bubbleLies.from); x < size * bubbleLies.to; x += 1) {
      const share = inkAt((x + 0.5) / size, (y + 0.5) / size, size)
      const at = y * (1 + size * 3) + 1 + x * 3
      rows[at] = red + (ink - red) * share
      rows[at + 1] = green + (ink - green) * share
      rows[at + 2] = blue + (ink - blue) * share
    }
  }
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    // Eight bits, red, green and blue (PNG §11.2.1).
    chunk('IHDR', Buffer.concat([uint32(size), uint32(size), Buffer.from([8, 2, 0, 0, 0])])),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** Of the whole, in both directions: the rest is ground. */
const bubbleLies = { from: 0.2, to: 0.82 }

/** How much of a pixel is ink, from 0 to 1: the distance to an edge, within a pixel, softens it. */
function inkAt(x: number, y: number, size: number): number {
  const bubble = Math.max(inside(roundedBox(x - 0.5, y - 0.46), size), inside(tail(x, y), size))
  // Three dots, each as far from the next: the nearest is the one that matters.
  const nearest = Math.min(1, Math.max(-1, Math.round((x - 0.5) / 0.115)))
  return bubble * (1 - inside(Math.sqrt((x - 0.5 - nearest * 0.115) ** 2 + (y - 0.46) ** 2) - 0.035, size))
}

const inside = (distance: number, size: number) => Math.min(1, Math.max(0, 0.5 - distance * size))

function roundedBox(x: number, y: number): number {
  const [across, down] = [Math.abs(x) - 0.27 + 0.11, Math.abs(y) - 0.19 + 0.11]
  return Math.sqrt(Math.max(across, 0) ** 2 + Math.max(down, 0) ** 2) + Math.min(Math.max(across, down), 0) - 0.11
}

function tail(x: number, y: number): number {
  return Math.max(0.345 - x, 0.6 - y, (x - 0.345 + (y - 0.79)) * Math.SQRT1_2)
}

/** Relative luminance, as WCAG 2.2 defines it, above which dark ink is read better. */
function isLight(colour: readonly number[]): boolean {
  const [red = 0, green = 0, blue = 0] = colour.map((value) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.4
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  return Buffer.concat([uint32(data.length), body, uint32(crc32(body))])
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
