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
export type LinkId = Id<'link'>
export type ScriptId = Id<'script'>
export type ExampleId = Id<'example'>
export type ApiKeyId = Id<'api-key'>
export type ProductId = Id<'product'>

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
const pool = new Uint8Array(10 * 512)
let used = pool.length

/** A new UUID of version 7 (RFC 9562 §5.7): milliseconds, then 74 random bits. */
export function newId<T extends Id<string>>(): T {
  if (used === pool.length) {
    crypto.getRandomValues(pool)
    used = 0
  }
  const at = (index: number) => hex[pool[used + index] ?? 0]
  const ms = Date.now().toString(16).padStart(12, '0')
  const version = hex[0x70 | ((pool[used] ?? 0) & 0x0f)]
  const variant = hex[0x80 | ((pool[used + 2] ?? 0) & 0x3f)]
  const id = `${ms.slice(0, 8)}-${ms.slice(8)}-${version}${at(1)}-${variant}${at(3)}-${at(4)}${at(5)}${at(6)}${at(7)}${at(8)}${at(9)}`
  used += 10
  return id as T
}

const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** What arrives from outside as an id, or null when it has not the shape of one. */
export function parseId<T extends Id<string>>(value: unknown): T | null {
  return typeof value === 'string' && shape.test(value) ? (value as T) : null
}
