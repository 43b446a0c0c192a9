import type { Said } from '@parley/model'

/** What was said without its first `length` characters: a tag that told where it goes, and is nobody else's business. */
export function cutBeginning(said: Said, length: number): Said {
  const beginning = said.visible.slice(0, length)
  if (length === 0) return said
  const visible = said.visible.slice(length)
  if (!said.full.startsWith(beginning)) return { ...said, visible }
  const cuts = said.cuts
    .map((cut) => ({ ...cut, from: Math.max(0, cut.from - length), to: cut.to - length }))
    .filter(({ from, to }) => to > from)
  return { visible, full: said.full.slice(length), cuts }
}
