const ENTITIES: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&nbsp;': ' ',
}

/** The words of HTML that is too crafted to be laid out: one pass, no stack, a space for each tag. */
export function stripTags(html: string): string {
  const words: string[] = []
  const lower = html.toLowerCase()
  let at = 0
  while (at < html.length) {
    const tag = html.indexOf('<', at)
    words.push(html.slice(at, tag === -1 ? html.length : tag))
    if (tag === -1) break
    const hidden = /^<(script|style)\b/.exec(lower.slice(tag, tag + 8))?.[1]
    const end = hidden ? lower.indexOf(`</${hidden}`, tag) : tag
    const close = end === -1 ? -1 : html.indexOf('>', end)
    if (close === -1) break
    at = close + 1
  }
  return words
    .join(' ')
    .replace(/&(?:amp|lt|gt|quot|#39|nbsp);/g, (entity) => ENTITIES[entity] ?? entity)
    .replace(/\s+/g, ' ')
    .trim()
}
