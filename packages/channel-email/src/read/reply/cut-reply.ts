import type { Cut } from '@parley/model'
import { attributionEndingAt, nextContentDepth, relayPattern } from './attribution.ts'
import { headerBlockAt } from './header-block.ts'
import { type Line, splitLines } from './lines.ts'
import { forwardMark, originalMark } from './mail-words.ts'
import { findAppendix } from './signature.ts'

/** Stretches that the mail's HTML itself marks: known before any rule looks at the words. */
export type HtmlMark = { from: number; to: number; kind: 'quote' | 'signature' }

/** What the mail's reader knows beyond the text. */
export type ReplyClues = {
  /** Domains of our relay addresses: a dated line that names one was written by a mail program. */
  ownDomains: string[]
  /** The addresses that the mail was written to: a reply goes to what it quotes. */
  writtenTo?: string[]
  /** Lines that our own mails begin with ("please reply above this line"), in every language. */
  replyAboveLines?: readonly string[]
  marks?: HtmlMark[]
}

type Role = 'own' | 'blank' | Cut['why']

// Rules that look for boundaries stop here; text beyond it stays visible unless a boundary above already took it.
const SEARCHED_CHARACTERS = 64 * 1024

/**
 * Which stretches of a reply were not typed by its writer. Pure, linear in the length of the text.
 *
 * The law above all the rules: words of the writer stay. So quoted lines that have an answer anywhere below them stay too
 * (they are its context), a header or attribution that might be the writer's own counts as own, and when nothing would be
 * left nothing is cut: an empty reply or a bare forward shows itself whole.
 */
export function cutReply(full: string, clues: ReplyClues): Cut[] {
  const lines = splitLines(full)
  const marks = clues.marks ?? []
  const roles = markQuotes(lines, clues, marks)
  markHtmlSignatures(lines, roles, marks)
  // A signature may stand above the quoted text, below it, or both: each time one goes, the end of the own words moves up.
  for (let round = 0; round < 4; round++) {
    const own = lastOwnStretch(roles)
    if (!own) break
    const appendix = findAppendix(lines, own.first, own.after)
    if (!appendix) break
    for (let row = appendix.first; row < own.after; row++) if (roles[row] === 'own') roles[row] = appendix.why
  }
  const lastOwn = roles.lastIndexOf('own')
  if (lastOwn === -1) return []
  return collectCuts(lines, roles, lastOwn)
}

/** The full text without the cuts, blank lines that a cut leaves behind folded. */
export function withoutCuts(full: string, cuts: Cut[]): string {
  let visible = ''
  let at = 0
  for (const cut of cuts) {
    visible += full.slice(at, cut.from)
    at = cut.to
  }
  visible = (visible + full.slice(at)).trimEnd().replace(/^(?:[^\S\n]*\n)+/, '')
  return cuts.length === 0 ? visible : visible.replace(/\n(?:[^\S\n]*\n){3,}/g, '\n\n')
}

function markQuotes(lines: Line[], clues: ReplyClues, marks: HtmlMark[]): Role[] {
  const relay = relayPattern(clues.ownDomains, clues.writtenTo)
  const replyAbove = new Set(clues.replyAboveLines)
  const roles = lines.map((line): Role => (line.depth > 0 ? 'quote' : line.isBlank ? 'blank' : 'own'))
  markWrappedQuotes(lines, roles)
  let earliest = 0
  for (let row = 0; row < lines.length; row++) {
    const mark = marks.find(({ kind, from }) => kind === 'quote' && from === lines[row]?.from)
    if (mark && !hasQuoteMarks(lines, mark)) {
      row = fillUntil(lines, roles, row, mark.to) - 1
      earliest = row + 1
      continue
    }
    const line = lines[row]
    if (!line || line.from > SEARCHED_CHARACTERS) break
    if (replyAbove.has(line.text)) {
      if (line.depth === 0 && nextContentDepth(lines, row) === 0) return cutAllFrom(roles, row)
      roles[row] = 'marker'
      continue
    }
    if (roles[row] !== 'own') continue
    const boundary = boundaryAt(lines, row, earliest, relay)
    if (!boundary) continue
    const isQuotedBelow = nextContentDepth(lines, boundary.after - 1) > 0
    const end = isQuotedBelow ? boundary.after : lines.length
    if (!isQuotedBelow && !boundary.isCertain) continue
    for (let at = boundary.first; at < end; at++) {
      if (roles[at] !== 'own') continue
      // An attribution that might be the writer's own goes only when the quote below it goes.
      const heads = at < boundary.after && (boundary.isCertain || !isQuotedBelow)
      roles[at] = heads ? boundary.why : 'quote'
    }
    row = end - 1
    earliest = end
  }
  return roles
}

