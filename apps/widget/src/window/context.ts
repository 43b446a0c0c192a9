const maxEntries = 20
const maxLength = 2000

/** What a page tells about itself, as texts: a cart or a list of tags may come as it is. */
export function toContext(value: unknown): Record<string, string> {
  const context: Record<string, string> = {}
  if (typeof value !== 'object' || value === null) return context
  for (const [key, entry] of Object.entries(value).slice(0, maxEntries)) {
    if (entry === null || entry === undefined) continue
    context[key.slice(0, 40)] = (typeof entry === 'object' ? JSON.stringify(entry) : String(entry)).slice(0, maxLength)
  }
  return context
}
