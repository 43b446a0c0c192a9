import type { InteractionRight, SeesRight } from '@parley/protocol'
import type { Word } from '../words/words.model.ts'

const basisWords: Record<SeesRight['basis'], Word> = {
  member: 'sees.member',
  grant: 'sees.grant',
  observer: 'sees.observer',
  rule: 'sees.rule',
}

/** Why somebody may read something, part by part; each is said in words of its own. */
export function reasonsOf(
  right: SeesRight | InteractionRight,
  nameOfTeam: (id: string) => string,
): { word: Word; values: Record<string, string | number> }[] {
  const { basis, from, to, by, under } = right
  const span: { word: Word; values: Record<string, string | number> } =
    from === null
      ? { word: 'readers.notYours', values: {} }
      : to === null
        ? { word: 'sees.open', values: { from } }
        : { word: 'sees.span', values: { from, to } }
  return [
    { word: basisWords[basis], values: {} },
    span,
    ...(by === null ? [] : [{ word: 'sees.by' as const, values: { who: by } }]),
    ...(under === null
      ? []
      : under === 'let-see'
        ? [{ word: 'readers.letSee' as const, values: {} }]
        : [{ word: 'sees.team' as const, values: { team: nameOfTeam(under.team) } }]),
  ]
}
