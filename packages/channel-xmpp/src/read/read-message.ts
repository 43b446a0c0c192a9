import { plainly, type Said } from '@parley/model'
import type { Jid } from '../jid.ts'
import { ns } from '../namespaces.ts'
import { childOf, childrenOf, type Element, elementsOf, textOf } from '../xml/element.ts'
import { cutQuote } from './cut-quote.ts'
import { findFiles, mostFiles } from './find-files.ts'
import { idOf, lineOf } from './read-stanza.ts'
import type { Reading, Refused } from './reading.ts'

/** A message that is no error. The order of the questions is that of what would do harm if it were taken for something else. */
export function readMessage(element: Element, from: Jid, to: Jid, of: Refused): Reading {
  const { type } = element.attrs
  if (type === 'groupchat') {
    return refuse(of, 'room', 'cancel', 'service-unavailable', 'This address takes part in no rooms.')
  }
  // RFC 6121 §5.2.2: nobody expects an answer to a headline.
  if (type === 'headline') return { kind: 'ignored', why: 'headline' }
  // XEP-0280 §11: only one's own server may send carbons, and we have asked for none. Whatever stands inside is somebody's forgery.
  if (elementsOf(element).some((child) => child.ns === ns.carbons && child.name !== 'private')) {
    return { kind: 'ignored', why: 'carbon' }
  }
  if (isInvitation(element)) return { kind: 'ignored', why: 'room' }
  if (isEncrypted(element)) {
    const text = 'Encrypted messages cannot be read here. Please turn encryption off for this contact and write again.'
    return refuse(of, 'encrypted', 'modify', 'not-acceptable', text)
  }
  const files = findFiles(element)
  if (files.length > mostFiles) {
    const text = `Please send at most ${mostFiles} files in one message.`
    return refuse(of, 'too-large', 'modify', 'not-acceptable', text)
  }
  const body = bodyOf(element)
  if (body === '' && files.length === 0) return readSignal(element, from, to, of)
  const id = of.id
  return {
    kind: 'message',
    from,
    to,
    id,
    originId: idOf(childOf(element, 'origin-id', ns.stanzaIds)?.attrs.id) ?? id,
    type: type === 'chat' ? 'chat' : 'normal',
    wantsReceipt: id !== null && childOf(element, 'request', ns.receipts) !== undefined,
    isAutomatic: childOf(element, 'notice', ns.automatic) !== undefined,
    said: saidOf(element, body),
    files,
    writtenAt: delayOf(element),
    language: languageOf(element),
    title: lineOf(element, 'subject', ns.client, 300),
  }
}

/** Without words: a receipt, a marker, or that somebody types. */
function readSignal(element: Element, from: Jid, to: Jid, of: Refused): Reading {
  const marker = elementsOf(element).find((child) => child.ns === ns.markers && child.name !== 'markable')
  const markerOf = idOf(marker?.attrs.id)
  if (marker && markerOf) {
    return { kind: 'receipt', from, to, of: markerOf, state: marker.name === 'received' ? 'delivered' : 'read' }
  }
  const receipt = childOf(element, 'received', ns.receipts)
  const receiptOf = idOf(receipt?.attrs.id)
  if (receipt && receiptOf) return { kind: 'receipt', from, to, of: receiptOf, state: 'delivered' }
  const state = elementsOf(element).find((child) => child.ns === ns.chatStates)
  if (state) return { kind: 'typing', from, to, isTyping: state.name === 'composing' }
  if (childOf(element, 'forwarded', ns.forward)) {
    const text = 'Forwarded messages cannot be read here. Please write what it says.'
    return refuse(of, 'forwarded-only', 'modify', 'not-acceptable', text)
  }
  return { kind: 'ignored', why: 'nothing-to-read' }
}

function refuse(
  of: Refused,
  why: 'room' | 'encrypted' | 'forwarded-only' | 'too-large',
  type: 'cancel' | 'modify',
  condition: 'service-unavailable' | 'not-acceptable',
  text: string,
): Reading {
  return { kind: 'refused', why, of, type, condition, text }
}

function isInvitation(element: Element): boolean {
  return childOf(element, 'x', ns.rooms) !== undefined || childOf(element, 'x', ns.roomInvitation) !== undefined
}

const encrypted: ReadonlySet<string> = new Set([ns.omemo, ns.omemo2, ns.openPgp, ns.oldPgp, ns.encryption])

function isEncrypted(element: Element): boolean {
  return elementsOf(element).some((child) => encrypted.has(child.ns)) || bodyOf(element).startsWith('?OTR')
}

/** RFC 6121 §5.2.3: the same words may stand there in several languages; the first without a language of its own, else the first. */
function bodyOf(element: Element): string {
  const bodies = childrenOf(element, 'body', ns.client)
  const body = bodies.find(({ attrs }) => attrs['xml:lang'] === undefined) ?? bodies[0]
  return body ? cleaned(textOf(body)) : ''
}

function cleaned(text: string): string {
  return text.toWellFormed().replace(/\r\n?/g, '\n').trim()
}

function saidOf(element: Element, body: string): Said {
  // Readers keep what was said first; the sign says that this stands in its place, in every language.
  if (childOf(element, 'replace', ns.correction)) return plainly(`✎ ${body}`)
  return childOf(element, 'reply', ns.reply) ? cutQuote(element, body) : plainly(body)
}

function languageOf(element: Element): string | null {
  const tag = element.attrs['xml:lang']
  return tag !== undefined && /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(tag) && tag.length <= 35 ? tag : null
}

function delayOf(element: Element): Date | null {
  const stamp = childOf(element, 'delay', ns.delay)?.attrs.stamp
  // XEP-0082: what Date reads as well, and nothing else that Date reads.
  if (stamp === undefined || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/.test(stamp)) return null
  const at = new Date(stamp)
  return Number.isNaN(at.getTime()) ? null : at
}
