import { authenticate, type DKIMResult, type DNSResolver } from 'mailauth'
import { trustedFindings } from './authentication-results.ts'
import type { Envelope } from './envelope.ts'
import { headerValues, type ParsedMail } from './parsed-mail.ts'

/**
 * How sure we are that the address in From wrote the mail (settled: identity).
 * `proven`: an aligned DKIM signature, an aligned SPF pass, or a trusted relay that says so. `contradicted`: the domain asks
 * for failing mail to be refused or set apart, and this mail fails. `unproven`: everything between; `why` is for operators.
 */
export type Authenticity = { standing: 'proven' | 'contradicted' | 'unproven'; why: AuthenticityReason }

type AuthenticityReason =
  | 'dkim-aligned'
  | 'spf-aligned'
  | 'relay-says-dmarc-pass'
  | 'relay-says-dkim-aligned'
  | 'relay-says-spf-aligned'
  | 'dmarc-fail'
  | 'dkim-broken'
  | 'relay-says-dmarc-fail'
  | 'no-single-sender'
  | 'too-many-signatures'
  | 'check-failed'
  | 'dns-unavailable'
  | 'nothing-aligned'
  | 'not-checked'

export type AuthenticityClues = {
  /** The SMTP connection, when the sender's server spoke to us itself. Behind a relay, or from a mailbox, there is none, and SPF says nothing. */
  connection?: { ip: string; helo: string; mailFrom: string } | undefined
  /** DNS; without it only a trusted relay's findings count. */
  resolver?: DNSResolver | undefined
  /** Names under which relays of our own write Authentication-Results. */
  trustedAuthservIds: string[]
}

const MOST_SIGNATURES = 10

export async function checkAuthenticity(
  raw: Uint8Array,
  mail: ParsedMail,
  envelope: Envelope,
  clues: AuthenticityClues,
): Promise<Authenticity> {
  const domain = envelope.from[0]?.address.split('@').at(-1)
  if (!domain || envelope.fromFields !== 1 || envelope.from.length !== 1)
    return { standing: 'unproven', why: 'no-single-sender' }
  // Each signature asks the DNS for a key. Nobody honest signs so often; a forger might, to keep the check from happening.
  if (headerValues(mail, 'dkim-signature').length > MOST_SIGNATURES) {
    return { standing: 'contradicted', why: 'too-many-signatures' }
  }
  const told = relayVerdict(mail, domain, clues.trustedAuthservIds)
  if (told && told.standing !== 'unproven') return told
  const seen = clues.resolver && (await ownVerdict(raw, domain, clues.connection, clues.resolver).catch(checkFailed))
  return seen ?? told ?? { standing: 'unproven', why: 'not-checked' }
}

/** The library reads hostile headers: whatever it stumbles over says that nothing was proven, and must not stop the mail. */
function checkFailed(): Authenticity {
  return { standing: 'unproven', why: 'check-failed' }
}

function relayVerdict(mail: ParsedMail, domain: string, trustedAuthservIds: string[]): Authenticity | undefined {
  const findings = trustedFindings(headerValues(mail, 'authentication-results'), trustedAuthservIds)
  if (!findings) return undefined
  const { dmarc, dkim, spf } = findings
  if (dmarc?.result === 'pass' && dmarc.domain === domain) return { standing: 'proven', why: 'relay-says-dmarc-pass' }
  if (dmarc?.result === 'fail') {
    const isEnforced = dmarc.policy === 'reject' || dmarc.policy === 'quarantine'
    return isEnforced
      ? { standing: 'contradicted', why: 'relay-says-dmarc-fail' }
      : { standing: 'unproven', why: 'nothing-aligned' }
  }
  const isAligned = (finding: { result: string; domain: string }) =>
    finding.result === 'pass' && covers(finding.domain, domain)
  if (dkim.some(isAligned)) return { standing: 'proven', why: 'relay-says-dkim-aligned' }
  if (spf.some(isAligned)) return { standing: 'proven', why: 'relay-says-spf-aligned' }
  return { standing: 'unproven', why: 'nothing-aligned' }
}

async function ownVerdict(
  raw: Uint8Array,
  domain: string,
  connection: AuthenticityClues['connection'],
  resolver: DNSResolver,
): Promise<Authenticity> {
  const { dkim, spf, dmarc } = await authenticate(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength), {
    resolver,
    trustReceived: false,
    disableBimi: true,
    disableArc: true,
    minBitLength: 1024,
    mta: 'localhost',
    ...(connection && { ip: connection.ip, helo: connection.helo, sender: connection.mailFrom }),
  })
  // A passing identity counts for From by the rule of the domain's DMARC record; without a record, by the name itself.
  const passing = dkim.results.filter(({ status }) => status.result === 'pass')
  const dmarcPasses = dmarc ? dmarc.status.result === 'pass' : false
  const hasRecord = dmarc ? dmarc.status.result === 'pass' || dmarc.status.result === 'fail' : false
  const aligns = (by: string | undefined | false) => (by ? covers(by, domain) : false)
  if (dmarcPasses && dmarc) {
    return { standing: 'proven', why: dmarc.alignment.dkim.result ? 'dkim-aligned' : 'spf-aligned' }
  }
  if (!hasRecord) {
    if (passing.some(({ signingDomain }) => aligns(signingDomain))) return { standing: 'proven', why: 'dkim-aligned' }
    if (connection && spf && spf.status.result === 'pass' && aligns(spf.domain))
      return { standing: 'proven', why: 'spf-aligned' }
  }
  const results = [
    ...dkim.results.map(({ status }) => status.result),
    dmarc ? dmarc.status.result : 'none',
    connection && spf ? spf.status.result : 'none',
  ]
  if (results.some((result) => result === 'temperror')) return { standing: 'unproven', why: 'dns-unavailable' }
  const isEnforced = dmarc ? dmarc.policy === 'reject' || dmarc.policy === 'quarantine' : false
  if (dmarc && dmarc.status.result === 'fail' && isEnforced) {
    if (connection) return { standing: 'contradicted', why: 'dmarc-fail' }
    // Without the connection SPF may have passed for all we know: only a signature of the domain's own that is broken speaks.
    const isBroken = dkim.results.some((signature) => aligns(signature.signingDomain) && isBrokenSignature(signature))
    if (isBroken) return { standing: 'contradicted', why: 'dkim-broken' }
  }
  return { standing: 'unproven', why: 'nothing-aligned' }
}

/** Signed, and changed since (the library calls a changed body `neutral`). A key that cannot be found says nothing. */
function isBrokenSignature({ status, bodyHash, bodyHashExpecting }: DKIMResult): boolean {
  if (status.result === 'fail') return true
  return status.result === 'neutral' && bodyHashExpecting !== undefined && bodyHash !== bodyHashExpecting
}

/** The identity is the sender's domain itself or a parent of it (never a top-level domain). */
function covers(identity: string, domain: string): boolean {
  const by = identity.toLowerCase().replace(/\.$/, '')
  return by === domain || (by.includes('.') && domain.endsWith(`.${by}`))
}
