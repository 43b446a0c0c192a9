import { crc32, inflateRawSync } from 'node:zlib'

/**
 * What archives hold, wherever they stand among other bytes: each is found by the record at its end (APPNOTE.TXT 4.3.16).
 * Throws for what cannot be opened: damaged, encrypted, or packed in a way that only archivers know.
 */
export function zipEntries(bytes: Buffer): { name: string; bytes: Buffer }[] {
  const found: { name: string; bytes: Buffer }[] = []
  for (const end of positions(bytes, Buffer.from('PK\x05\x06', 'latin1'))) {
    if (end + 22 > bytes.length) continue
    const directory = end - bytes.readUInt32LE(end + 12)
    const start = directory - bytes.readUInt32LE(end + 16)
    if (start < 0 || bytes.toString('latin1', start, start + 4) !== 'PK\x03\x04') continue
    let at = directory
    for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
      const entry = readEntry(bytes, start, at)
      found.push(
        { name: 'zip names', bytes: Buffer.from(entry.name) },
        { name: `zip ${entry.name}`, bytes: entry.content },
      )
      at = entry.next
    }
  }
  return found
}

export function* positions(bytes: Buffer, wanted: Buffer): Generator<number> {
  for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + 1)) yield at
}

function readEntry(bytes: Buffer, start: number, at: number): { name: string; content: Buffer; next: number } {
  if (bytes.toString('latin1', at, at + 4) !== 'PK\x01\x02') throw new Error('an archive with a damaged directory')
  const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset))
  const nameEnd = at + 46 + (nameLength ?? 0)
  const name = bytes.toString('utf8', at + 46, nameEnd)
  if ((bytes.readUInt16LE(at + 8) & 1) !== 0) throw new Error(`an archive with an encrypted entry: ${name}`)
  const local = start + bytes.readUInt32LE(at + 42)
  const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
  const packed = bytes.subarray(from, from + bytes.readUInt32LE(at + 20))
  const content = unpacked(packed, bytes.readUInt16LE(at + 10), name)
  if (crc32(content) !== bytes.readUInt32LE(at + 16)) throw new Error(`an archive with a damaged entry: ${name}`)
  return { name, content, next: nameEnd + (extraLength ?? 0) + (commentLength ?? 0) }
}

function unpacked(packed: Buffer, method: number, name: string): Buffer {
  if (method === 0) return packed
  if (method !== 8) throw new Error(`an archive with an entry packed by method ${method}: ${name}`)
  return inflateRawSync(packed, { maxOutputLength: 500_000_000 })
}
