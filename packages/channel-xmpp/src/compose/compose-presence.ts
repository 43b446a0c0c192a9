import type { Xml } from '../xml/write-xml.ts'
import { xml } from '../xml/write-xml.ts'
import { capabilities } from './answer-query.ts'

/** From an address of ours: there, so that programs show it as online and ask what it can do. */
export function presenceOf(from: string, to: string): Xml {
  return xml('presence', { from: `${from}/${resource}`, to }, capabilities())
}

export function presence(
  from: string,
  to: string,
  type: 'subscribe' | 'subscribed' | 'unsubscribed' | 'unavailable',
): Xml {
  return xml('presence', { from: type === 'unavailable' ? `${from}/${resource}` : from, to, type })
}

const resource = 'parley'
