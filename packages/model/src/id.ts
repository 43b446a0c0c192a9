declare const brand: unique symbol

/** A branded id: a lower-case UUID (version 7, so that new rows land at the end of an index). An id is never a proof of anything. */
export type Id<Name extends string> = string & { readonly [brand]: Name }

export type AccountId = Id<'account'>
export type SiteId = Id<'site'>
export type TopicId = Id<'topic'>
export type PersonId = Id<'person'>
export type AddressId = Id<'address'>
export type ConversationId = Id<'conversation'>
export type TicketId = Id<'ticket'>
export type InteractionId = Id<'interaction'>
export type ParticipantId = Id<'participant'>
export type SpanId = Id<'span'>
export type MessageId = Id<'message'>
export type OfferId = Id<'offer'>
export type LaneId = Id<'lane'>
export type DeliveryId = Id<'delivery'>
export type AttemptId = Id<'attempt'>
export type RelayId = Id<'relay'>
export type OwnAddressId = Id<'own-address'>
export type HeldId = Id<'held'>
export type AttachmentId = Id<'attachment'>
export type BlobId = Id<'blob'>
export type EventId = Id<'event'>
export type FormId = Id<'form'>
export type TeamId = Id<'team'>
export type InvitationId = Id<'invitation'>
export type PlaceInvitationId = Id<'place-invitation'>
export type LinkId = Id<'link'>
export type ScriptId = Id<'script'>
export type ExampleId = Id<'example'>
export type ApiKeyId = Id<'api-key'>
export type ProductId = Id<'product'>
export type CategoryId = Id<'category'>
export type OperationId = Id<'operation'>

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
/** Random figures for 512 ids, twenty for each, and how many of them are used. */
let figures = ''
let used = 0
const each = 20
/** An id's beginning, which is the same for all of a millisecond. */
let beginning = ''
let beganAt = 0

/** A new UUID of version 7 (RFC 9562 §5.7): milliseconds, then 74 random bits. */
export function newId<T extends Id<string>>(): T {
  if (used === figures.length) {
    const random = crypto.getRandomValues(new Uint8Array((each / 2) * 512))
    figures = Array.from(random, (byte) => hex[byte]).join('')
    used = 0
  }
  const now = Date.now()
  if (now !== beganAt) {
    const ms = now.toString(16).padStart(12, '0')
    beginning = `${ms.slice(0, 8)}-${ms.slice(8)}-7`
    beganAt = now
  }
  const at = used
  used += each
  const variant = variants[figures.charCodeAt(at + 3) & 3]
  // The short parts first: what is put together of long ones is a tree until somebody reads it.
  const middle = `${figures.slice(at, at + 3)}-${variant}${figures.slice(at + 4, at + 7)}-`
  return (beginning + middle + figures.slice(at + 8, at + 20)) as T
}

const variants = '89ab'

const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** What arrives from outside as an id, or null when it has not the shape of one. */
export function parseId<T extends Id<string>>(value: unknown): T | null {
  return typeof value === 'string' && shape.test(value) ? (value as T) : null
}
