import { foldText } from './fold-text.ts'

// Scripts that set no blanks between words: each character is a word of its own, so that what is looked for is a run of them. A dictionary
// (Intl.Segmenter) would cut the same word differently from sentence to sentence and from one version of ICU to the next, and all
// processes must find the same people.
const unspaced = '\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}'
const word = new RegExp(
  `[[${unspaced}]&&[\\p{L}\\p{N}]]\\p{M}*|[[\\p{L}\\p{N}]--[${unspaced}]][[\\p{L}\\p{N}\\p{M}]--[${unspaced}]]*`,
  'gv',
)

/** The words of a text, in their order, folded. Everything that is neither letter nor digit parts them. */
export function wordsOf(text: string): string[] {
  return foldText(text).match(word) ?? []
}

/** A word or phrase that is looked for: these words one after the other, and the last of them with any ending if `isOpen`. */
export interface Phrase {
  readonly words: readonly string[]
  readonly isOpen: boolean
}

/** What a wish for words looks for. One without any word in it (`!!!`) finds nothing, and checkCriteria refuses it. */
export function phraseOf(wanted: string): Phrase {
  return { words: wordsOf(wanted), isOpen: wanted.trimEnd().endsWith('*') }
}

/** Whether the words of a text hold the phrase. */
export function holdsPhrase(words: readonly string[], { words: wanted, isOpen }: Phrase): boolean {
  const [first] = wanted
  const end = wanted.length - 1
  const last = wanted[end]
  if (first === undefined || last === undefined) return false
  for (let start = 0; start + end < words.length; start += 1) {
    // Nearly every place is passed by here, and texts and lists are long.
    if (end > 0 && words[start] !== first) continue
    const closing = words[start + end] ?? ''
    if (isOpen ? !closing.startsWith(last) : closing !== last) continue
    if (wanted.every((want, index) => index === end || words[start + index] === want)) return true
  }
  return false
}
