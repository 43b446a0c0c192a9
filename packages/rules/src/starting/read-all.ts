/** How somebody says that what follows is for everyone, in the languages that Parley speaks. */
const words =
  'all|alle|an alle|everyone|tous|todos|tutti|allen|aan allen|iedereen|wszyscy|все|всем|الكل|للجميع|全員|みんな'
const beginning = new RegExp(`^[\\s\\p{P}]{0,4}(?:${words})[\\s.!]*(?:$|[:：]\\s*)`, 'iu')

/** A text for everyone: the word alone, or the word, a colon and what is said. Anything else that begins with it is something said. */
export function readAll(text: string): { at: number } | null {
  const found = beginning.exec(text.slice(0, 100))
  return found ? { at: found[0].length } : null
}
