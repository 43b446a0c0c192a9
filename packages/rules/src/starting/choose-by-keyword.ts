import { holdsPhrase, phraseOf, wordsOf } from '../criteria/words-of.ts'

export interface TopicKeyword<Topic extends string> {
  /** A word or a phrase; a `*` at its end for any ending. */
  readonly keyword: string
  readonly topic: Topic
}

/** The topic whose keyword stands first in what was said; of two that begin with the same word, the longer one's. */
export function chooseByKeyword<Topic extends string>(
  text: string,
  keywords: readonly TopicKeyword<Topic>[],
): Topic | null {
  const words = wordsOf(text.slice(0, longestRead))
  let best: { at: number; length: number; topic: Topic } | null = null
  for (const { keyword, topic } of keywords) {
    const phrase = phraseOf(keyword)
    const { length } = phrase.words
    if (length === 0 || !holdsPhrase(words, phrase)) continue
    const at = words.findIndex((_, start) => holdsPhrase(words.slice(start, start + length), phrase))
    if (!best || at < best.at || (at === best.at && length > best.length)) best = { at, length, topic }
  }
  return best?.topic ?? null
}

/** A keyword that chooses stands in the first lines. */
const longestRead = 2_000
