import { Resolver } from 'node:dns/promises'
import type { DNSResolver } from 'mailauth'
import type { RelayAddresses } from '../compose/relay-addresses.ts'
import { type MailReading, readMail } from '../read/read-mail.ts'
import type { Transport } from './take-mail.ts'

export interface ReadingRules {
  relayDomain: string
  addresses: RelayAddresses
  loopMark: string
  /** Null asks the system's DNS. */
  resolver: DNSResolver | null
  trustedAuthservIds: string[]
}

/** Reads mails as far as the way they came allows their sender to be believed. */
export function readFor(
  rules: ReadingRules,
): (raw: Uint8Array, recipients: string[], transport: Transport) => Promise<MailReading> {
  const resolver = rules.resolver ?? systemResolver()
  return (raw, recipients, transport) => {
    // Anybody can write an Authentication-Results header and connect to us: it counts only from those who remove forged ones.
    const isCheckedBefore = transport.by === 'mailbox' || transport.isTrustedRelay
    return readMail(raw, {
      ownDomains: [rules.relayDomain],
      isOwnRelay: (address) => rules.addresses.isOwn(address),
      loopMarks: [rules.loopMark],
      resolver,
      trustedAuthservIds: isCheckedBefore ? rules.trustedAuthservIds : [],
      ...(transport.by === 'smtp' ? { receivedFrom: receivedFrom(transport, recipients) } : {}),
    })
  }
}

function receivedFrom(transport: Extract<Transport, { by: 'smtp' }>, rcptTo: string[]) {
  const envelope = { mailFrom: transport.sender, rcptTo }
  // Behind a relay of our own the peer is that relay, and SPF would judge it instead of the sender.
  return transport.isTrustedRelay ? envelope : { ...envelope, ip: transport.peer, helo: transport.greeting }
}

// The peer waits for the answer to its final dot meanwhile: a name server that is silent must not cost it minutes.
function systemResolver(): DNSResolver {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 })
  // The library reads MX records as the objects they are, and its type leaves them out.
  return (name, type) => resolver.resolve(name, type) as ReturnType<DNSResolver>
}
