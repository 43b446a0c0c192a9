/** Latin-1 view of bytes: one character a byte, so that offsets in the text are offsets in the bytes. */
export function toLatin1(bytes: Uint8Array, from = 0, to = bytes.length): string {
  let text = ''
  for (let at = from; at < to; at += 8192) text += String.fromCharCode(...bytes.subarray(at, Math.min(to, at + 8192)))
  return text
}

export function fromLatin1(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0))
}

export function startsWith(bytes: Uint8Array, prefix: string | number[], at = 0): boolean {
  const wanted = typeof prefix === 'string' ? [...prefix].map((char) => char.charCodeAt(0)) : prefix
  return wanted.every((byte, index) => bytes[at + index] === byte)
}

export function concatenate(parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
