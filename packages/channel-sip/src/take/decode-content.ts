import { gunzipSync, inflateSync } from 'node:zlib'

/** What goes into Accept-Encoding. */
export const acceptedEncodings = 'deflate, gzip, identity'

/** A body unpacked by its Content-Encoding; null for an encoding that we do not know, a broken one, or one that unpacks to more than `mostBytes`. */
export function decodeContent(encodings: readonly string[], body: Uint8Array, mostBytes: number): Uint8Array | null {
  const [only, ...others] = encodings.flatMap((line) => line.split(',')).map((one) => one.trim().toLowerCase())
  if (others.length > 0) return null
  if (only === undefined || only === '' || only === 'identity') return body
  const unpack = only === 'deflate' ? inflateSync : only === 'gzip' ? gunzipSync : null
  try {
    return unpack ? unpack(body, { maxOutputLength: mostBytes }) : null
  } catch {
    // Whatever is wrong with it, its sender has to send it otherwise.
    return null
  }
}
