/** Tells, in a stream of WebSocket bytes (RFC 6455 §5.2) that arrives in any pieces, where each frame ends. */
export type FrameReader = {
  /** Offsets in this piece just behind the last byte of a frame. The answer to the HTTP upgrade counts as none. */
  endsIn(piece: Buffer): number[]
}

export function readFrames(): FrameReader {
  let isUpgraded = false
  let line = ''
  let header = Buffer.alloc(0)
  let left = 0
  return {
    endsIn(piece) {
      const ends: number[] = []
      for (let at = 0; at < piece.length; ) {
        if (!isUpgraded) {
          line = (line + String.fromCharCode(piece[at] ?? 0)).slice(-4)
          isUpgraded = line === '\r\n\r\n'
          at += 1
        } else if (left > 0) {
          const step = Math.min(left, piece.length - at)
          left -= step
          at += step
          if (left === 0) ends.push(at)
        } else {
          header = Buffer.concat([header, piece.subarray(at, at + 1)])
          at += 1
          const length = payloadLength(header)
          if (length === undefined) continue
          header = Buffer.alloc(0)
          left = length
          if (left === 0) ends.push(at)
        }
      }
      return ends
    },
  }
}

/** Bytes that follow the header, once the whole header is there: the payload only, the mask belongs to the header. */
function payloadLength(header: Buffer): number | undefined {
  const second = header[1]
  if (second === undefined) return undefined
  const short = second & 0x7f
  const extended = short === 126 ? 2 : short === 127 ? 8 : 0
  const mask = (second & 0x80) === 0 ? 0 : 4
  if (header.length < 2 + extended + mask) return undefined
  if (extended === 2) return header.readUInt16BE(2)
  return extended === 8 ? Number(header.readBigUInt64BE(2)) : short
}
