const SPACE = 0x20

/** Overwrites the content of every string in [from, to) with blanks of the same length. True when there was any. */
export function blankStrings(bytes: Uint8Array, from: number, to: number): boolean {
  let isChanged = false
  for (let at = from; at < to; at++) {
    const byte = bytes[at]
    if (byte === 0x28) {
      const end = endOfLiteral(bytes, at, to)
      bytes.fill(SPACE, at + 1, end)
      isChanged ||= end > at + 1
      at = end
    } else if (byte === 0x3c && bytes[at + 1] !== 0x3c) {
      let end = at + 1
      while (end < to && bytes[end] !== 0x3e) end++
      // Hexadecimal blanks; an odd last digit reads as 2x, still a blank's half.
      for (let digit = at + 1; digit < end; digit++) bytes[digit] = (digit - at) % 2 === 1 ? 0x32 : 0x30
      isChanged ||= end > at + 1
      at = end
    } else if (byte === 0x3c) at++
  }
  return isChanged
}

/** Literal strings nest their parentheses and escape with a backslash. */
function endOfLiteral(bytes: Uint8Array, from: number, to: number): number {
  let depth = 0
  for (let at = from; at < to; at++) {
    const byte = bytes[at]
    if (byte === 0x5c) at++
    else if (byte === 0x28) depth++
    else if (byte === 0x29 && --depth === 0) return at
  }
  return to
}

const COMMENT =
  /\/Subtype\s*\/(?:Text|FreeText|Highlight|Underline|Squiggly|StrikeOut|Stamp|Ink|Popup|Square|Circle|Line|Polygon|PolyLine|Caret|Redact)\b/

/** Where the authors (/T) of comments stand in the object at [from, to). Form fields use /T for their own names and are left. */
export function authorsInAnnotations(text: string, from: number, to: number): { from: number; to: number }[] {
  const object = text.slice(from, to)
  if (!COMMENT.test(object)) return []
  return [...object.matchAll(/\/T\s*(?=[(<])/g)].map((match) => {
    const start = from + match.index + match[0].length
    const close = text[start] === '<' ? text.indexOf('>', start) : literalEnd(text, start, to)
    return { from: start, to: close === -1 ? to : close + 1 }
  })
}

function literalEnd(text: string, from: number, to: number): number {
  let depth = 0
  for (let at = from; at < to; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '(') depth++
    else if (text[at] === ')' && --depth === 0) return at
  }
  return -1
}
