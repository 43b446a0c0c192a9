/**
 * No text in it holds a NUL, which PostgreSQL cannot store, or half a surrogate pair, which is no text at all. Looked through without
 * recursion: it may be nested without end.
 */
export function isStorable(value: unknown): boolean {
  const waiting: unknown[] = [value]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next === 'string') {
      if (next.includes('\0') || !next.isWellFormed()) return false
    } else if (typeof next === 'object' && next !== null && !Buffer.isBuffer(next)) {
      for (const [key, inside] of Object.entries(next)) waiting.push(key, inside ?? null)
    }
  }
  return true
}
