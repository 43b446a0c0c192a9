import { parseParams } from './parse-params.ts'
import { isHost } from './parse-uri.ts'
import type { ParseResult, SipParams } from './sip-message.ts'

/** One hop that a request took (RFC 3261 §20.42). */
export interface Via {
  /** In upper case: UDP, TCP, TLS, WS, WSS, or whatever else there is. */
  readonly transport: string
  /** In lower case; an IPv6 address in its brackets. */
  readonly host: string
  readonly port: number | null
  readonly params: SipParams
  readonly text: string
}

export function parseVia(text: string): ParseResult<Via> {
  const found = shape.exec(text)
  const [, protocol = '', version = '', transport = '', host = '', port, rest = ''] = found ?? []
  if (!found || protocol.toUpperCase() !== 'SIP' || version !== '2.0' || !isHost(host)) {
    return { ok: false, because: 'a malformed Via' }
  }
  const params = parseParams(rest)
  if (!params.ok) return params
  const number = port === undefined ? null : Number(port)
  if (number !== null && (number < 1 || number > 65_535)) return { ok: false, because: 'a Via with no such port' }
  return {
    ok: true,
    value: { transport: transport.toUpperCase(), host: host.toLowerCase(), port: number, params: params.value, text },
  }
}

const shape =
  /^([A-Za-z]+)\s*\/\s*([0-9.]+)\s*\/\s*([A-Za-z0-9\-.!%*_+`'~]+)\s+(\[[^\]\s]*\]|[^\s;:,]+)(?:\s*:\s*(\d{1,5}))?\s*(;.*)?$/
