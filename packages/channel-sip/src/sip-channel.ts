import { randomBytes } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import {
  type Channel,
  ChannelHealth,
  type ChannelHost,
  isPublicAddress,
  type OutboundDelivery,
  type OutboundTyping,
  type Outcome,
} from '@parley/channel-sdk'
import type { ListenOptions } from './agent/listen-all.ts'
import { newTag, type OutRequest, type SipAgent, startAgent } from './agent/sip-agent.ts'
import type { Answer } from './agent/write-response.ts'
import type { Credentials } from './digest/answer-challenge.ts'
import { Nonces } from './digest/nonces.ts'
import { parseUri, type SipAddress } from './parse/parse-uri.ts'
import type { SipRequest } from './parse/sip-message.ts'
import { composeMessage, fromHeader } from './send/compose-message.ts'
import { keepProbing, type Probing } from './send/keep-probing.ts'
import { outcomeOf } from './send/outcome-of.ts'
import { keepRegistered, type Registration } from './send/registration.ts'
import { addressKey } from './take/address-of.ts'
import { acceptedEncodings } from './take/decode-content.ts'
import { writeIsComposing } from './take/is-composing.ts'
import { acceptedTypes } from './take/read-body.ts'
import { takeMessage } from './take/take-message.ts'
import { type SipTimers, usualTimers } from './transactions/timers.ts'
import type { Flow, SipTransport, Target } from './transports/flow.ts'
import { resolveTarget, type SipResolver, systemResolver } from './transports/resolve-target.ts'
import { trustedPeers } from './trusted-peers.ts'

export interface SipChannelOptions {
  /** Unique among the configured channels. Default `sip`. */
  name?: string
  /** The domain of all our addresses, `sip:token@domain`. Its SIP has to arrive here: by a proxy's route, or by SRV records. */
  domain: string
  listen: Omit<ListenOptions, 'mostConnections' | 'mostBody'>
  /** The name by which we are reached from outside. It stands in Via and Contact, so no name of this machine does. Default: `domain`. */
  publicHost?: string
  publicPort?: number
  /** Everything goes out through it, as `sip:proxy.example.org;transport=tcp`. Null: straight to each person's own domain. */
  proxy: string | null
  /** With what we answer the proxy's and the registrar's challenges. */
  credentials?: Credentials
  /** Register this address of ours, as `sip:parley@example.org`, at its domain (through the proxy, where there is one). */
  register?: { address: string; expiresSeconds: number } | null
  /** IP addresses and networks of our own proxies: what they assert of a sender is believed. */
  trustedPeers?: readonly string[]
  /** People who prove who they are by a password, where no proxy does it for us. */
  users?: readonly { address: string; password: string }[]
  /** The user part from which notices come that nobody can answer. Default `parley`. */
  houseUser?: string
  /** Largest body taken. Default 100 kB: a MESSAGE is a line, not a file. */
  mostBodyBytes?: number
  mostConnections?: number
  /** Certificates (PEM) to trust in place of the system's when we connect by TLS. */
  ca?: string
  resolver?: SipResolver
  /** May a person's address lead to this machine or its neighbours? Only for tests, and where phones are in the house. Default false; a proxy always may. */
  reachesPrivate?: boolean
  timers?: SipTimers
  /** How often the proxy is asked whether it is there. Default five seconds. */
  probeEveryMs?: number
}

export interface SipChannel extends Channel {
  /** What is listened on, once started. */
  readonly ports: Readonly<Partial<Record<SipTransport, number>>>
}

/** The gateway to SIP: a user agent that takes and sends MESSAGE (RFC 3428), over UDP, TCP, TLS and WebSocket. */
export function createSipChannel(options: SipChannelOptions): SipChannel {
  const name = options.name ?? 'sip'
  const domain = options.domain.toLowerCase()
  const proxy = options.proxy === null ? null : proxyUri(options.proxy)
  let running: Running | null = null

  return {
    name,
    medium: 'sip',
    abilities: { addresses: 'per-place', style: 'lines', attachments: 'links', typing: true, receipts: 'read' },
    repeatsUnknown: true,
    async start(host) {
      running = await begin({ ...options, name, domain, proxyUri: proxy }, host)
    },
    async send(delivery) {
      if (!running) return { status: 'retry', reason: 'the channel is not running' }
      const { underWay } = running
      const sending = sendMessage(running, delivery)
      underWay.add(sending)
      try {
        return await sending
      } finally {
        underWay.delete(sending)
      }
    },
    typing(signal) {
      running?.type(signal)
    },
    async stop() {
      const stopping = running
      running = null
      if (stopping) await windDown(stopping)
    },
    health: () => running?.health.now() ?? { state: 'starting' },
    get ports() {
      return running?.agent.ports ?? {}
    },
  }
}

