/**
 * Cursors are opaque to whoever turns pages: where the last one stood in the order of the list. They prove nothing and open nothing.
 * Undefined: the first page. Null: not one of ours.
 */
export function readCursor(text: string | undefined): string | undefined | null {
  if (text === undefined) return undefined
  if (!/^[A-Za-z0-9_-]{1,200}$/.test(text)) return null
  const read = Buffer.from(text, 'base64url').toString()
  return /^[0-9a-f-]{1,150}$/.test(read) ? read : null
}

/** `limit` of one more than were asked for, and where they go on. */
export function cutPage<T>(
  rows: readonly T[],
  limit: number,
  placeOf: (row: T) => string,
): { items: T[]; next: string | null } {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  const next = rows.length > limit && last !== undefined ? Buffer.from(placeOf(last)).toString('base64url') : null
  return { items, next }
}
