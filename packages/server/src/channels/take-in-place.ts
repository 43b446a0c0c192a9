import type { Inbound, Receipt } from '@parley/channel-sdk'
import type { AttachmentId, BlobId, Medium } from '@parley/model'
import { declines, readCommand } from '@parley/rules'
import { mayBeSealed, storeAttachments, writeSealedBlob } from '../attachments/index.ts'
import { recordEvent } from '../conversations/index.ts'
import { findRelayById, type Relay } from '../delivery/index.ts'
import { holdItem } from '../held/index.ts'
import { answerOffer, findOfferIn, keepAside, takeOfferCommand } from '../hunting/index.ts'
import { answerByReply } from '../operations/index.ts'
import type { Say } from '../road/index.ts'
import { judgeSender, type SenderVerdict } from './judge-sender.ts'
import { namesIn } from './names-in.ts'
import { proveByAnswer } from './prove-by-answer.ts'
import type { ReceiveParts } from './receive.ts'
import { sayMail } from './say-mail.ts'
import { tellSender } from './tell-sender.ts'

/** What was written into a place that an address of ours stands for: believed and said there, or held, or refused. */
export async function takeInPlace(
  parts: ReceiveParts,
  relay: Relay,
  medium: Medium,
  inbound: Inbound,
  key: Buffer,
): Promise<Receipt> {
  const sender = await judgeSender(parts.db, relay, medium, inbound.from)
  if (sender.verdict === 'hold') {
    const held = await holdItem(parts, { relay, medium, inbound, key, why: sender.why, ask: sender.ask })
    return held ? { outcome: 'held' } : { outcome: 'refused', because: 'too-many', text: 'Too much is held already.' }
  }
  if (inbound.said.full.trim() === '' && inbound.attachments.length === 0) {
    return { outcome: 'refused', because: 'nothing-in-it', text: 'There is nothing in this message.' }
  }
  if (!parts.allows(relay.person)) {
    return {
      outcome: 'refused',
      because: 'too-many',
      text: 'Too many messages in the last hour. Please try again later.',
    }
  }
  if (sender.provesItself) await proveByAnswer(parts, relay, { medium, address: sender.address })
  return accept(parts, relay, medium, sender, inbound, key)
}

async function accept(
  parts: ReceiveParts,
  relay: Relay,
  medium: Medium,
  { address, unproven }: Extract<SenderVerdict, { verdict: 'believe' }>,
  inbound: Inbound,
  key: Buffer,
): Promise<Receipt> {
  const via = { medium, address }
  // Who has lost a place is a candidate again: whether they may have it back is for admission to say.
  const offer = relay.participant === null || relay.left ? relay.offer : null
  const command = offer && inbound.attachments.length === 0 ? readCommand(inbound.said.visible) : null
  if (offer && command) {
    const find = findOfferIn(parts.db)
    const done = await takeOfferCommand(parts.road, { account: relay.account, offer, via, command, key }, find)
    return done === 'repeated' ? { outcome: 'duplicate' } : { outcome: 'noted', because: command.kind }
  }
  const stored = await storeBytes(parts, relay, inbound)
  const say: Omit<Say, 'to'> = {
    account: relay.account,
    person: relay.person,
    via,
    said: inbound.said,
    names: namesIn(inbound.from),
    key,
    attachments: stored.attachments,
    form: null,
    unproven,
    rawBlob: stored.raw,
    writtenAt: inbound.writtenAt,
  }
  const receipt = await take(parts, relay, inbound, say, offer)
  if (stored.refused.length > 0 && receipt.outcome === 'accepted') {
    for (const { name, reason } of stored.refused) {
      await tellSender(
        parts.db,
        relay,
        via,
        { template: 'attachment-left-out', params: { name, reason } },
        parts.clock.now(),
      )
    }
  }
  return receipt
}

function take(
  parts: ReceiveParts,
  relay: Relay,
  inbound: Inbound,
  say: Omit<Say, 'to'>,
  offer: Relay['offer'],
): Promise<Receipt> {
  if (offer) return answer(parts, relay, offer, say)
  if (relay.participant === null && relay.invitation) return answerInvited(parts, relay.invitation, inbound, say)
  return sayInPlace(parts, relay, inbound, say)
}

