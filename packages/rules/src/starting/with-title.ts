import type { Said } from '@parley/model'

/**
 * What begins a conversation, with the line that stood above it: a mail's subject is often half of the question. Left out where it says
 * nothing of its own: an answer's subject, or the first words again.
 */
export function withTitle(said: Said, title: string | null): Said {
  const line = (title ?? '').replace(/\s+/gu, ' ').trim().slice(0, longest)
  const plain = fold(line)
  if (plain === '' || /^(?:re|aw|sv|antw|odp|ref|rif|fwd?|wg|tr)\s*:/iu.test(line)) return said
  if (fold(said.visible.slice(0, 2 * longest)).startsWith(plain)) return said
  const above = said.visible.trim() === '' ? line : `${line}\n\n`
  return {
    visible: above + said.visible,
    full: above + said.full,
    cuts: said.cuts.map((cut) => ({ ...cut, from: cut.from + above.length, to: cut.to + above.length })),
  }
}

const longest = 300

const fold = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
