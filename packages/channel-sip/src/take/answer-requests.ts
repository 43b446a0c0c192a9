import type { ChannelHost } from '@parley/channel-sdk'
import type { Answer } from '../agent/write-response.ts'
import { Nonces } from '../digest/nonces.ts'
import type { SipRequest } from '../parse/sip-message.ts'
import type { Flow } from '../transports/flow.ts'
import { addressKey } from './address-of.ts'
import { acceptedEncodings } from './decode-content.ts'
import { acceptedTypes } from './read-body.ts'
import { takeMessage } from './take-message.ts'
import { trustedPeers } from './trusted-peers.ts'

export const ourMethods: readonly string[] = ['MESSAGE', 'OPTIONS']

export interface AnsweringOptions {
  readonly name: string
  readonly domain: string
  readonly publicHost: string
  readonly trustedPeers: readonly string[]
  readonly users: readonly { address: string; password: string }[]
}

/** What is answered to a request that the agent let through. */
export function answerRequests(options: AnsweringOptions, host: ChannelHost) {
  const { domain, publicHost, users } = options
  const passwords = new Map(users.map(({ address, password }) => [addressKey(address), password]))
  const keyOf = (username: string) => {
    const key = addressKey(username)
    return passwords.has(key) ? key : `${key}@${domain}`
  }
  const parts = {
    channel: options.name,
    host,
    domain,
    hosts: [publicHost.toLowerCase(), domain],
    isTrusted: trustedPeers(options.trustedPeers),
    users: {
      has: (key: string) => passwords.has(key),
      addressOf: (username: string) => (passwords.has(keyOf(username)) ? `sip:${keyOf(username)}` : undefined),
    },
    realm: { realm: domain, nonces: new Nonces(), passwordOf: (username: string) => passwords.get(keyOf(username)) },
  }
  return async (request: SipRequest, raw: Uint8Array, flow: Flow): Promise<Answer> => {
    if (request.method === 'OPTIONS') return capabilities
    try {
      return await takeMessage(parts, request, raw, flow.remote.address)
    } catch (error) {
      host.log.warn('sip: could not store', { kind: error instanceof Error ? error.name : 'unknown' })
      return { status: 503, headers: [['Retry-After', '30']] }
    }
  }
}

const capabilities: Answer = {
  status: 200,
  headers: [
    ['Allow', ourMethods.join(', ')],
    ['Accept', acceptedTypes],
    ['Accept-Encoding', acceptedEncodings],
  ],
}
