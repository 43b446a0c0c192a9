import { createHash } from 'node:crypto'
import {
  alwaysGranted,
  type Channel,
  ChannelHealth,
  type ChannelHost,
  type Lease,
  type OutboundDelivery,
  type Outcome,
} from '@parley/channel-sdk'
import type { DNSResolver } from 'mailauth'
import { composeMail, type DkimKey, type Writing } from './compose/compose-mail.ts'
import { relayAddresses } from './compose/relay-addresses.ts'
import { type MailboxIn, type MailboxOptions, watchMailbox } from './mailbox-in/watch-mailbox.ts'
import { keepProbing, type Probing } from './send/keep-probing.ts'
import { type SmtpOut, smtpOut } from './send/smtp-out.ts'
import type { SmtpOutOptions } from './send/smtp-pool.ts'
import { listenForMail, type SmtpIn, type SmtpInOptions } from './smtp-in/smtp-in.ts'
import { readFor } from './take/read-for.ts'
import { type Transport, takeMail } from './take/take-mail.ts'

export interface EmailChannelOptions {
  /** Unique among the configured channels. Default `email`. */
  name?: string
  /** The domain of all relay addresses, with its MX pointing here or its mail put into one of `mailboxes`. */
  relayDomain: string
  /** Shown as the sender of notices that nobody can answer. */
  publicName: string
  /** Take mail from other servers. Null when all mail comes by `mailboxes`. */
  smtpIn: SmtpInOptions | null
  /** The relay that takes our mail. */
  smtpOut: SmtpOutOptions
  /** Signs what is sent, for `relayDomain`. Leave out when the relay signs. */
  dkim?: DkimKey
  mailboxes?: MailboxOptions[]
  /** Keeps a mailbox to one process at a time. Default: always granted, right for a single process. */
  lease?: Lease
  /** Asks the DNS for SPF, DKIM and DMARC. Default: the system's. */
  resolver?: DNSResolver
  /** Whose `Authentication-Results` are believed, in mail from `smtpIn.trustedRelays` and from `mailboxes`. */
  trustedAuthservIds?: string[]
}

export interface EmailChannel extends Channel {
  /** Where other servers reach us, once started; null without `smtpIn`. */
  readonly smtpPort: number | null
}

/** The gateway to mail: SMTP out, and SMTP, IMAP and POP3 in. */
export function createEmailChannel(options: EmailChannelOptions): EmailChannel {
  const name = options.name ?? 'email'
  const addresses = relayAddresses(options.relayDomain)
  const ourName = options.relayDomain.toLowerCase()
  const writing: Writing = {
    relayDomain: ourName,
    addresses,
    publicName: options.publicName,
    loopMark: loopMarkOf(ourName),
    dkim: options.dkim ?? null,
    maxBytes: options.smtpOut.maxBytes ?? 36_000_000,
  }
  const read = readFor({
    relayDomain: ourName,
    addresses,
    loopMark: writing.loopMark,
    resolver: options.resolver ?? null,
    trustedAuthservIds: options.trustedAuthservIds ?? [],
  })
  let running: Running | null = null

  return {
    name,
    medium: 'email',
    abilities: { addresses: 'per-place', style: 'letters', attachments: 'bytes', typing: false, receipts: 'read' },
    repeatsUnknown: true,
    async start(host) {
      const boxes = options.mailboxes ?? []
      const health = new ChannelHealth(host.clock, ['sending', ...boxes.map((_, index) => `mailbox ${index + 1}`)])
      const take = (raw: Uint8Array, recipients: string[], transport: Transport) =>
        takeMail(raw, recipients, transport, { channel: name, host, addresses, read })
      const out = smtpOut(options.smtpOut, ourName, (trouble) => {
        health.set('sending', trouble, 'down')
        if (trouble !== null) running?.probing.soon()
      })
      const inside = {
        take,
        mayReceive: (address: string) => host.mayReceive(address),
        warn: host.log.warn.bind(host.log),
      }
      const smtpIn = options.smtpIn ? await listenForMail(options.smtpIn, addresses, ourName, inside) : null
      const lease = options.lease ?? alwaysGranted
      const mailboxes = boxes.map((mailbox, index) =>
        watchMailbox(mailbox, {
          addresses,
          inside,
          lease,
          log: host.log,
          onStanding: (trouble, state) => health.set(`mailbox ${index + 1}`, trouble, state),
        }),
      )
      const probing = keepProbing(() => out.probe())
      running = { host, health, out, smtpIn, mailboxes, probing, underWay: new Set() }
    },
    async send(delivery) {
      if (!running) return { status: 'retry', reason: 'the channel is not running' }
      const { underWay } = running
      const sending = sendMail(delivery, running, writing)
      underWay.add(sending)
      try {
        return await sending
      } finally {
        underWay.delete(sending)
      }
    },
    async stop() {
      const stopping = running
      running = null
      if (stopping) await windDown(stopping)
    },
    health: () => running?.health.now() ?? { state: 'starting' },
    get smtpPort() {
      return running?.smtpIn?.port ?? null
    },
  }
}

interface Running {
  host: ChannelHost
  health: ChannelHealth
  out: SmtpOut
  smtpIn: SmtpIn | null
  mailboxes: MailboxIn[]
  probing: Probing
  underWay: Set<Promise<Outcome>>
}

async function sendMail(delivery: OutboundDelivery, { host, out }: Running, writing: Writing): Promise<Outcome> {
  const composed = composeMail(delivery, writing, host.clock.now())
  if (!composed.ok) return { status: 'rejected', scope: composed.scope, reason: composed.reason }
  return out.send(composed.mail)
}

async function windDown({ smtpIn, mailboxes, probing, out, underWay }: Running): Promise<void> {
  probing.stop()
  const finished = Promise.allSettled([smtpIn?.stop(), ...mailboxes.map((mailbox) => mailbox.stop()), ...underWay])
  let patience: NodeJS.Timeout | undefined
  await Promise.race([finished, new Promise((resolve) => (patience = setTimeout(resolve, 9_000)))])
  clearTimeout(patience)
  // What has not got its answer by now becomes `retry` or `unknown`, and its caller is told so.
  out.close()
  await Promise.allSettled(underWay)
}

// The same in every process of an instance and after every restart, without anything to configure.
function loopMarkOf(relayDomain: string): string {
  return createHash('sha256').update(`parley loop mark ${relayDomain}`).digest('hex').slice(0, 20)
}
