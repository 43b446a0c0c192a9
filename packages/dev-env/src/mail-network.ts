import { type DnsZone, dnsZone } from './dns-zone.ts'
import { type Dovecot, startDovecot } from './dovecot.ts'
import { createMailDomain, type MailDomain, type MailDomainOptions } from './mail-domain.ts'
import { createMailPerson, type MailPerson } from './mail-person.ts'
import { type Postfix, type PostfixOptions, startPostfix } from './postfix.ts'

export type MailNetworkOptions = {
  /** Domains in which people have their mailboxes. Each signs its mail, and its SPF record names this network's server. */
  domains?: readonly (string | Omit<MailDomainOptions, 'sendsFrom'>)[]
  postfix?: Omit<PostfixOptions, 'mailboxes' | 'speaksFrom'>
  quotaBytes?: number
}

export type MailNetwork = {
  /** The DNS of this world: give `zone.resolve` to what checks SPF, DKIM and DMARC. */
  zone: DnsZone
  postfix: Postfix
  dovecot: Dovecot
  /** The address from which this network's server speaks, and which SPF allows. */
  speaksFrom: string
  /** A person with a mailbox in one of the domains; made at the first call for an address. */
  person(name: string, address: string): Promise<MailPerson>
  stop(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** The mail of the outside world on loopback: one Postfix, one Dovecot, one DNS. One for a file of plays is enough. */
export async function startMailNetwork({
  domains = ['people.test'],
  postfix: postfixOptions = {},
  quotaBytes,
}: MailNetworkOptions = {}): Promise<MailNetwork> {
  const speaksFrom = '127.0.0.25'
  const zone = dnsZone()
  const signers = new Map<string, MailDomain['dkim']>()
  const making = domains.map(async (one) => {
    const options = typeof one === 'string' ? { domain: one, dmarc: 'reject' as const } : one
    const { records, dkim } = await createMailDomain({ ...options, sendsFrom: [speaksFrom] })
    for (const [name, values] of Object.entries(records)) zone.set(name, values)
    signers.set(options.domain, dkim)
  })
  const dovecot = await startDovecot(quotaBytes === undefined ? {} : { quotaBytes })
  const people = new Map<string, MailPerson>()
  const startRest = async () => {
    await Promise.all(making)
    const lmtp = { host: dovecot.host, port: dovecot.lmtpPort }
    const mailboxes = Object.fromEntries([...signers.keys()].map((domain) => [domain, lmtp]))
    return startPostfix({ ...postfixOptions, mailboxes, speaksFrom })
  }
  const postfix = await startRest().catch(async (error: unknown) => {
    await dovecot.stop()
    throw error
  })

  const stop = async () => {
    await Promise.all([...people.values()].map((person) => person.close()))
    await Promise.all([postfix.stop(), dovecot.stop()])
  }
  return {
    zone,
    postfix,
    dovecot,
    speaksFrom,
    async person(name, address) {
      const known = people.get(address)
      if (known) return known
      const domain = address.slice(address.lastIndexOf('@') + 1)
      const dkim = signers.get(domain)
      if (!dkim) throw new Error(`${domain} is no domain of this network; there are: ${[...signers.keys()].join(', ')}`)
      const password = await dovecot.addPerson(address)
      const imap = { host: dovecot.host, port: dovecot.imapPort, password }
      const person = createMailPerson({ name, address, imap, smtp: postfix, dkim })
      people.set(address, person)
      return person
    },
    stop,
    [Symbol.asyncDispose]: stop,
  }
}
