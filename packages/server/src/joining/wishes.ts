import type { Condition, Criteria, Hours } from '@parley/rules'

/** What somebody who joins says that they want, in lists: the desk has the rest. */
export interface Wishes {
  readonly topics?: readonly string[] | undefined
  readonly languages?: readonly string[] | undefined
  readonly regions?: readonly string[] | undefined
  readonly keywords?: readonly string[] | undefined
  readonly hours?: Hours | undefined
}

/** A question is for them when it is about one of the topics or has one of the words, in one of the languages, from one of the regions. */
export function criteriaFrom({ topics, languages, regions, keywords, hours }: Wishes): Criteria {
  const about = [...wanted('topic', topics), ...wanted('words', keywords)]
  const all = [...(about.length === 1 ? about : []), ...wanted('language', languages), ...wanted('region', regions)]
  return {
    ...(all.length > 0 ? { all } : {}),
    ...(about.length > 1 ? { any: about } : {}),
    ...(hours ? { hours } : {}),
  }
}

function wanted(about: 'topic' | 'words' | 'language' | 'region', list: readonly string[] | undefined): Condition[] {
  return list && list.length > 0 ? [{ about, oneOf: list }] : []
}
