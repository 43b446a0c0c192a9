import { crc32, deflateSync } from 'node:zlib'
import { seeded } from '@parley/dev-env'

/** A real PNG of about so many bytes, which nothing makes smaller, that names its author in its metadata. */
export function noisyPicture(bytes: number, author: string): Buffer {
  const width = 2048
  const height = Math.ceil(bytes / (width * 3))
  const rows = Buffer.alloc(height * (width * 3 + 1))
  const random = seeded(20)
  for (let at = 0; at + 4 <= rows.length; at += 4) rows.writeUInt32LE(Math.floor(random.next() * 2 ** 32), at)
  // Each row begins with its filter: none.
  for (let row = 0; row < height; row++) rows[row * (width * 3 + 1)] = 0
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('tEXt', Buffer.from(`Author\0${author}`, 'latin1')),
    chunk('IDAT', deflateSync(rows, { level: 0 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}
