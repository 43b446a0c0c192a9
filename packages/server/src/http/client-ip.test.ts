import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { clientIpBehind } from './client-ip.ts'

const request = (peer: string, forwarded?: string) =>
  ({
    socket: { remoteAddress: peer },
    connection: { remoteAddress: peer },
    headers: forwarded ? { 'x-forwarded-for': forwarded } : {},
  }) as unknown as IncomingMessage

test.each([
  ['nobody is trusted: what a client claims is not believed', [], '192.0.2.9', '198.51.100.1', '192.0.2.9'],
  ['the proxy is trusted: the client it names', ['192.0.2.9'], '192.0.2.9', '198.51.100.1', '198.51.100.1'],
  [
    'a client behind it claims another: not believed',
    ['192.0.2.9'],
    '192.0.2.9',
    '203.0.113.5, 198.51.100.1',
    '198.51.100.1',
  ],
  ['somebody else claims to be a proxy', ['192.0.2.9'], '203.0.113.77', '198.51.100.1', '203.0.113.77'],
  ['two trusted proxies in a row', ['loopback', '10.0.0.0/8'], '127.0.0.1', '198.51.100.1, 10.1.2.3', '198.51.100.1'],
])('%s', (_, trusted, peer, forwarded, client) => {
  expect(clientIpBehind(trusted)(request(peer, forwarded))).toBe(client)
})