type Boundary = { first: number; after: number; isCertain: boolean; why: 'attribution' | 'header' }

function boundaryAt(
  lines: Line[],
  row: number,
  earliest: number,
  relay: ReturnType<typeof relayPattern>,
): Boundary | undefined {
  const text = lines[row]?.text ?? ''
  if (originalMark.test(text) && (/[-_=*]{2}|[:：]$/.test(text) || headerFollows(lines, row, earliest))) {
    return { first: row, after: row + 1, isCertain: true, why: 'header' }
  }
  const forward = forwardAt(lines, row)
  if (forward) return { first: row, after: forward, isCertain: true, why: 'header' }
  const block = headerBlockAt(lines, row, earliest)
  if (block) return { ...block, isCertain: true, why: 'header' }
  // A rule of dashes with words in it, in a language we have no list for, is a separator if a header stands below.
  if (text.length <= 120 && /^[-_=*]{3,}.{2,60}[-_=*]{3,}$/.test(text) && headerFollows(lines, row, earliest)) {
    return { first: row, after: row + 1, isCertain: true, why: 'header' }
  }
  const attribution = attributionEndingAt(lines, row, earliest, relay)
  if (attribution)
    return { first: attribution.first, after: row + 1, isCertain: attribution.isCertain, why: 'attribution' }
  return undefined
}

/** "---- Forwarded by … ----" may be wrapped onto a second line. Returns the line after it. */
function forwardAt(lines: Line[], row: number): number | undefined {
  const text = lines[row]?.text ?? ''
  const isRuled = /^[-_=*]{3,}/.test(text)
  if (!isRuled && !/[:：]$/.test(text)) return undefined
  if (forwardMark.test(text)) return row + 1
  const next = lines[row + 1]?.text ?? ''
  return isRuled && /[-_=*]{3,}$/.test(next) && forwardMark.test(`${text} ${next}`) ? row + 2 : undefined
}

function headerFollows(lines: Line[], row: number, earliest: number): boolean {
  for (let at = row + 1; at < Math.min(lines.length, row + 6); at++) {
    if (lines[at]?.isBlank) continue
    if (headerBlockAt(lines, at, Math.max(earliest, row + 1))) return true
  }
  return false
}

/**
 * Mail programs that wrap quoted text leave the last words of a long line unquoted on the next. Such a line is taken for
 * quoted only where the writer's own words stand above the quotes, between two quoted lines of which the first is full and
 * stops in the middle of a sentence. If anything else unquoted stands among the quotes, all of it stays visible anyway.
 */
function markWrappedQuotes(lines: Line[], roles: Role[]): void {
  const firstQuote = roles.indexOf('quote')
  if (firstQuote === -1 || !roles.slice(0, firstQuote).includes('own')) return
  for (let row = firstQuote + 1; row + 1 < lines.length; row++) {
    const [before, line, next] = [lines[row - 1], lines[row], lines[row + 1]]
    if (!before || !line || !next || roles[row] !== 'own' || roles[row - 1] !== 'quote' || next.depth === 0) continue
    if (isOverflow(before, line)) roles[row] = 'quote'
  }
}

