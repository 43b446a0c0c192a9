import { type OutboundDelivery, renderLines } from '@parley/channel-sdk'
import { ns } from '../namespaces.ts'
import { text, type Xml, xml } from '../xml/write-xml.ts'

/** Servers refuse stanzas over their own limit, which is seldom below 256 kB, and close the stream: we stay well under it. */
const mostCharacters = 150_000

export type ComposedMessage = { ok: true; stanza: Xml } | { ok: false; reason: string; scope: 'message' }

/** One delivery as one message. Everything in it comes from the delivery, so nothing can tell who is behind it. */
export function composeMessage(delivery: OutboundDelivery, from: string): ComposedMessage {
  const { reference, to, relay, language, attachments } = delivery
  const body = bodyOf(delivery)
  if (body === '') return { ok: false, scope: 'message', reason: 'there is nothing to say in it' }
  const isAnswerable = relay !== null
  const stanza = xml(
    'message',
    { from, to, id: reference, type: 'chat', 'xml:lang': language },
    xml('body', {}, text(body)),
    ...attachments.map(({ url, name }) =>
      xml('x', { xmlns: ns.outOfBand }, xml('url', {}, text(url)), xml('desc', {}, text(name))),
    ),
    delivery.kind === 'notice' ? xml('notice', { xmlns: ns.automatic }) : null,
    relay ? xml('nick', { xmlns: ns.nick }, text(relay.alias)) : null,
    isAnswerable ? xml('active', { xmlns: ns.chatStates }) : null,
    xml('request', { xmlns: ns.receipts }),
    xml('markable', { xmlns: ns.markers }),
    xml('origin-id', { xmlns: ns.stanzaIds, id: reference }),
    // Kept by the reader's server until they come (XEP-0334 §4.4).
    xml('store', { xmlns: ns.hints }),
  )
  if (stanza.length > mostCharacters) return { ok: false, scope: 'message', reason: 'the message is too long for XMPP' }
  return { ok: true, stanza }
}

function bodyOf(delivery: OutboundDelivery): string {
  const { text: words } = renderLines(delivery)
  return delivery.maybeTwice && words !== '' ? `${maybeTwiceMark} ${words}` : words
}

/** Stands before words that the reader may have already, in every language; their id is the same, so that some programs fold them. */
const maybeTwiceMark = '↻'

/** That somebody types, or stopped. Nothing for a server to keep. */
export function composeTyping(from: string, to: string, isTyping: boolean): Xml {
  const state = isTyping ? 'composing' : 'paused'
  return xml(
    'message',
    { from, to, type: 'chat' },
    xml(state, { xmlns: ns.chatStates }),
    xml('no-store', { xmlns: ns.hints }),
  )
}

/** XEP-0184: what they sent is stored. */
export function composeReceipt(from: string, to: string, of: string, type: 'chat' | 'normal'): Xml {
  const attrs = { from, to, type: type === 'chat' ? 'chat' : undefined }
  return xml('message', attrs, xml('received', { xmlns: ns.receipts, id: of }), xml('store', { xmlns: ns.hints }))
}