interface Settled extends SipChannelOptions {
  name: string
  domain: string
  proxyUri: SipAddress | null
}

interface Running {
  options: Settled
  agent: SipAgent
  health: ChannelHealth
  probing: Probing | null
  registration: Registration | null
  underWay: Set<Promise<Outcome>>
  targetsFor(uri: SipAddress): Promise<Target[]>
  type(signal: OutboundTyping): void
}

async function begin(options: Settled, host: ChannelHost): Promise<Running> {
  const { domain, proxyUri: proxy, register = null } = options
  const publicHost = options.publicHost ?? domain
  const mostBody = options.mostBodyBytes ?? 100_000
  const health = new ChannelHealth(host.clock, [...(proxy ? ['proxy'] : []), ...(register ? ['registration'] : [])])
  const answer = answering(options, host, publicHost)
  const agent = await startAgent({
    listen: { ...options.listen, mostBody, mostConnections: options.mostConnections ?? 1_000 },
    publicHost,
    ...(options.publicPort === undefined ? {} : { publicPort: options.publicPort }),
    credentials: options.credentials ?? null,
    timers: options.timers ?? usualTimers,
    flows: { mostBody, ...(options.ca ? { ca: options.ca } : {}) },
    mostTransactions: 50_000,
    methods: ourMethods,
    now: () => performance.now(),
    answer,
  })
  const usable = usableTransports(options.listen)
  const resolver = options.resolver ?? systemResolver
  const targetsFor = async (uri: SipAddress) => {
    if (proxy) return resolveTarget(proxy, usable, resolver)
    const targets = await resolveTarget(uri, usable, resolver)
    return options.reachesPrivate ? targets : targets.filter(({ address }) => isPublicAddress(address))
  }
  const running: Running = {
    options,
    agent,
    health,
    probing: null,
    registration: null,
    underWay: new Set(),
    targetsFor,
    type: typingOut(options, agent, targetsFor),
  }
  if (proxy) {
    running.probing = keepProbing(() => probe(running, proxy), options.probeEveryMs ?? 5_000)
  }
  if (register) running.registration = registerAt(running, register)
  return running
}

function answering(options: Settled, host: ChannelHost, publicHost: string) {
  const { domain, users = [] } = options
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
    isTrusted: trustedPeers(options.trustedPeers ?? []),
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

export const ourMethods: readonly string[] = ['MESSAGE', 'OPTIONS']

const capabilities: Answer = {
  status: 200,
  headers: [
    ['Allow', ourMethods.join(', ')],
    ['Accept', acceptedTypes],
    ['Accept-Encoding', acceptedEncodings],
  ],
}

async function sendMessage(running: Running, delivery: OutboundDelivery): Promise<Outcome> {
  const { options, agent, health } = running
  const composed = composeMessage(delivery, options.domain, options.houseUser ?? 'parley')
  if (!composed.ok) return { status: 'rejected', scope: 'address', reason: composed.reason }
  const targets = await running.targetsFor(composed.uri)
  if (targets.length === 0) return { status: 'retry', reason: 'no way to that domain' }
  const heard = await agent.request(composed.request, targets)
  if (heard.kind !== 'response') {
    if (options.proxyUri) {
      health.set('proxy', heard.reason)
      running.probing?.soon()
    }
  } else if (options.proxyUri && (heard.response.status === 401 || heard.response.status === 407)) {
    health.set('password', 'the proxy does not accept our password', 'degraded')
  } else health.set('password', null)
  return outcomeOf(heard, delivery.maybeTwice)
}

/** Any answer is a sign of life, whatever it says. */
async function probe({ agent, health, targetsFor, options }: Running, proxy: SipAddress): Promise<void> {
  const targets = await targetsFor(proxy)
  if (targets.length === 0) return health.set('proxy', 'its name is not known')
  const asked = agent.request(
    {
      method: 'OPTIONS',
      uri: proxy.text,
      from: fromHeader(options.houseUser ?? 'parley', '', options.domain, newTag()),
      to: `<${proxy.text}>`,
      callId: `${randomBytes(12).toString('hex')}@${options.domain}`,
      cseq: 1,
      headers: [],
      body: new Uint8Array(),
    },
    targets,
  )
  let giveUp: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => {
    giveUp = setTimeout(() => resolve(null), patienceMs)
  })
  const heard = await Promise.race([asked, late])
  clearTimeout(giveUp)
  if (heard === null) health.set('proxy', 'it does not answer')
  else if (heard.kind === 'response') health.set('proxy', null)
  else health.set('proxy', heard.reason)
}

