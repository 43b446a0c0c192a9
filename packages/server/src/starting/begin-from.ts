import type { InboundAttachment } from '@parley/channel-sdk'
import {
  type AccountId,
  type AddressId,
  type AttachmentId,
  type BlobId,
  type ConversationId,
  type MessageId,
  nearestLanguage,
  type OwnAddressId,
  type PersonId,
  type Said,
  type TopicId,
} from '@parley/model'
import { addressKey, countryOfNumber, withTitle } from '@parley/rules'
import { mayBeSealed, storeAttachments, writeSealedBlob } from '../attachments/index.ts'
import { openConversation } from '../conversations/index.ts'
import type { Say } from '../road/index.ts'
import type { Site } from '../sites/index.ts'
import { findReopenable } from './find-reopenable.ts'
import { type FoundSender, findSender, lockSender, makeSender, type Sender } from './find-sender.ts'
import type { StartingParts } from './starting-parts.ts'
import { tellHow } from './tell-how.ts'

/** Something said by somebody without a window, to a site and to nobody's place in particular. */
export interface Starting {
  readonly site: Site
  readonly sender: Sender
  /** The address of ours that it was written to, where answers must come from that very one (a phone number). */
  readonly from?: OwnAddressId | null
  /** What is said first; null begins a conversation in which nothing was said yet. */
  readonly said: Said | null
  readonly title?: string | null
  /** What the sender's medium or program says of their language (BCP 47). What they write counts more. */
  readonly language?: string | null
  /** Where neither tells: the language of the address that they wrote to. */
  readonly languageElse?: string | null
  /** They have chosen it, by a keyword or a field. */
  readonly topic?: TopicId | null
  /** What makes it the same thing when it arrives twice. */
  readonly key: Buffer
  readonly files?: readonly InboundAttachment[]
  /** Files that are stored already, and the sealed original. */
  readonly attachments?: readonly AttachmentId[]
  readonly raw?: Uint8Array | null
  readonly rawBlob?: BlobId | null
  readonly names?: readonly string[]
  readonly writtenAt?: Date | null
  /** Another conversation, though one is open. */
  readonly isAnew?: boolean
}

export type Started =
  | {
      readonly ok: true
      readonly outcome: 'begun' | 'continued'
      readonly person: PersonId
      readonly address: AddressId
      readonly conversation: ConversationId
      /** Null where nothing was said yet. */
      readonly message: MessageId | null
      readonly repeated: boolean
      /** Files that were not taken, and why. */
      readonly leftOut: readonly { name: string; reason: string }[]
    }
  | { readonly ok: false; readonly refusal: 'too-many' | 'not-there' }

/**
 * Anyone starts (A15): somebody is known by the address that they write from, or becomes a visitor of the site; what they say lands in the
 * conversation that they have open there, or begins one (C7), and is hunted like any other along the road. Answers come to that address.
 * The same `key` is taken once; two messages at once begin one conversation.
 */
export async function beginFrom(parts: StartingParts, starting: Starting): Promise<Started> {
  const { site, sender, said } = starting
  const spoken = await readLanguage(parts, starting)
  const opened = await open(parts, starting, spoken)
  if (!opened) return { ok: false, refusal: 'too-many' }
  const { conversation, person, address, begun } = opened
  if (begun) await tellHow(parts, { site, conversation, address, sender })
  const about = { person, address, conversation, outcome: begun ? 'begun' : 'continued' } as const
  if (!said) return { ok: true, ...about, message: null, repeated: false, leftOut: [] }
  const stored = await storeBytes(parts, starting, opened)
  const say: Say = {
    account: site.account,
    person,
    to: { conversation },
    // Nothing goes to an address that nobody vouches for before somebody has answered from there (settled 20).
    via: { medium: sender.medium, address: sender.isProven ? address : null },
    said: begun ? withTitle(said, starting.title ?? null) : said,
    names: starting.names ?? [],
    key: starting.key,
    attachments: stored.attachments,
    form: null,
    unproven: !sender.isProven,
    rawBlob: stored.raw,
    writtenAt: starting.writtenAt ?? null,
  }
  const answer = await parts.road.say(say)
  if (answer.ok) {
    const { message, repeated } = answer
    return { ok: true, ...about, message, repeated, leftOut: stored.leftOut }
  }
  // It was closed between the look and the word.
  if (answer.refusal === 'conversation-closed' && !starting.isAnew) {
    const { files: _, raw: __, ...rest } = starting
    return beginFrom(parts, { ...rest, isAnew: true, attachments: stored.attachments, rawBlob: stored.raw })
  }
  return { ok: false, refusal: 'not-there' }
}

