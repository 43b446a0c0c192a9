/**
 * The parameters of a query with their values as bytes: a gateway puts the text in whatever alphabet it has, so a value is no text before
 * its alphabet is known. Of a name that comes twice the first counts.
 */
export function queryBytes(url: string): Map<string, Uint8Array> {
  const at = url.indexOf('?')
  const values = new Map<string, Uint8Array>()
  if (at < 0) return values
  for (const pair of url.slice(at + 1).split('&', 100)) {
    const equals = pair.indexOf('=')
    const name = Buffer.from(unescapeBytes(equals < 0 ? pair : pair.slice(0, equals))).toString('latin1')
    if (!values.has(name)) values.set(name, unescapeBytes(equals < 0 ? '' : pair.slice(equals + 1)))
  }
  return values
}

function unescapeBytes(text: string): Uint8Array {
  const bytes: number[] = []
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    const hex = text.slice(at + 1, at + 3)
    if (code === 0x25 && /^[0-9a-f]{2}$/i.test(hex)) {
      bytes.push(Number.parseInt(hex, 16))
      at += 2
    } else bytes.push(code === 0x2b ? 0x20 : code & 0xff)
  }
  return Uint8Array.from(bytes)
}
