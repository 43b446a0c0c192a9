import type {
  AccountId,
  AddressId,
  AttachmentId,
  BlobId,
  InteractionId,
  Medium,
  MessageId,
  PersonId,
  Said,
} from '@parley/model'
import { newId, plainly } from '@parley/model'
import type { FormField } from '@parley/protocol'
import { type Encryption, isSealedIn, maySee } from '@parley/rules'
import { isOwnIntake } from './asking.ts'
import { type PlaceRefusal, place, type Target } from './place.ts'
import { type Screened, type Screener, shared } from './screen.ts'
import { lastPosition, type ParticipantPlace, type Structure } from './structure.ts'

/** Something that a participant says, from any medium, before it is decided where it goes. */
export interface Say {
  readonly account: AccountId
  readonly person: PersonId
  readonly to: Target
  readonly via: { readonly medium: Medium; readonly address: AddressId | null }
  readonly said: Said
  /** What else its author is known by, from the medium itself: never passes. */
  readonly names?: readonly string[]
  /** The same for the same thing arriving twice. */
  readonly key: Buffer
  readonly attachments: readonly AttachmentId[]
  readonly form: MessageForm | null
  /** The one place where its author shares on purpose what they fill in, with those of the other side who asked for it there. */
  readonly sharedIn?: InteractionId
  readonly unproven: boolean
  readonly rawBlob: BlobId | null
  readonly writtenAt: Date | null
  /** Said elsewhere, and placed here by its author: `writtenAt` is when. */
  readonly filed?: Filed
  /** Named for this message alone; the strictest of what is named for it and for where it is said holds. */
  readonly encryption?: Encryption
  /** The connection that it came over, which needs no copy of what stands as it was sent. */
  readonly by?: object
}

/** Who said it elsewhere, as they are called here, and over what. */
export interface Filed {
  readonly name: string | null
  /** One of ours, or who asks. */
  readonly person: PersonId | null
  readonly over: string | null
}

/** A small form that a message carries, or the answers to one. */
export type MessageForm =
  | { readonly kind: 'ask'; readonly fields: FormField[] }
  | { readonly kind: 'answer'; readonly of: MessageId; readonly answers: Record<string, string> }

export interface Placement {
  readonly interaction: InteractionId
  readonly position: number
}

/** A message decided: what will be written, and for whom. */
export interface DecidedSay {
  readonly say: Say
  readonly structure: Structure
  readonly author: ParticipantPlace
  readonly id: MessageId
  readonly at: Date
  readonly ordinal: number
  readonly placements: readonly Placement[]
  readonly body: string
  /** Null where it equals the body. */
  readonly full: string | null
  /** As others may read it. */
  readonly form: MessageForm | null
  readonly masked: boolean
  /** Everyone but the author who may see it, each once, in the first interaction where they do. */
  readonly readers: readonly Reading[]
}

export interface Reading {
  readonly participant: ParticipantPlace
  readonly placement: Placement
}

/**
 * place → accept → screen → address, decided on the structure under the conversation's lock. Moves the structure's counters, so that
 * the next message of the same batch stands behind this one.
 */
export function decideSay(
  structure: Structure,
  say: Say,
  screener: Screener,
  now: Date,
): { ok: true; decided: DecidedSay } | { ok: false; refusal: PlaceRefusal } {
  const verdict = place(structure, say.person, say.to, now)
  if (!verdict.ok) return verdict
  structure.ordinal += 1
  // Strictly rising in a conversation: clients order by it, and it betrays nothing about what they do not see.
  structure.lastAt = new Date(Math.max(now.getTime(), structure.lastAt.getTime() + 1))
  const placements = verdict.interactions.map((interaction) => {
    const position = lastPosition(structure, interaction) + 1
    structure.lastPositions.set(interaction, position)
    if (structure.lastUsed.size > 0) structure.lastUsed.set(interaction, structure.ordinal)
    return { interaction, position }
  })
  const screenWith = (said: Said) => screener(structure, verdict.author, said, say.names)
  const screened = isShared(say, verdict) ? shared(structure, verdict.author, say.said) : screenWith(say.said)
  const form = say.form && screenForm(say.form, screenWith)
  const body = withoutSealedMark(screened.body)
  const full = screened.full === null ? null : withoutSealedMark(screened.full)
  return {
    ok: true,
    decided: {
      say,
      structure,
      author: verdict.author,
      id: newId<MessageId>(),
      at: structure.lastAt,
      ordinal: structure.ordinal,
      placements,
      body,
      full,
      form,
      masked: screened.masked,
      readers: readersOf(structure, say.person, placements),
    },
  }
}

/** What somebody fills into a form they share on purpose with who asked, where it was asked and nowhere else. */
function isShared(
  { to, sharedIn }: Say,
  { author, interactions }: { author: ParticipantPlace; interactions: InteractionId[] },
) {
  const isThere = 'interaction' in to && to.interaction === sharedIn && interactions.every((id) => id === sharedIn)
  return isThere && author.role === 'initiator'
}

/** What a form asks is read like words. */
function screenForm(form: MessageForm, screenWith: (said: Said) => Screened): MessageForm {
  if (form.kind === 'answer') return form
  const read = (text: string) => withoutSealedMark(screenWith(plainly(text)).body)
  const fields = form.fields.map(({ choices, ...field }) => ({
    ...field,
    name: read(field.name),
    label: read(field.label),
    ...(choices ? { choices: choices.map(read) } : {}),
  }))
  return { ...form, fields }
}

/** Nobody's words are taken for something sealed. */
function withoutSealedMark(text: string): string {
  return text.charCodeAt(0) === 1 ? withoutSealedMark(text.slice(1)) : text
}

/** Does it stand as its author wrote it, with nothing that they do not know? */
export function isAsSent({ say, structure, placements, body, full, masked }: DecidedSay): boolean {
  const isMarked = placements.some(({ interaction }) => isSealedIn(structure, interaction))
  return (
    body === say.said.visible &&
    full === null &&
    !masked &&
    !isMarked &&
    say.attachments.length === 0 &&
    say.form === null &&
    say.encryption !== 'sealed'
  )
}

/** The author's places, where this is meant to go, whose active medium is another than the one it came over (A11). */
export function placesOnOtherMedium(structure: Structure, say: Say): ParticipantPlace[] {
  // What its asker says in the intake goes to everyone once somebody has answered.
  const isToOne = 'interaction' in say.to && !isOwnIntake(structure, say.person, say.to.interaction)
  const interaction = isToOne && 'interaction' in say.to ? say.to.interaction : null
  return structure.participants.filter(
    (own) =>
      own.person === say.person &&
      !own.left &&
      (interaction === null || own.interaction === interaction) &&
      (own.medium !== say.via.medium || own.address !== say.via.address),
  )
}

function readersOf(structure: Structure, author: PersonId, placements: readonly Placement[]): Reading[] {
  const readers: Reading[] = []
  for (const placement of placements) {
    for (const participant of structure.participants) {
      if (participant.interaction !== placement.interaction || participant.left || participant.person === author)
        continue
      if (readers.some((reading) => reading.participant.person === participant.person)) continue
      const spans = structure.spans.get(participant.person) ?? []
      if (maySee(spans, placement.interaction, placement.position)) readers.push({ participant, placement })
    }
  }
  return readers
}
