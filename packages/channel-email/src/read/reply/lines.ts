/** One line of a mail's text, as the rules of reply cutting look at it. Offsets are into the full text (UTF-16). */
export type Line = {
  from: number
  /** End without the line break. */
  to: number
  /** What the rules test: quote marks, direction marks and odd spaces removed, at most `LONGEST_TESTED` characters. */
  text: string
  /** How many quote marks stand in front; 0 is unquoted. */
  depth: number
  isBlank: boolean
}

// Every rule is a short pattern over one line or a few; a cap per line keeps a crafted line from costing anything.
const LONGEST_TESTED = 2048
const DIRECTION_MARKS = /[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g
const ODD_SPACES = /[\u00a0\u2000-\u200a\u202f\u3000\t]/g

export function splitLines(text: string): Line[] {
  const lines: Line[] = []
  let from = 0
  while (from <= text.length) {
    const at = text.indexOf('\n', from)
    const to = at === -1 ? text.length : at
    lines.push(rejoinWrappedAddress(readLine(text, from, to), lines.at(-1)))
    from = to + 1
  }
  return lines
}

function readLine(text: string, from: number, to: number): Line {
  const raw = text.slice(from, Math.min(to, from + LONGEST_TESTED))
  const plain = raw.replace(DIRECTION_MARKS, '').replace(ODD_SPACES, ' ')
  const { depth, rest } = takeQuoteMarks(plain)
  // Digits of other scripts become ASCII, so that one pattern finds a date in all of them.
  const tested = rest.replace(/[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\uff10-\uff19]/g, (digit) =>
    String((digit.charCodeAt(0) - (digit.charCodeAt(0) >= 0xff10 ? 0xff10 : zeroOf(digit.charCodeAt(0)))) % 10),
  )
  return { from, to, text: tested.trim(), depth, isBlank: rest.trim() === '' && to - from <= LONGEST_TESTED }
}

/** A wrapped "Ana <ana@example.org" + newline + ">:" begins with what looks like a quote mark and is none. */
function rejoinWrappedAddress(line: Line, before: Line | undefined): Line {
  if (line.depth !== 1 || !before || before.depth !== 0 || !/^(?:wrote|schrieb)?.{0,20}[:：]$/u.test(line.text))
    return line
  return /<[^<>]*@[^<>]*$/.test(before.text) ? { ...line, depth: 0, text: `>${line.text}` } : line
}

function zeroOf(code: number): number {
  if (code >= 0x0966) return 0x0966
  return code >= 0x06f0 ? 0x06f0 : 0x0660
}

function takeQuoteMarks(line: string): { depth: number; rest: string } {
  let depth = 0
  let at = 0
  // A quote mark may be indented by a little, as in "  > text"; four spaces and more is somebody's own layout.
  while (at < line.length) {
    let next = at
    while (next < at + 3 && line[next] === ' ') next++
    if (line[next] !== '>') break
    depth++
    at = next + 1
  }
  return { depth, rest: line.slice(at) }
}
