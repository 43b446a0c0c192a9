import type { Change, Thing } from './changes.ts'

/** What the house writes beside a conversation, a ticket or an interaction. */
export interface Fields {
  readonly name: string | null
  readonly category: string | null
  readonly tags: readonly string[]
  readonly metadata: Readonly<Record<string, unknown>>
  readonly folder: string | null
  /** Its own list of categories; null: the one of what it is part of, and at last the account's. */
  readonly categories: readonly string[] | null
  /** Its own rules for who answers an outside enquiry; null: those of what it is part of. */
  readonly answers: object | null
  /** ISO times: outside of them it takes no more. */
  readonly takesFrom: string | null
  readonly takesUntil: string | null
  /** A place. */
  readonly primary: string | null
}

export interface FieldsContext {
  readonly of: Exclude<Thing, { place: string }>
  readonly was: Fields
  /** Own lists of what it is part of, the nearest first. */
  readonly lists: readonly (readonly string[] | null)[]
  /** The account's categories that are still chosen. */
  readonly account: readonly string[]
  /** Places in it that whoever sets this may know of. */
  readonly places: readonly string[]
}

export type FieldsVerdict =
  | { readonly ok: true; readonly changes: readonly Change[] }
  | { readonly ok: false; readonly refusal: 'unknown-choice' | 'not-there' | 'wrong-state' | 'too-many' }

/** What a change of a field is called where it is written. */
const columns: Readonly<Record<keyof Fields, string>> = {
  name: 'name',
  category: 'category',
  tags: 'tags',
  metadata: 'metadata',
  folder: 'folder',
  categories: 'categories',
  answers: 'answers',
  takesFrom: 'takes_from',
  takesUntil: 'takes_until',
  primary: 'primary_participant_id',
}

const mostMetadata = 8_000

/**
 * What setting these fields changes: nothing of what stays as it is. A category has to be of the list that counts there; what stands
 * already may stay, though it was retired or taken from the list.
 */
export function setFields({ of, was, lists, account, places }: FieldsContext, wanted: Partial<Fields>): FieldsVerdict {
  const { metadata: told, ...plain } = wanted
  const is: Fields = {
    ...was,
    ...plain,
    ...(plain.tags ? { tags: [...new Set(plain.tags)] } : {}),
    ...(told ? { metadata: withoutNulls({ ...was.metadata, ...told }) } : {}),
  }
  const added = (is.categories ?? []).filter((id) => !was.categories?.includes(id))
  if (added.some((id) => !account.includes(id))) return { ok: false, refusal: 'unknown-choice' }
  const list = categoriesThatCount([is.categories, ...lists], account)
  if (is.category !== null && is.category !== was.category && !list.includes(is.category)) {
    return { ok: false, refusal: 'unknown-choice' }
  }
  if (is.primary !== null && is.primary !== was.primary && !places.includes(is.primary)) {
    return { ok: false, refusal: 'not-there' }
  }
  if (is.takesFrom !== null && is.takesUntil !== null && Date.parse(is.takesFrom) >= Date.parse(is.takesUntil)) {
    return { ok: false, refusal: 'wrong-state' }
  }
  if (told && JSON.stringify(is.metadata).length > mostMetadata) return { ok: false, refusal: 'too-many' }
  const changes = (Object.keys(columns) as (keyof Fields)[]).flatMap((field): Change[] =>
    JSON.stringify(was[field]) === JSON.stringify(is[field])
      ? []
      : [{ kind: 'field', of, field: columns[field], was: was[field], is: is[field] }],
  )
  return { ok: true, changes }
}

/** The categories to choose from: the nearest list of its own, without what is retired; else the account's. */
export function categoriesThatCount(
  lists: readonly (readonly string[] | null)[],
  account: readonly string[],
): readonly string[] {
  const own = lists.find((list) => list !== null)
  return own ? own.filter((id) => account.includes(id)) : account
}

function withoutNulls(metadata: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(metadata).filter(([, value]) => value !== null))
}