// A proxy that takes longer has something that an operator should know.
const patienceMs = 3_000

function registerAt(running: Running, register: { address: string; expiresSeconds: number }): Registration {
  const { agent, health, options } = running
  const read = parseUri(register.address)
  if (!read.ok || read.value.kind !== 'sip' || read.value.user === null) {
    throw new Error('the address to register is no SIP address')
  }
  const address = read.value
  const transport = transportOf(options.proxyUri ?? address)
  return keepRegistered(agent, {
    address: register.address,
    registrar: `${address.scheme}:${address.host}`,
    contact: agent.contact(address.user ?? '', transport),
    expiresSeconds: register.expiresSeconds,
    callId: `${randomBytes(12).toString('hex')}@${options.domain}`,
    targets: () => running.targetsFor({ ...address, user: null, text: `${address.scheme}:${address.host}` }),
    onStanding: (trouble) => health.set('registration', trouble),
  })
}

function typingOut(options: Settled, agent: SipAgent, targetsFor: (uri: SipAddress) => Promise<Target[]>) {
  let underWay = 0
  const tell = async ({ to, token, isTyping }: OutboundTyping, address: SipAddress) => {
    const request: OutRequest = {
      method: 'MESSAGE',
      uri: to,
      from: fromHeader(token, '', options.domain, newTag()),
      to: `<${to}>`,
      callId: `${newTag()}@${options.domain}`,
      cseq: 1,
      headers: [['Content-Type', 'application/im-iscomposing+xml']],
      body: writeIsComposing(isTyping),
    }
    underWay++
    try {
      await agent.request(request, await targetsFor(address))
    } finally {
      underWay--
    }
  }
  return (signal: OutboundTyping) => {
    const uri = parseUri(signal.to)
    if (uri.ok && uri.value.kind === 'sip' && underWay < mostTyping) void tell(signal, uri.value)
  }
}

// A hint may be dropped, and messages go first.
const mostTyping = 200

function usableTransports({ udp }: SipChannelOptions['listen']): SipTransport[] {
  // Connections can be opened whether or not we take any; datagrams need the socket on which the answers arrive.
  return [...(udp === null ? [] : ['UDP' as const]), 'TCP', 'TLS', 'WS', 'WSS']
}

function transportOf({ params, scheme }: SipAddress): SipTransport {
  const named = params.get('transport')?.toUpperCase()
  if (named === 'TCP' || named === 'TLS' || named === 'WS' || named === 'WSS') return named
  return scheme === 'sips' ? 'TLS' : 'UDP'
}

function proxyUri(text: string): SipAddress {
  const read = parseUri(/^sips?:/i.test(text) ? text : `sip:${text}`)
  if (!read.ok || read.value.kind !== 'sip') throw new Error('the proxy is no SIP address')
  return read.value
}

async function windDown({ agent, probing, registration, underWay }: Running): Promise<void> {
  probing?.stop()
  let patience: NodeJS.Timeout | undefined
  const finished = Promise.allSettled([registration?.stop(), ...underWay])
  await Promise.race([finished, new Promise((resolve) => (patience = setTimeout(resolve, 8_000)))])
  clearTimeout(patience)
  // What has not got its answer by now becomes `unknown`, and its caller is told so.
  await agent.close()
  await Promise.allSettled(underWay)
}