function isOverflow(before: Line, line: Line): boolean {
  const width = before.to - before.from
  if (before.isBlank || width < 50 || width + 1 + (line.to - line.from) < 68 || /[.?!]$/.test(before.text)) return false
  return width >= 72 || !/^\p{Lu}/u.test(line.text)
}

function cutAllFrom(roles: Role[], first: number): Role[] {
  for (let row = first; row < roles.length; row++)
    if (roles[row] !== 'blank') roles[row] = row === first ? 'marker' : 'quote'
  return roles
}

function hasQuoteMarks(lines: Line[], mark: HtmlMark): boolean {
  return lines.some((line) => line.depth > 0 && line.from >= mark.from && line.from < mark.to)
}

function fillUntil(lines: Line[], roles: Role[], first: number, to: number): number {
  let row = first
  for (; row < lines.length; row++) {
    const line = lines[row]
    if (!line || line.from >= to) break
    if (roles[row] === 'own') roles[row] = 'quote'
  }
  return Math.max(row, first + 1)
}

function markHtmlSignatures(lines: Line[], roles: Role[], marks: HtmlMark[]): void {
  for (const mark of marks) {
    if (mark.kind !== 'signature') continue
    lines.forEach((line, row) => {
      if (roles[row] === 'own' && line.from >= mark.from && line.to <= mark.to) roles[row] = 'signature'
    })
  }
}

function lastOwnStretch(roles: Role[]): { first: number; after: number } | undefined {
  const last = roles.lastIndexOf('own')
  if (last === -1) return undefined
  let first = last
  while (first > 0 && (roles[first - 1] === 'own' || roles[first - 1] === 'blank')) first--
  return { first, after: last + 1 }
}

function collectCuts(lines: Line[], roles: Role[], lastOwn: number): Cut[] {
  const cuts: Cut[] = []
  const headUntil = wholeQuoteAbove(lines, roles, lastOwn)
  roles.forEach((role, row) => {
    const line = lines[row]
    if (!line || role === 'own' || role === 'blank') return
    // Quoted lines above the writer's last words are what those words answer.
    if (role === 'quote' && row < lastOwn && row >= headUntil) return
    const previous = cuts.at(-1)
    const from = line.from
    const to = Math.min(line.to + 1, lines.at(-1)?.to ?? line.to)
    const gap = previous ? roles.slice(rowAt(lines, previous.to), row).every((between) => between === 'blank') : false
    if (previous && gap && (previous.why === role || (isHeading(previous.why) && role === 'quote' && row > lastOwn))) {
      previous.to = to
      previous.why = role
    } else cuts.push({ from, to, why: role })
  })
  return cuts.filter((cut) => cut.to > cut.from)
}

/**
 * Who writes below a mail of ours left whole (its first line is still in the quote) answers all of it: that says no more than the mail's
 * place in the conversation. Where words stand between its lines only our own heading goes ("… wrote:"), since those lines are what the
 * words answer. Answers the row above which quoted lines go, 0 when all of them were chosen by the writer.
 */
function wholeQuoteAbove(lines: Line[], roles: Role[], lastOwn: number): number {
  const firstOwn = roles.indexOf('own')
  const help = roles.findIndex((role, row) => role === 'marker' && row < firstOwn && (lines[row]?.depth ?? 0) > 0)
  if (help === -1) return 0
  if (!roles.slice(firstOwn, lastOwn).includes('quote')) return firstOwn
  let heading = help + 1
  while (heading < firstOwn && lines[heading]?.isBlank) heading++
  const isHeading = /[:：]$/.test(lines[heading]?.text ?? '') && lines[heading + 1]?.isBlank && heading < firstOwn
  return isHeading ? heading + 2 : 0
}

function isHeading(why: Cut['why']): boolean {
  return why === 'attribution' || why === 'header'
}

function rowAt(lines: Line[], offset: number): number {
  let low = 0
  let high = lines.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((lines[middle]?.to ?? 0) < offset) low = middle + 1
    else high = middle
  }
  return low
}