interface Opened extends Pick<FoundSender, 'person' | 'address'> {
  readonly conversation: ConversationId
  readonly begun: boolean
}

async function open(parts: StartingParts, starting: Starting, spoken: string | null): Promise<Opened | null> {
  const { site, sender } = starting
  const { account, id, policy } = site
  const now = parts.clock.now()
  return parts.db.write(account, async (tx) => {
    await lockSender(tx, account, sender)
    const known = await findSender(tx, { account, site: id, sender })
    if (known && !parts.allows(known.person)) return null
    const again = known && { account, person: known.person, site: id, now }
    const open = starting.isAnew ? null : (known?.open ?? (again && (await findReopenable(tx, again))))
    if (known && open) return { ...known, conversation: open, begun: false }
    if (!parts.mayBegin(`${sender.medium} ${addressKey(sender.medium, sender.address)}`, id)) return null
    const language = nearestLanguage(spoken ?? known?.language ?? starting.language ?? starting.languageElse)
    const { person, address } = known ?? (await makeSender(tx, { account, site: id, sender, language }, now))
    const region = policy.implied.region === 'no' ? null : countryOfNumber(addressKey(sender.medium, sender.address))
    const { conversation } = await openConversation(
      tx,
      {
        account,
        site: id,
        visitor: person,
        policy,
        language,
        region: null,
        toldRegion: policy.implied.region === 'tell' ? region : null,
        topic: starting.topic ?? null,
        facts: [
          ...(region ? [{ about: 'region', value: region, source: 'implied' } as const] : []),
          ...(starting.title
            ? [{ about: 'page:title', value: starting.title.slice(0, 300), source: 'implied' } as const]
            : []),
        ],
        metadata: {},
        anew: { over: sender.medium, from: starting.from ?? null },
      },
      now,
    )
    return { person, address, conversation, begun: true }
  })
}

/** What somebody writes tells their language more surely than what their program claims; a few letters tell nothing. */
async function readLanguage(parts: StartingParts, { site, said }: Starting): Promise<string | null> {
  const text = said?.visible.slice(0, 2_000) ?? ''
  if (text.trim() === '') return null
  const { detect, candidates } = await parts.db.read(site.account, (reader) =>
    parts.models.current(reader, site.account),
  )
  const { language, confidence } = detect(text, candidates)
  return language !== null && confidence >= sureOfLanguage ? language : null
}

/** Below this a line of two words is as likely in another. */
const sureOfLanguage = 0.7

async function storeBytes(
  parts: StartingParts,
  starting: Starting,
  { person, conversation }: Opened,
): Promise<{
  attachments: readonly AttachmentId[]
  raw: BlobId | null
  leftOut: { name: string; reason: string }[]
}> {
  const { files = [], attachments = [], raw = null, rawBlob = null } = starting
  const account: AccountId = starting.site.account
  if (files.length === 0 && raw === null) return { attachments, raw: rawBlob, leftOut: [] }
  const now = parts.clock.now()
  return parts.db.write(account, async (tx) => {
    const isSealed = await mayBeSealed(tx, account, person, conversation)
    const { kept, refused } = await storeAttachments(tx, {
      account,
      person,
      files,
      maxBytes: parts.limits.attachmentBytes,
      sealed: isSealed,
      now,
    })
    const seal = isSealed ? writeSealedBlob : parts.vault.seal.bind(parts.vault)
    const sealed = raw === null ? rawBlob : await seal(tx, account, raw, now)
    return {
      attachments: [...attachments, ...kept],
      raw: sealed,
      leftOut: isSealed ? refused.map(({ reason }) => ({ name: '…', reason })) : refused,
    }
  })
}
