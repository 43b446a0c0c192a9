import type { SipHeaders } from '../parse/sip-message.ts'
import { splitValues } from '../parse/tokens.ts'
import { type HeaderLines, writeMessage } from '../parse/write-message.ts'
import type { Flow } from '../transports/flow.ts'
import { reasonPhrase } from './reason-phrases.ts'

export interface Answer {
  readonly status: number
  /** Default: the usual words for the status. */
  readonly reason?: string
  readonly headers?: HeaderLines
}

/** A response to the request that these headers are of (RFC 3261 §8.2.6.2); it may be one that was not understood. */
export function writeResponse(
  headers: SipHeaders,
  { status, reason, headers: own = [] }: Answer,
  from: Flow,
  tag: string,
) {
  const lines: (readonly [string, string])[] = []
  for (const [index, via] of (headers.get('via') ?? []).entries()) {
    lines.push(['Via', clean(index === 0 ? withReceived(via, from) : via)])
  }
  for (const [name, key] of copied) {
    const value = headers.get(key)?.[0]
    if (value === undefined) continue
    lines.push([name, clean(key === 'to' && !/;\s*tag\s*=/i.test(value) ? `${value};tag=${tag}` : value)])
  }
  const line = `SIP/2.0 ${status} ${clean(reason ?? reasonPhrase(status))}`
  return writeMessage(line, [...lines, ...own], nothing)
}

const copied = [
  ['From', 'from'],
  ['To', 'to'],
  ['Call-ID', 'call-id'],
  ['CSeq', 'cseq'],
] as const

const nothing = new Uint8Array()

// A control character of theirs (allowed behind a backslash) is not passed back: no answer needs it.
function clean(value: string): string {
  return value.replace(/[\r\n\0]/g, ' ')
}

/** Says where the request came from, so that the answer finds its way through a NAT (RFC 3261 §18.2.1, RFC 3581 §4). */
function withReceived(line: string, { remote }: Flow): string {
  const [top = '', ...others] = splitValues(line) ?? [line]
  const asksPort = /;\s*rport\s*(?=;|$)/i
  const isElsewhere = !new RegExp(`\\s\\[?${escapeRegExp(remote.address)}\\]?(?:\\s|;|:|$)`).test(top)
  const withPort = top.replace(asksPort, `;rport=${remote.port}`)
  const received = isElsewhere || withPort !== top ? `${withPort};received=${remote.address}` : top
  return [received, ...others].join(', ')
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
