import { singleHeaders } from './header-names.ts'
import { isKnownMethod } from './methods.ts'
import { parseAddress } from './parse-address.ts'
import type { StartLine } from './parse-head.ts'
import type { Parsed } from './parse-message.ts'
import { parseUri } from './parse-uri.ts'
import { parseVia, type Via } from './parse-via.ts'
import type { ParseRefusal, RefusedBecause } from './refusal.ts'
import { firstHeader, type NameAddress, type SipHeaders } from './sip-message.ts'
import { isToken, splitValues } from './tokens.ts'

type Refuse = (because: RefusedBecause, text: string, status?: ParseRefusal['status']) => Parsed

/** What every message must have (RFC 3261 §8.1.1), and the form of whatever else it has that we or others go by. */
export function parseFields(start: StartLine, headers: SipHeaders, body: Uint8Array): Parsed {
  const method = start.kind === 'request' ? start.method : null
  const refuse: Refuse = (because, text, status = 400) => ({
    ok: false,
    refusal: { because, text, status: method === null ? null : status, headers, method },
  })
  for (const name of singleHeaders) {
    if ((headers.get(name)?.length ?? 0) > 1) return refuse('repeated-header', `More than one ${name}`)
  }
  for (const name of mandatory) {
    if (!headers.has(name)) return refuse('missing-header', `Missing ${name}`)
  }
  const via = readVias(headers.get('via') ?? [])
  if (!via) return refuse('via', 'Malformed Via')
  const from = parseAddress(firstHeader(headers, 'from') ?? '')
  if (!from.ok) return refuse('from', 'Malformed From')
  const to = parseAddress(firstHeader(headers, 'to') ?? '')
  if (!to.ok) return refuse('to', 'Malformed To')
  const callId = firstHeader(headers, 'call-id') ?? ''
  if (!callIdShape.test(callId)) return refuse('call-id', 'Malformed Call-ID')
  const cseq = readCseq(firstHeader(headers, 'cseq') ?? '')
  if (!cseq) return refuse('cseq', 'Malformed CSeq')
  const wrong = otherFault(headers)
  if (wrong) return refuse(wrong.because, wrong.text)
  const fields = { headers, via, from: from.value, to: to.value, callId, cseq, body }
  if (start.kind === 'response') return { ok: true, message: { ...fields, ...start } }
  if (cseq.method !== start.method) {
    // A method that nobody here knows may have its own rules for CSeq: 501 rather than 400 (RFC 4475 §3.1.2.18).
    return refuse('method-mismatch', 'CSeq names another method', isKnownMethod(start.method) ? 400 : 501)
  }
  const uri = parseUri(start.uri)
  if (!uri.ok) return refuse('request-uri', 'Malformed Request-URI')
  if (uri.value.kind === 'sip' && uri.value.headers !== null) return refuse('request-uri', 'Headers in the Request-URI')
  const maxForwards = readMaxForwards(firstHeader(headers, 'max-forwards'))
  if (maxForwards === undefined) return refuse('max-forwards', 'Malformed Max-Forwards')
  return { ok: true, message: { ...fields, kind: 'request', method: start.method, uri: uri.value, maxForwards } }
}

const mandatory = ['via', 'from', 'to', 'call-id', 'cseq']

function readVias(lines: readonly string[]): [Via, ...Via[]] | null {
  const vias: Via[] = []
  for (const line of lines) {
    const values = splitValues(line)
    if (!values || vias.length + values.length > mostHops) return null
    for (const value of values) {
      const via = parseVia(value)
      if (!via.ok) return null
      vias.push(via.value)
    }
  }
  const [top, ...others] = vias
  return top ? [top, ...others] : null
}

// As many as Max-Forwards could ever allow.
const mostHops = 256

// word ["@" word]
const callIdShape = /^[\w\-.!%*+`'~()<>:\\"/[\]?{}]+(?:@[\w\-.!%*+`'~()<>:\\"/[\]?{}]+)?$/

function readCseq(text: string): { number: number; method: string } | null {
  const [, digits = '', method = ''] = /^(\d{1,20})\s+(\S+)$/.exec(text) ?? []
  // Less than 2^31 (RFC 3261 §8.1.1.5).
  return digits !== '' && Number(digits) < 2 ** 31 && isToken(method) ? { number: Number(digits), method } : null
}

function readMaxForwards(text: string | undefined): number | null | undefined {
  if (text === undefined) return null
  return /^\d{1,10}$/.test(text) && Number(text) <= 255 ? Number(text) : undefined
}

function otherFault(headers: SipHeaders): { because: RefusedBecause; text: string } | null {
  if (!areAddresses(headers.get('contact'), true)) return { because: 'contact', text: 'Malformed Contact' }
  for (const name of ['route', 'record-route', 'p-asserted-identity']) {
    if (!areAddresses(headers.get(name), false)) return { because: 'route', text: `Malformed ${name}` }
  }
  const date = firstHeader(headers, 'date')
  if (date !== undefined && !dateShape.test(date)) return { because: 'date', text: 'Bad Date' }
  const expires = firstHeader(headers, 'expires')
  if (expires !== undefined && !/^\d+$/.test(expires)) return { because: 'expires', text: 'Malformed Expires' }
  const type = firstHeader(headers, 'content-type')
  if (type !== undefined && !typeShape.test(type)) return { because: 'content-type', text: 'Malformed Content-Type' }
  return null
}

/** RFC 3261 §25.1, SIP-date: always GMT. */
const dateShape = /^[A-Za-z]{3}, \d{2} [A-Za-z]{3} \d{4} \d{2}:\d{2}:\d{2} GMT$/
const typeShape = /^[^\s/;]+\s*\/\s*[^\s/;]+\s*(?:;.*)?$/

function areAddresses(lines: readonly string[] | undefined, mayBeStar: boolean): boolean {
  if (!lines) return true
  return lines.every((line) => (mayBeStar && line === '*') || readAddresses(line) !== null)
}

/** The addresses of one header line; null when one of them is none. */
export function readAddresses(line: string): NameAddress[] | null {
  const values = splitValues(line)
  if (!values) return null
  const addresses: NameAddress[] = []
  for (const value of values) {
    const address = parseAddress(value)
    if (!address.ok) return null
    addresses.push(address.value)
  }
  return addresses
}
