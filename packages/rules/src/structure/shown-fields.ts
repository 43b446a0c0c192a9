import type { AccountRole } from './rights.ts'

/** What is the house's own beside a conversation, a ticket or an interaction (0120, Fields). Its state is everybody's who may read of it. */
export const houseFields = ['name', 'category', 'tags', 'folder', 'links', 'tickets'] as const
export type HouseField = (typeof houseFields)[number]

/** Which of the house's fields a site shows besides to those who ask and to those who only answer. */
export interface FieldsPolicy {
  readonly visitor: readonly HouseField[]
  readonly responder: readonly HouseField[]
}

/** The fields that somebody sees: all for those who work at the desk and for whose own space it is, else as far as the site names them. */
export function shownFields(
  { role, isOwn }: { role: AccountRole | null; isOwn: boolean },
  policy: FieldsPolicy,
): ReadonlySet<HouseField> {
  if (isOwn || (role !== null && role !== 'responder')) return new Set(houseFields)
  return new Set(role === null ? policy.visitor : policy.responder)
}
