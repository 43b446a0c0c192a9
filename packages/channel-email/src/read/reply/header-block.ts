import type { Line } from './lines.ts'
import { forwardMark, type HeaderRole, headerRoles, originalMark } from './mail-words.ts'

const MOST_HEADER_LINES = 60
const MOST_LINES_ABOVE = 4
const DATED = /(?<!\d)\d{1,2}[./-]\d{1,2}[./-]\d{2,4}(?!\d)|(?<!\d)(?:19|20)\d\d(?!\d)|\d{1,2}:\d{2}/

/**
 * The copied header of an older mail (From, Sent, To, Subject in any order and many languages, also the Lotus form with a
 * name and a date above "To:"), beginning at or just above line `at`. Returns its first line and the line after its last.
 */
export function headerBlockAt(
  lines: Line[],
  at: number,
  earliest: number,
): { first: number; after: number } | undefined {
  const start = lines[at]
  if (!start || start.isBlank) return undefined
  const opening = headerRoles(start.text)
  if (opening.length === 0) return undefined
  const found = new Set<HeaderRole>()
  let after = at
  let blanks = 0
  for (let row = at; row < Math.min(lines.length, at + MOST_HEADER_LINES); row++) {
    const line = lines[row]
    if (!line || line.depth < start.depth) break
    if (line.isBlank) {
      blanks++
      if (blanks > 2 || isComplete(found)) break
      continue
    }
    const roles = headerRoles(line.text)
    const isContinuation = row > at && roles.length === 0
    if (isContinuation && blanks > 0) break
    if (isContinuation && isComplete(found) && found.has('subject')) break
    if (roles.length > 0) blanks = 0
    // A label such as "De :" or "a :" means different headers in different languages: take the one still missing.
    const role = roles.find((candidate) => !found.has(candidate)) ?? roles[0]
    if (role) found.add(role)
    after = row + 1
  }
  if (!isComplete(found)) return undefined
  return { first: extendUpwards(lines, at, earliest, found.has('from')), after }
}

/** Two labels are a coincidence in somebody's own text; a copied header has a sender or date, and an addressee or subject. */
function isComplete(found: Set<HeaderRole>): boolean {
  const strong = [...found].filter((role) => role !== 'copy').length
  return (
    strong >= 3 ||
    (found.has('from') && found.has('subject')) ||
    (found.has('to') && found.has('subject') && found.has('copy'))
  )
}

/** Lotus writes name and date above "To:"; Outlook a rule of underscores; others "-----Original Message-----". */
function extendUpwards(lines: Line[], at: number, earliest: number, hasFrom: boolean): number {
  let first = at
  if (!hasFrom || !/^\W*from\b.*\w/i.test(lines[at]?.text ?? '')) first = nameAndDateAbove(lines, at, earliest) ?? at
  for (let row = first - 1; row >= Math.max(earliest, first - MOST_LINES_ABOVE); row--) {
    const line = lines[row]
    if (!line) break
    if (line.isBlank) continue
    if (/^[-_=*]{4,}$/.test(line.text) || originalMark.test(line.text) || forwardMark.test(line.text)) first = row
    break
  }
  return first
}

function nameAndDateAbove(lines: Line[], at: number, earliest: number): number | undefined {
  let dated: number | undefined
  let row = at - 1
  let skipped = 0
  while (row >= earliest && lines[row]?.isBlank && skipped < 2) {
    row--
    skipped++
  }
  for (let seen = 0; seen < MOST_LINES_ABOVE && row >= earliest; seen++, row--) {
    const line = lines[row]
    if (!line || line.isBlank || line.text.length > 120) break
    if (DATED.test(line.text) || (row === at - 1 && /^sent by:/i.test(line.text))) dated = row
    else if (dated === undefined) break
    // The line above the date is the name, unless it is a sentence.
    else if (/[.!?]$/.test(line.text) || line.text.split(/\s+/).length > 8) break
    else dated = row
  }
  return dated
}
