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
import { type SipAgent, startAgent } from './agent/sip-agent.ts'
import type { Credentials } from './digest/answer-challenge.ts'
import { parseUri, type SipAddress } from './parse/parse-uri.ts'
import { composeMessage } from './send/compose-message.ts'
import { keepProbing, type Probing } from './send/keep-probing.ts'
import { outcomeOf } from './send/outcome-of.ts'
import { probeProxy } from './send/probe-proxy.ts'
import { keepRegistered, type Registration } from './send/registration.ts'
import { sendTyping } from './send/send-typing.ts'
import { TypingOut } from './send/typing-out.ts'
import { answerRequests, ourMethods } from './take/answer-requests.ts'
import { type SipTimers, usualTimers } from './transactions/timers.ts'
import type { SipTransport, Target } from './transports/flow.ts'
import { resolveTarget, type SipResolver, systemResolver } from './transports/resolve-target.ts'

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
  keepingAlive: NodeJS.Timeout
  registration: Registration | null
  underWay: Set<Promise<Outcome>>
  targetsFor(uri: SipAddress): Promise<Target[]>
  typing: TypingOut
  type(signal: OutboundTyping): void
}

async function begin(options: Settled, host: ChannelHost): Promise<Running> {
  const { domain, proxyUri: proxy, register = null } = options
  const publicHost = options.publicHost ?? domain
  const mostBody = options.mostBodyBytes ?? 100_000
  const health = new ChannelHealth(host.clock, [...(proxy ? ['proxy'] : []), ...(register ? ['registration'] : [])])
  const answer = answerRequests(
    {
      name: options.name,
      domain,
      publicHost,
      trustedPeers: options.trustedPeers ?? [],
      users: options.users ?? [],
    },
    host,
  )
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
  const proxyTargets = proxy ? rememberedFor(30_000, () => resolveTarget(proxy, usable, resolver)) : null
  const targetsFor = async (uri: SipAddress) => {
    if (proxyTargets) return proxyTargets()
    const targets = await resolveTarget(uri, usable, resolver)
    return options.reachesPrivate ? targets : targets.filter(({ address }) => isPublicAddress(address))
  }
  const typing = new TypingOut()
  const running: Running = {
    options,
    agent,
    health,
    probing: null,
    // So that a NAT or a proxy does not take a quiet connection for a dead one (RFC 5626 §4.4.1: at most 120 s).
    keepingAlive: setInterval(() => void agent.keepAlive(), 90_000),
    registration: null,
    underWay: new Set(),
    targetsFor,
    typing,
    type: sendTyping({ agent, domain, typing, targetsFor }),
  }
  if (proxy) {
    let isTroubled = false
    const probe = async () => {
      const houseUser = options.houseUser ?? 'parley'
      const trouble = await probeProxy(agent, await targetsFor(proxy), { proxy: proxy.text, domain, houseUser })
      health.set('proxy', trouble)
      // A proxy that was gone has forgotten who was registered.
      if (trouble === null && isTroubled) running.registration?.again()
      isTroubled = trouble !== null
    }
    running.probing = keepProbing(probe, options.probeEveryMs ?? 5_000)
  }
  if (register) running.registration = registerAt(running, register)
  return running
}

async function sendMessage(running: Running, delivery: OutboundDelivery): Promise<Outcome> {
  const { options, agent, health } = running
  const composed = composeMessage(delivery, options.domain, options.houseUser ?? 'parley')
  if (!composed.ok) return { status: 'rejected', scope: 'address', reason: composed.reason }
  const targets = await running.targetsFor(composed.uri)
  if (targets.length === 0) return { status: 'retry', reason: 'no way to that domain' }
  if (delivery.relay) running.typing.sent(delivery.to, delivery.relay.token)
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

async function windDown({ agent, probing, keepingAlive, registration, underWay }: Running): Promise<void> {
  clearInterval(keepingAlive)
  probing?.stop()
  let patience: NodeJS.Timeout | undefined
  const finished = Promise.allSettled([registration?.stop(), ...underWay])
  await Promise.race([finished, new Promise((resolve) => (patience = setTimeout(resolve, 8_000)))])
  clearTimeout(patience)
  // What has not got its answer by now becomes `unknown`, and its caller is told so.
  await agent.close()
  await Promise.allSettled(underWay)
}

/** A name is not asked for anew with every message; one that leads nowhere is. */
function rememberedFor(lifeMs: number, ask: () => Promise<Target[]>): () => Promise<Target[]> {
  let known: Target[] = []
  let until = 0
  return async () => {
    if (known.length > 0 && performance.now() < until) return known
    known = await ask()
    until = performance.now() + lifeMs
    return known
  }
}
