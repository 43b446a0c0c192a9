import type { Inbound, Receipt } from '@parley/channel-sdk'
import type { Medium } from '@parley/model'
import { type ConsentWord, chooseByKeyword, cutBeginning, readConsent } from '@parley/rules'
import { findOwnAddress, findPooledRelays, findRelay, type OwnAddress } from '../delivery/index.ts'
import { type Site, siteById } from '../sites/index.ts'
import { beginFrom, readPublicAddress } from '../starting/index.ts'
import { askWhich, tellAtOwn } from './ask-which.ts'
import { type ChosenPlace, choosePlace } from './choose-place.ts'
import { isKnown } from './is-known.ts'
import { judgeSender } from './judge-sender.ts'
import { namesIn } from './names-in.ts'
import { readPlaces } from './read-places.ts'
import type { ReceiveParts, ReceivingChannel } from './receive.ts'
import { releaseWaiting, takeWaiting } from './release-waiting.ts'
import { mailKey } from './say-mail.ts'
import { takeConsent } from './take-consent.ts'
import { noteAutomatic, takeInPlace } from './take-in-place.ts'

/** What is taken of one message at an address of ours, wherever it goes. */
export interface AtOwn {
  readonly own: OwnAddress
  readonly medium: Medium
  readonly inbound: Inbound
  readonly key: Buffer
}

/**
 * What came in at an address of ours that is nobody's place: a number that places share, a site's public address. It goes to the place that it
 * is meant for, waits for its sender to say which (A8), or begins a conversation of the site's (A15).
 */
export async function receiveAtOwn(
  parts: ReceiveParts,
  channel: ReceivingChannel,
  own: OwnAddress,
  inbound: Inbound,
): Promise<Receipt> {
  const key = mailKey(inbound)
  const { medium } = channel
  const word = channel.abilities.addresses === 'pooled' ? consentIn(inbound) : null
  const consent = word && (await takeConsent(parts, { own, medium, inbound, key }, word))
  if (consent) return consent
  if (await isKnown(parts.db, own.account, key)) return { outcome: 'duplicate' }
  if (await isOurs(parts, medium, inbound.from.address)) {
    return { outcome: 'refused', because: 'loop', text: 'This comes from one of our own addresses.' }
  }
  const relays = await findPooledRelays(parts.db, inbound.to, medium, inbound.from.address, parts.clock.now())
  if (inbound.verdict.kind === 'automatic') {
    const [only] = relays
    return only && relays.length === 1
      ? noteAutomatic(parts, only, inbound.verdict.why)
      : { outcome: 'noted', because: 'automatic' }
  }
  const places = await readPlaces(parts.db, relays)
  const site = own.purpose === 'pool' || own.site === null ? null : await siteById(parts.db, own.account, own.site)
  const chosen = choosePlace(inbound.said.visible, places, { isPublic: site !== null })
  return act(parts, channel, { own, medium, inbound, key }, chosen, site)
}

/** Numbers are written to under rules of their carriers. What a program sent, or an invented sender, takes back nobody's consent. */
function consentIn({ verdict, attachments, said, from }: Inbound): ConsentWord | null {
  if (verdict.kind !== 'message' || attachments.length > 0 || from.standing === 'contradicted') return null
  return readConsent(said.visible)
}

async function act(
  parts: ReceiveParts,
  channel: ReceivingChannel,
  at: AtOwn,
  chosen: ChosenPlace,
  site: Site | null,
): Promise<Receipt> {
  const { inbound, key, medium } = at
  switch (chosen.kind) {
    case 'place': {
      const isBare = chosen.isAlone && inbound.attachments.length === 0
      if (isBare) return releaseWaiting(parts, at, chosen.place)
      const said = cutBeginning(inbound.said, chosen.from)
      return takeInPlace(parts, chosen.place.relay, medium, { ...inbound, said }, key)
    }
    case 'ask':
      return askOrHold(parts, at, chosen)
    case 'begin':
      return site ? begin(parts, channel, at, chosen, site) : nobody
    case 'ended': {
      const sender = await judgeSender(parts.db, chosen.place.relay, medium, inbound.from)
      if (sender.verdict === 'believe') {
        await tellAtOwn(parts, at, { person: chosen.place.relay.person, ...sender }, 'conversation-closed')
      }
      return { outcome: 'noted', because: 'conversation-closed' }
    }
    case 'nobody':
      return nobody
  }
}

