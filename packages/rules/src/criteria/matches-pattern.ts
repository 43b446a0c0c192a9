/**
 * An address, or a pattern for some, in the form in which they are compared: without `http://` or `https://`, no case, characters as
 * people read them (`/g%C3%A4rten` is `/gärten`). A host alone is its front page.
 */
export function foldUrl(text: string): string {
  const [, host = '', rest = ''] = /^(?:https?:\/\/)?([^/?#]*)(.*)$/isu.exec(text.trim().normalize('NFC')) ?? []
  const path = rest === '' && !host.includes('*') ? '/' : rest
  return `${knownHost(host)}${readable(path)}`.normalize('NFC').toLowerCase()
}

/**
 * Whether an address fits a pattern, both folded. Of the address only what the pattern names is compared: `#…` and `?…` are left out
 * of it unless the pattern has a `#` or `?`. Each piece between two `*` is looked for once, from where the last was found: taking the first
 * place is always right, so there is nothing to go back to, however many `*` there are.
 */
export function matchesPattern(pattern: string, url: string): boolean {
  const address = asFarAsNamed(pattern, url)
  const pieces = pattern.split('*')
  const first = pieces[0] ?? ''
  if (pieces.length === 1) return address === pattern
  const last = pieces.at(-1) ?? ''
  const end = address.length - last.length
  if (!address.startsWith(first) || !address.endsWith(last)) return false
  let at = first.length
  for (const piece of pieces.slice(1, -1)) {
    const found = address.indexOf(piece, at)
    if (found < 0) return false
    at = found + piece.length
  }
  return at <= end
}

function asFarAsNamed(pattern: string, url: string): string {
  const address = pattern.includes('#') ? url : (url.split('#', 1)[0] ?? '')
  return pattern.includes('?') || pattern.includes('#') ? address : (address.split('?', 1)[0] ?? '')
}

// A pattern may be written with the name people read, an address comes with the one that DNS knows.
function knownHost(host: string): string {
  if (/^[\x21-\x7e]*$/u.test(host)) return host
  const parsed = URL.parse(`http://${host}/`)
  return parsed ? parsed.host : host
}

function readable(path: string): string {
  try {
    return decodeURI(path)
  } catch {
    return path
  }
}
