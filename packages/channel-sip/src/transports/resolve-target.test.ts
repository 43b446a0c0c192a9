import { describe, expect, test } from 'vitest'
import { parseUri } from '../parse/parse-uri.ts'
import { resolveTarget, type SipResolver } from './resolve-target.ts'

const nothing: SipResolver = {
  naptr: async () => [],
  srv: async () => [],
  addresses: async () => {
    throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' })
  },
}

const known: SipResolver = {
  naptr: async (name) =>
    name === 'house.example'
      ? [
          { service: 'SIP+D2U', order: 20, preference: 1, replacement: '_sip._udp.house.example' },
          { service: 'SIP+D2T', order: 10, preference: 1, replacement: '_sip._tcp.house.example' },
        ]
      : [],
  srv: async (name) =>
    name === '_sip._tcp.house.example'
      ? [
          { name: 'b.house.example', port: 5070, priority: 20, weight: 1 },
          { name: 'a.house.example', port: 5060, priority: 10, weight: 1 },
        ]
      : [],
  addresses: async (name) => (name === 'a.house.example' ? ['192.0.2.1'] : ['192.0.2.2']),
}

async function where(text: string, resolver = known): Promise<string[]> {
  const uri = parseUri(text)
  if (!uri.ok || uri.value.kind !== 'sip') throw new Error('no SIP address')
  const targets = await resolveTarget(uri.value, ['UDP', 'TCP', 'TLS', 'WS', 'WSS'], resolver)
  return targets.map(({ transport, address, port, name }) => `${transport} ${address} ${port} ${name}`)
}

describe('where a request goes (RFC 3263)', () => {
  test.each([
    ['sip:bo@192.0.2.9', ['UDP 192.0.2.9 5060 192.0.2.9']],
    ['sip:bo@[2001:db8::9]:5080', ['UDP 2001:db8::9 5080 2001:db8::9']],
    ['sip:bo@192.0.2.9;transport=tcp', ['TCP 192.0.2.9 5060 192.0.2.9']],
    ['sips:bo@192.0.2.9', ['TLS 192.0.2.9 5061 192.0.2.9']],
    ['sip:edge.example:443;transport=wss', ['WSS 192.0.2.2 443 edge.example']],
    ['sip:bo@plain.example:5090', ['UDP 192.0.2.2 5090 plain.example']],
    ['sip:bo@plain.example', ['UDP 192.0.2.2 5060 plain.example']],
    ['sip:bo@house.example', ['TCP 192.0.2.1 5060 house.example', 'TCP 192.0.2.2 5070 house.example']],
    ['sip:bo@192.0.2.9;transport=sctp', []],
  ])('%s', async (text, expected) => {
    expect(await where(text)).toEqual(expected)
  })

  test('a name that nobody knows leads nowhere', async () => {
    expect(await where('sip:bo@gone.example', nothing)).toEqual([])
  })
})