const nobody: Receipt = { outcome: 'refused', because: 'unknown-address', text: 'There is nobody at this address.' }

/** Nothing of somebody who is not believed is kept for several places: they are asked about it as for one. */
async function askOrHold(
  parts: ReceiveParts,
  at: AtOwn,
  chosen: Extract<ChosenPlace, { kind: 'ask' }>,
): Promise<Receipt> {
  const [first] = chosen.among
  if (!first) return nobody
  const sender = await judgeSender(parts.db, first.relay, at.medium, at.inbound.from)
  if (sender.verdict === 'hold') return takeInPlace(parts, first.relay, at.medium, at.inbound, at.key)
  if (!parts.allows(first.relay.person)) {
    return { outcome: 'refused', because: 'too-many', text: 'Too many messages in the last hour. Please try later.' }
  }
  return askWhich(parts, at, { person: first.relay.person, address: sender.address }, chosen)
}

/** A conversation of the sender's own on this site, or the one that they have open there. */
async function begin(
  parts: ReceiveParts,
  channel: ReceivingChannel,
  at: AtOwn,
  { from, isAnew, isAlone }: Extract<ChosenPlace, { kind: 'begin' }>,
  site: Site,
): Promise<Receipt> {
  const { inbound, key, own } = at
  const { standing, address } = inbound.from
  if (standing === 'contradicted') {
    return { outcome: 'refused', because: 'malformed', text: 'The address of the sender is not theirs.' }
  }
  const said = cutBeginning(inbound.said, from)
  const isEmpty = said.full.trim() === '' && inbound.attachments.length === 0
  if (isEmpty && !isAlone && !inbound.title) {
    return { outcome: 'refused', because: 'nothing-in-it', text: 'There is nothing in this message.' }
  }
  const about = await readPublicAddress(parts.db, own)
  const waiting = isAnew && isEmpty ? await takeWaiting(parts, at) : []
  const first = waiting[0]?.held.inbound.said ?? (isEmpty && isAlone ? null : said)
  const started = await beginFrom(parts, {
    site,
    sender: { medium: at.medium, address, isProven: standing === 'proven' },
    from: channel.abilities.addresses === 'pooled' ? own.ownAddress : null,
    said: first,
    title: inbound.title,
    language: inbound.language,
    languageElse: about.language,
    topic: chooseByKeyword(`${inbound.title ?? ''}\n${first?.visible ?? ''}`, about.keywords),
    key: waiting[0]?.key ?? key,
    ...(waiting[0]
      ? { attachments: waiting[0].held.attachments, rawBlob: waiting[0].rawBlob }
      : { files: inbound.attachments, raw: inbound.raw }),
    names: namesIn(inbound.from),
    writtenAt: inbound.writtenAt,
    isAnew,
  })
  if (!started.ok) {
    return { outcome: 'refused', because: 'too-many', text: 'Too many conversations were begun. Please try later.' }
  }
  for (const { name, reason } of started.leftOut) {
    await tellAtOwn(parts, at, started, 'attachment-left-out', { name, reason })
  }
  for (const item of waiting) await item.release(started.person, started.conversation, started.address)
  if (started.message === null) return { outcome: 'noted', because: 'begun' }
  return started.repeated ? { outcome: 'duplicate' } : { outcome: 'accepted', messageId: started.message }
}

/** Whoever writes from an address of ours is ourselves, or lets us write to ourselves. */
async function isOurs({ db }: ReceiveParts, medium: Medium, from: string): Promise<boolean> {
  if (await findRelay(db, from)) return true
  return (await findOwnAddress(db, medium, from)) !== null
}