async function answerInvited(
  parts: ReceiveParts,
  invitation: NonNullable<Relay['invitation']>,
  { said, attachments }: Inbound,
  say: Omit<Say, 'to'>,
): Promise<Receipt> {
  const isNo = attachments.length === 0 && declines(said.visible)
  const answered = await answerByReply(parts, { invitation, declines: isNo, say })
  switch (answered.outcome) {
    case 'accepted':
      return { outcome: 'accepted', messageId: answered.message }
    case 'repeated':
      return { outcome: 'duplicate' }
    case 'told':
      return { outcome: 'noted', because: answered.because }
    case 'not-there':
      return { outcome: 'refused', because: 'unknown-address', text: 'There is nobody at this address.' }
  }
}

async function answer(
  parts: ReceiveParts,
  relay: Relay,
  offer: NonNullable<Relay['offer']>,
  say: Omit<Say, 'to'>,
): Promise<Receipt> {
  const answered = await answerOffer(parts.road, { account: relay.account, offer, say }, findOfferIn(parts.db))
  switch (answered.outcome) {
    case 'admitted':
      return { outcome: 'accepted', messageId: answered.message }
    case 'repeated':
      return { outcome: 'duplicate' }
    case 'not-admitted':
      return { outcome: 'noted', because: answered.because }
    case 'not-there':
      return { outcome: 'refused', because: 'unknown-address', text: 'There is nobody at this address.' }
  }
}

async function sayInPlace(
  parts: ReceiveParts,
  looked: Relay,
  inbound: Inbound,
  say: Omit<Say, 'to'>,
): Promise<Receipt> {
  let relay = looked
  let said = await sayMail(parts, relay, inbound, say)
  if (!said.ok) {
    // Since it was looked up it may stand for another place, or its person have left.
    relay = (await findRelayById(parts.db, looked.account, looked.relay)) ?? looked
    if (relay.participant !== looked.participant || relay.conversation !== looked.conversation) {
      said = await sayMail(parts, relay, inbound, say)
    }
  }
  if (said.ok) return said.repeated ? { outcome: 'duplicate' } : { outcome: 'accepted', messageId: said.message }
  if (relay.left) await keepForAuthor(parts, relay, say)
  const template = said.refusal === 'conversation-closed' ? 'conversation-closed' : 'place-left'
  await tellSender(parts.db, relay, say.via, { template, params: {} }, parts.clock.now())
  return { outcome: 'noted', because: said.refusal }
}

/** Whose part has ended, and whose words were on their way: they are kept for them and for supervisors, as a late answer is (settled 12). */
async function keepForAuthor(parts: ReceiveParts, relay: Relay, say: Omit<Say, 'to'>): Promise<void> {
  await parts.road.inConversation(relay.account, relay.conversation, async (turn) => {
    const place = turn.structure.participants.find(({ id }) => id === relay.participant)
    const ticket = place && turn.structure.interactions.get(place.interaction)?.ticket
    if (ticket && place.left && place.role === 'responder') await keepAside(turn, say, ticket)
  })
}

async function storeBytes(
  parts: ReceiveParts,
  relay: Relay,
  inbound: Inbound,
): Promise<{ attachments: AttachmentId[]; refused: { name: string; reason: string }[]; raw: BlobId }> {
  const now = parts.clock.now()
  return parts.db.write(relay.account, async (tx) => {
    const sealed = await mayBeSealed(tx, relay.account, relay.person, relay.conversation)
    const { kept, refused } = await storeAttachments(tx, {
      account: relay.account,
      person: relay.person,
      files: inbound.attachments,
      maxBytes: parts.limits.attachmentBytes,
      sealed,
      now,
    })
    const raw = sealed
      ? await writeSealedBlob(tx, relay.account, inbound.raw, now)
      : await parts.vault.seal(tx, relay.account, inbound.raw, now)
    // Names of files travel no more openly than the files.
    return { attachments: kept, refused: sealed ? refused.map(({ reason }) => ({ name: '…', reason })) : refused, raw }
  })
}

/** A vacation notice, a receipt, a list: noted where a responder's absence matters, never an answer, and never answered. */
export async function noteAutomatic(parts: ReceiveParts, relay: Relay, why: string): Promise<Receipt> {
  await parts.db.write(relay.account, (tx) =>
    recordEvent(
      tx,
      {
        account: relay.account,
        conversation: relay.conversation,
        person: relay.person,
        kind: 'automatic-reply',
        facts: { why },
      },
      parts.clock.now(),
    ),
  )
  return { outcome: 'noted', because: 'automatic' }
}
