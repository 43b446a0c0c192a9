/** How somebody says that what they write begins another conversation, in the languages that Parley speaks. */
const words =
  'new|neu|neue|nouveau|nouvelle|nuevo|nueva|nuovo|nuova|nieuw|nowy|nowa|nowe|novo|nova|новый|новая|новое|جديد|新規|新しい'
const beginning = new RegExp(`^[\\s\\p{P}]{0,4}(?:${words})[\\s.!]*(?:$|[:：]\\s*)`, 'iu')

/** A text that begins another conversation: the word alone, or the word, a colon and what is said. Anything else that begins with it is something said. */
export function readNew(text: string): { rest: string; at: number } | null {
  const found = beginning.exec(text.slice(0, 100))
  return found ? { rest: text.slice(found[0].length), at: found[0].length } : null
}
