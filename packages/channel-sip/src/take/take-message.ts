import type { ChannelHost } from '@parley/channel-sdk'
import { plainly } from '@parley/model'
import type { Answer } from '../agent/write-response.ts'
import { challengesOf, checkCredentials, type DigestRealm } from '../digest/check-credentials.ts'
import { firstHeader, type SipRequest } from '../parse/sip-message.ts'
import { addressKey, addressOf } from './address-of.ts'
import { answerTo, refusalOf } from './answer-to.ts'
import { acceptedEncodings } from './decode-content.ts'
import type { Disposition } from './disposition.ts'
import { externalId } from './external-id.ts'
import { ourAddress } from './our-address.ts'
import { acceptedTypes, readBody } from './read-body.ts'
import { senderOf, type Vouched } from './sender-of.ts'

export interface TakeParts {
  readonly channel: string
  readonly host: ChannelHost
  readonly domain: string
  /** Other names in a Request-URI that lead to us. */
  readonly hosts: readonly string[]
  /** Is the peer at this IP address a proxy of ours? */
  isTrusted(address: string): boolean
  readonly users: SipUsers
  readonly realm: DigestRealm
}

/** Who may be asked for a password. */
export interface SipUsers {
  /** By `addressKey`. */
  has(address: string): boolean
  /** The address of somebody who signs as `username`. */
  addressOf(username: string): string | undefined
}

/** A MESSAGE (RFC 3428 §7): 200 only when what it brought is durable. */
export async function takeMessage(
  parts: TakeParts,
  request: SipRequest,
  raw: Uint8Array,
  peer: string,
): Promise<Answer> {
  const { host, domain, hosts, channel } = parts
  const to = ourAddress(request, domain, hosts)
  if (to === null) return { status: 404 }
  const refused = refusalOf(await host.mayReceive(to), request.body.length)
  if (refused) return refused
  const vouched = vouchedBy(parts, request, peer)
  if ('answer' in vouched) return vouched.answer
  const body = readBody(request.headers, request.body)
  if (body.kind === 'refused') return unsupported(body.because)
  const from = senderOf(request, vouched.vouched)
  if (body.kind === 'typing') {
    // What is not proven may be anybody's, and would show that somebody is there who is not.
    if (from.standing !== 'contradicted') host.typing({ to, from: from.address, isTyping: body.isTyping })
    return { status: 200 }
  }
  if (body.kind === 'report') {
    if (body.disposition && from.standing !== 'contradicted') await tell(host, body.disposition)
    return { status: 200 }
  }
  const receipt = await host.receive({
    channel,
    externalId: externalId(request),
    to,
    from,
    verdict: { kind: 'message' },
    said: plainly(body.text),
    attachments: [...body.attachments],
    raw,
    writtenAt: dateOf(firstHeader(request.headers, 'date')),
    language: languageOf(firstHeader(request.headers, 'content-language')),
    title: firstHeader(request.headers, 'subject')?.slice(0, 500) || null,
  })
  return answerTo(receipt)
}

/** Our Call-IDs begin with the reference of their delivery. One that is not known concerns nobody any more. */
async function tell(host: ChannelHost, { messageId, state }: Disposition): Promise<void> {
  const reference = messageId.split('@', 1)[0] ?? ''
  await host.report({
    of: { reference },
    state,
    ...(state === 'failed' ? { scope: 'message' as const, reason: 'their program could not take it' } : {}),
  })
}

function unsupported(because: 'encoding' | 'type' | 'charset'): Answer {
  return because === 'encoding'
    ? { status: 415, headers: [['Accept-Encoding', acceptedEncodings]] }
    : { status: 415, headers: [['Accept', acceptedTypes]] }
}

function vouchedBy(
  { isTrusted, users, realm, host }: TakeParts,
  request: SipRequest,
  peer: string,
): { vouched: Vouched } | { answer: Answer } {
  const byProxy = isTrusted(peer)
  if (byProxy || !users.has(addressKey(addressOf(request.from.uri)))) return { vouched: { byProxy, byPassword: null } }
  const now = host.clock.now().getTime()
  const asked = { method: request.method, uri: request.uri.text, body: request.body }
  const shown = checkCredentials(realm, request.headers.get('authorization') ?? [], asked, now)
  if (shown.ok) return { vouched: { byProxy, byPassword: users.addressOf(shown.username) ?? null } }
  const challenges = challengesOf(realm, now, shown.because === 'stale')
  return { answer: { status: 401, headers: challenges.map((value) => ['WWW-Authenticate', value] as const) } }
}

function dateOf(text: string | undefined): Date | null {
  const date = text === undefined ? null : new Date(text)
  return date && Number.isFinite(date.getTime()) ? date : null
}

function languageOf(text: string | undefined): string | null {
  const first = text?.split(',', 1)[0]?.trim() ?? ''
  return /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/.test(first) ? first : null
}
