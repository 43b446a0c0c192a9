import { createHash } from 'node:crypto'
import { type OutboundDelivery, renderLines } from '@parley/channel-sdk'
import type { OutRequest } from '../agent/sip-agent.ts'
import { parseUri, type SipAddress } from '../parse/parse-uri.ts'
import { quote } from '../parse/tokens.ts'

export type Composed =
  | { readonly ok: true; readonly request: OutRequest; readonly uri: SipAddress }
  | { readonly ok: false; readonly reason: string }

/** A delivery as a MESSAGE. The same on every attempt, so that whoever has it already can tell (Call-ID, CSeq and tag). */
export function composeMessage(delivery: OutboundDelivery, domain: string, houseUser: string): Composed {
  const { to, relay, reference, language } = delivery
  const uri = parseUri(to)
  if (!uri.ok || uri.value.kind !== 'sip' || uri.value.headers !== null) return { ok: false, reason: 'no SIP address' }
  const { text } = renderLines(delivery)
  // An earlier attempt may have arrived: a phone that does not know it by its Call-ID shows it once more, and this says why.
  const shown = delivery.maybeTwice ? `↻ ${text}` : text
  return {
    ok: true,
    uri: uri.value,
    request: {
      method: 'MESSAGE',
      uri: to,
      from: fromHeader(relay?.token ?? houseUser, relay?.alias ?? '', domain, tagOf(reference)),
      to: `<${to}>`,
      callId: `${callIdOf(reference)}@${domain}`,
      cseq: 1,
      headers: [
        ['Content-Type', 'text/plain; charset=UTF-8'],
        ...(/^[A-Za-z-]{2,20}$/.test(language) ? [['Content-Language', language] as const] : []),
      ],
      body: Buffer.from(shown, 'utf8'),
    },
  }
}

/** `"Juniper" <sip:token@chat.example>;tag=…` */
export function fromHeader(user: string, alias: string, domain: string, tag: string): string {
  return `${alias === '' ? '' : `${quote(alias)} `}<sip:${user}@${domain}>;tag=${tag}`
}

function callIdOf(reference: string): string {
  return /^[\w-]{1,100}$/.test(reference) ? reference : tagOf(`call ${reference}`)
}

function tagOf(reference: string): string {
  return createHash('sha256').update(reference).digest('hex').slice(0, 16)
}
