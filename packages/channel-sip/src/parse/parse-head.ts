import { longName } from './header-names.ts'
import type { ParseRefusal, RefusedBecause } from './refusal.ts'
import type { SipHeaders } from './sip-message.ts'
import { isToken } from './tokens.ts'

export type StartLine =
  | { readonly kind: 'request'; readonly method: string; readonly uri: string }
  | { readonly kind: 'response'; readonly status: number; readonly reason: string }

export type HeadParsed =
  | { readonly ok: true; readonly start: StartLine; readonly headers: SipHeaders }
  | { readonly ok: false; readonly refusal: ParseRefusal }

/** Start line and header lines (RFC 3261 §7), without the empty line. */
export function parseHead(text: string): HeadParsed {
  const lineEnd = text.indexOf('\r\n')
  const first = lineEnd === -1 ? text : text.slice(0, lineEnd)
  const lines = readLines(lineEnd === -1 ? '' : text.slice(lineEnd + 2))
  const start = readStart(first)
  const method = start.ok ? (start.line.kind === 'request' ? start.line.method : null) : start.method
  const refuse = (because: RefusedBecause, why: string, status: ParseRefusal['status'] = 400): HeadParsed => ({
    ok: false,
    refusal: { because, text: why, status: method === null ? null : status, headers: lines.headers, method },
  })
  if (!start.ok) return refuse(start.because, start.text, start.status)
  if (!lines.ok) return refuse(lines.because, lines.text)
  return { ok: true, start: start.line, headers: lines.headers }
}

type StartRead = { ok: true; line: StartLine } | StartRefused
interface StartRefused {
  ok: false
  because: RefusedBecause
  text: string
  status: ParseRefusal['status']
  method: string | null
}

function readStart(line: string): StartRead {
  if (/^SIP\s*\//i.test(line)) return readStatusLine(line)
  const words = line.split(' ')
  const [method = '', uri = '', version = ''] = words
  const known = isToken(method) ? method : null
  const bad = (because: RefusedBecause, text: string, status: ParseRefusal['status'] = 400): StartRefused => ({
    ok: false,
    because,
    text,
    status,
    method: known,
  })
  // What does not even end in a version is not answered: it may be anything that came by.
  if (known === null || !/SIP\/\d+\.\d+\s*$/i.test(line)) return { ...bad('not-sip', 'No SIP message'), method: null }
  if (words.length !== 3 || uri === '' || /[\t\p{Cc}]/u.test(line)) return bad('start-line', 'Malformed request line')
  if (version.toUpperCase() !== 'SIP/2.0') return bad('version', 'Version not supported', 505)
  return { ok: true, line: { kind: 'request', method, uri } }
}

function readStatusLine(line: string): StartRead {
  const [, version = '', digits = '', reason = ''] = /^SIP\/(\d+\.\d+) (\d+)(?: (.*))?$/i.exec(line) ?? []
  const status = Number(digits)
  const bad = (because: RefusedBecause, text: string): StartRefused => ({
    ok: false,
    because,
    text,
    status: null,
    method: null,
  })
  if (version === '') return bad('start-line', 'Malformed status line')
  if (version !== '2.0') return bad('version', 'Version not supported')
  if (digits.length !== 3 || status < 100 || status > 699) return bad('status-code', 'No such status')
  return { ok: true, line: { kind: 'response', status, reason } }
}

type LinesRead = { headers: SipHeaders } & ({ ok: true } | { ok: false; because: RefusedBecause; text: string })

function readLines(text: string): LinesRead {
  const headers = new Map<string, string[]>()
  let fault: { because: RefusedBecause; text: string } | null = null
  // A line that begins with white space continues the one before (RFC 3261 §7.3.1).
  const unfolded = /\r\n[ \t]/.test(text) ? text.replace(/\r\n[ \t]+/g, ' ') : text
  const lines = unfolded === '' ? [] : unfolded.split('\r\n', mostLines + 1)
  if (lines.length > mostLines) {
    return { ok: false, headers, because: 'too-many-headers', text: 'Too many header lines' }
  }
  for (const line of lines) {
    // The head of a datagram that was cut short ends in an empty line of its own.
    if (line === '') continue
    const colon = line.indexOf(':')
    const name = colon === -1 ? '' : line.slice(0, colon).trimEnd()
    const value = line.slice(colon + 1).trim()
    if (!isToken(name)) fault ??= { because: 'header-line', text: 'Malformed header line' }
    else if (hasControl(value)) fault ??= { because: 'control-character', text: 'Control character in a header' }
    else add(headers, longName(name), value)
  }
  return fault ? { ok: false, headers, ...fault } : { ok: true, headers }
}

function add(headers: Map<string, string[]>, name: string, value: string): void {
  const there = headers.get(name)
  if (there) there.push(value)
  else headers.set(name, [value])
}

// A backslash takes a control character into a quoted string, but never a line end (RFC 3261 §25.1, quoted-pair).
function hasControl(value: string): boolean {
  return control.test(value) && (/[\r\n]/.test(value) || control.test(value.replace(/\\[\s\S]/g, '')))
}
const control = /[^\P{Cc}\t]/u

// Far more than any message has, far fewer than would cost time.
const mostLines = 400
