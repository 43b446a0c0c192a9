import type { Channel, ChannelHost, OutboundDelivery, Outcome } from '@parley/channel-sdk'
import { composeMessage, composeTyping } from './compose/compose-message.ts'
import { readJid } from './jid.ts'
import { ns } from './namespaces.ts'
import { judgeBounce } from './read/conditions.ts'
import type { Reading } from './read/reading.ts'
import type { ComponentServer } from './stream/component-stream.ts'
import { Connection } from './stream/connection.ts'
import { Aliases } from './take/aliases.ts'
import type { FileOptions } from './take/fetch-files.ts'
import { Intake } from './take/intake.ts'
import { xml } from './xml/write-xml.ts'

export interface XmppChannelOptions extends ComponentServer {
  /** Unique among the configured channels. Default `xmpp`. */
  name?: string
  /** What the component is called in a client's list of services. */
  publicName: string
  /** How files are fetched that somebody sends as URLs. */
  files?: FileOptions
  /** Largest stanza that is read, in characters. Default 600,000: above what Prosody and ejabberd let pass. */
  maxStanza?: number
  /** From 0 to 1, for back-off. */
  random?: () => number
}

/** The gateway to XMPP: a component of an XMPP server of yours (XEP-0114), with an address for every place at its domain. */
export function createXmppChannel(options: XmppChannelOptions): Channel {
  const name = options.name ?? 'xmpp'
  const server: ComponentServer = { ...options, domain: options.domain.toLowerCase() }
  let running: Running | null = null

  return {
    name,
    medium: 'xmpp',
    abilities: { addresses: 'per-place', style: 'lines', attachments: 'links', typing: true, receipts: 'read' },
    repeatsUnknown: true,
    async start(host) {
      running = begin(host, name, server, options)
      await running.connection.start()
    },
    async send(delivery) {
      if (!running) return { status: 'retry', reason: 'the channel is not running' }
      return sendMessage(delivery, running, server.domain)
    },
    typing({ to, token, isTyping }) {
      const reader = readJid(to)
      if (reader) running?.connection.write(composeTyping(`${token}@${server.domain}`, reader.bare, isTyping))
    },
    async stop() {
      const stopping = running
      running = null
      if (stopping) await windDown(stopping)
    },
    health: () => running?.connection.health ?? { state: 'starting' },
  }
}

interface Running {
  connection: Connection
  intake: Intake
  aliases: Aliases
  /** Deliveries whose fate is not known yet, by reference: a refusal by a user of the same server comes before the echo. */
  awaiting: Map<string, (bounce: Bounce) => void>
}

type Bounce = Extract<Reading, { kind: 'bounce' }>

function begin(host: ChannelHost, name: string, server: ComponentServer, options: XmppChannelOptions): Running {
  const awaiting: Running['awaiting'] = new Map()
  const aliases = new Aliases()
  const { domain } = server
  const connection = new Connection({
    server,
    bounds: { maxStanza: options.maxStanza ?? 600_000, maxDepth: 30 },
    lease: host.lease,
    clock: host.clock,
    random: options.random ?? Math.random,
    echo: (id) => xml('iq', { from: domain, to: domain, id, type: 'get' }, xml('ping', { xmlns: ns.ping })),
    stanza: (element, raw) => intake.take(element, raw),
    skipped: (shell, why) => intake.refuseSkipped(shell, why),
    standing: (event, reason) => {
      if (event === 'up') host.log.info('xmpp.up', { channel: name })
      else host.log.warn('xmpp.down', { channel: name, reason })
    },
  })
  const intake = new Intake({
    channel: name,
    host,
    domain,
    publicName: options.publicName,
    files: options.files ?? {},
    aliases,
    connection,
    returned(bounce) {
      const settle = bounce.of === null ? undefined : awaiting.get(bounce.of)
      settle?.(bounce)
      return settle !== undefined
    },
  })
  return { connection, intake, aliases, awaiting }
}

async function sendMessage(delivery: OutboundDelivery, running: Running, domain: string): Promise<Outcome> {
  const { connection, awaiting, aliases } = running
  const { reference, relay } = delivery
  const reader = readJid(delivery.to)
  if (!reader?.local) return { status: 'rejected', scope: 'address', reason: 'this is no JID' }
  if (reader.domain === domain) return { status: 'rejected', scope: 'address', reason: 'this is an address of ours' }
  const from = relay ? `${relay.token}@${domain}` : domain
  const composed = composeMessage({ ...delivery, to: reader.bare }, from)
  if (!composed.ok) return { status: 'rejected', scope: composed.scope, reason: composed.reason }
  if (relay) aliases.keep(from, reader.bare, relay.alias)
  const refused = new Promise<Outcome>((resolve) => {
    awaiting.set(reference, (bounce) => resolve(outcomeOf(bounce)))
  })
  try {
    if (!connection.write(composed.stanza)) return { status: 'retry', reason: 'the XMPP server is not connected' }
    return await Promise.race([refused, connection.passed().then(outcomeOfPassing)])
  } finally {
    awaiting.delete(reference)
  }
}

function outcomeOfPassing(passing: 'passed' | 'lost'): Outcome {
  if (passing === 'passed') return { status: 'sent' }
  return { status: 'unknown', reason: 'the connection broke before the server showed that it took the message' }
}

function outcomeOf({ type, condition }: Bounce): Outcome {
  const verdict = judgeBounce(type, condition)
  if (verdict.worthRetrying) return { status: 'retry', reason: verdict.reason }
  return { status: 'rejected', scope: verdict.scope, reason: verdict.reason }
}

async function windDown({ connection, intake }: Running): Promise<void> {
  let patience: NodeJS.Timeout | undefined
  const finished = Promise.all([intake.stop(), connection.passed()])
  await Promise.race([finished, new Promise((resolve) => (patience = setTimeout(resolve, 8_000)))])
  clearTimeout(patience)
  await connection.stop()
}
