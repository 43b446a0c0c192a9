import { generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'
import type { DnsRecords } from './dns-zone.ts'

export type MailDomainOptions = {
  domain: string
  /** The addresses that its SPF record names. None: a domain without SPF. */
  sendsFrom?: readonly string[]
  /** What its DMARC record asks for. `undefined`: a domain without DMARC. */
  dmarc?: 'none' | 'quarantine' | 'reject' | undefined
  selector?: string
}

export type MailDomain = {
  records: Record<string, DnsRecords>
  /** For `createMailPerson`: signs with the key whose public half stands in `records`. */
  dkim: { domainName: string; keySelector: string; privateKey: string }
}

/** A domain that sends mail as a careful provider does: the records for its DNS zone, and its signing key. */
export async function createMailDomain({
  domain,
  sendsFrom = [],
  dmarc,
  selector = 'mail',
}: MailDomainOptions): Promise<MailDomain> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const spf = sendsFrom.map((ip) => (ip.includes(':') ? `ip6:${ip}` : `ip4:${ip}`))
  return {
    records: {
      [domain]: {
        MX: [{ exchange: `mx.${domain}`, priority: 10 }],
        ...(spf.length ? { TXT: [`v=spf1 ${spf.join(' ')} -all`] } : {}),
      },
      ...(sendsFrom[0] ? { [`mx.${domain}`]: { A: [sendsFrom[0]] } } : {}),
      [`${selector}._domainkey.${domain}`]: { TXT: [`v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`] },
      ...(dmarc ? { [`_dmarc.${domain}`]: { TXT: [`v=DMARC1; p=${dmarc}`] } } : {}),
    },
    dkim: { domainName: domain, keySelector: selector, privateKey },
  }
}
