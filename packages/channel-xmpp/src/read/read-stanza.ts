import { type Jid, readJid } from '../jid.ts'
import { ns } from '../namespaces.ts'
import { childOf, type Element, elementsOf, textOf } from '../xml/element.ts'
import { isCondition, isErrorType } from './conditions.ts'
import { readMessage } from './read-message.ts'
import type { PresenceKind, QueryKind, Reading, Refused } from './reading.ts'

/** What a stanza says. Pure; never throws, whatever it is given. */
export function readStanza(element: Element): Reading {
  const { name, attrs } = element
  if (element.ns !== ns.client || !isStanzaName(name)) return { kind: 'ignored', why: 'not-a-stanza' }
  const from = readJid(attrs.from)
  const to = readJid(attrs.to)
  // Our server stamps every stanza with its sender (RFC 6120 §8.1.2.1): without one there is nobody to answer.
  if (!from) return { kind: 'ignored', why: 'not-a-stanza' }
  if (!to) {
    if (attrs.type === 'error' || attrs.type === 'result') return { kind: 'ignored', why: 'not-a-stanza' }
    return malformed({ name, from, to: attrs.to ?? '', id: idOf(attrs.id) }, 'jid-malformed')
  }
  const of: Refused = { name, from, to: to.full, id: idOf(attrs.id) }
  if (name === 'iq') return readQuery(element, from, to, of)
  if (name === 'presence') return readPresence(element, from, to)
  if (attrs.type === 'error') return readBounce(element, from, to)
  return readMessage(element, from, to, of)
}

const longestId = 300

/** Ids of strangers are kept and repeated: bounded. */
export function idOf(written: string | undefined): string | null {
  return written && written.length <= longestId ? written : null
}

function isStanzaName(name: string): name is Refused['name'] {
  return name === 'message' || name === 'presence' || name === 'iq'
}

function malformed(of: Refused, condition: 'jid-malformed' | 'bad-request'): Reading {
  const text = 'This cannot be read.'
  return { kind: 'refused', why: 'malformed', of, type: 'modify', condition, text }
}

const queries: readonly [name: string, namespace: string, kind: QueryKind][] = [
  ['ping', ns.ping, 'ping'],
  ['query', ns.version, 'version'],
  ['vCard', ns.vcard, 'vcard'],
  ['query', ns.discoInfo, 'info'],
  ['query', ns.discoItems, 'items'],
]

function readQuery(element: Element, from: Jid, to: Jid, of: Refused): Reading {
  const { type, id } = element.attrs
  if (id === undefined || id.length > longestId) return { kind: 'ignored', why: 'not-a-stanza' }
  if (type === 'result' || type === 'error') return { kind: 'answer', id, from }
  const [payload, ...more] = elementsOf(element)
  // RFC 6120 §8.2.3: exactly one child says what is asked.
  if (!payload || more.length > 0 || (type !== 'get' && type !== 'set')) return malformed(of, 'bad-request')
  const known = queries.find(([name, namespace]) => payload.name === name && payload.ns === namespace)
  const asks = type === 'get' && known ? known[2] : 'unknown'
  return { kind: 'query', from, to, id, asks, node: payload.attrs.node?.slice(0, 500) ?? null }
}

const presences: Readonly<Record<string, PresenceKind>> = {
  unavailable: 'gone',
  subscribe: 'subscribe',
  unsubscribe: 'unsubscribe',
  probe: 'probe',
}

function readPresence(element: Element, from: Jid, to: Jid): Reading {
  const { type } = element.attrs
  if (childOf(element, 'x', ns.rooms)) return { kind: 'ignored', why: 'room' }
  const what = type === undefined ? 'there' : Object.hasOwn(presences, type) ? presences[type] : undefined
  if (!what) return { kind: 'ignored', why: 'presence-without-meaning' }
  return { kind: 'presence', from, to, what }
}

function readBounce(element: Element, from: Jid, to: Jid): Reading {
  const id = idOf(element.attrs.id)
  const error = childOf(element, 'error', ns.client)
  const name = error
    ? elementsOf(error).find((child) => child.ns === ns.stanzaErrors && isCondition(child.name))?.name
    : ''
  const condition = name !== undefined && isCondition(name) ? name : 'undefined-condition'
  const { type } = error?.attrs ?? {}
  return { kind: 'bounce', from, to, of: id, type: isErrorType(type) ? type : 'cancel', condition }
}

/** The text of a child, bounded; null when there is none. */
export function lineOf(element: Element, name: string, namespace: string, longest: number): string | null {
  const child = childOf(element, name, namespace)
  const line = child ? textOf(child).replace(/\s+/g, ' ').trim().slice(0, longest) : ''
  return line === '' ? null : line.toWellFormed()
}
