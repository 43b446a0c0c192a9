/** A product of the account's list: how it is called in records, and every name that people use for it, in any language. */
export interface Product {
  readonly key: string
  readonly names: readonly string[]
}

export interface FoundProduct {
  readonly key: string
  /** The words in which it was named, as they were written. */
  readonly words: string
  /** 1 for a name as it is in the list, less where a slip of the pen was forgiven. */
  readonly confidence: number
}

export type FindProducts = (text: string) => FoundProduct[]

/**
 * Prepares a list for searching; a search looks at each word of a text once, however long the list is. The longest name counts where several
 * begin at one place. In a name of at least six letters one slip (a letter too many, missing, wrong, or two swapped) is forgiven.
 */
export function indexProducts(products: readonly Product[]): FindProducts {
  const root: Branch = { key: null, next: new Map() }
  const slips = new Map<string, Set<string>>()
  const spaceless: { readonly key: string; readonly name: string }[] = []
  for (const { key, names } of products) {
    for (const name of names) {
      const words = wordsIn(name)
      if (words.some(({ plain }) => SPACELESS.test(plain))) spaceless.push({ key, name: plainOf(name) })
      else if (words.length > 0) plant(root, words, key)
      for (const { plain } of words) for (const slip of slipsOf(plain)) addTo(slips, slip, plain)
    }
  }
  return (text) => {
    const short = text.slice(0, LONGEST)
    return unique([...inWords(short, root, slips), ...inRunningText(short, spaceless)])
  }
}

interface Branch {
  key: string | null
  readonly next: Map<string, Branch>
}

interface Word {
  readonly plain: string
  readonly from: number
  readonly to: number
}

function plant(root: Branch, words: readonly Word[], key: string): void {
  let branch = root
  for (const { plain } of words) {
    const next: Branch = branch.next.get(plain) ?? { key: null, next: new Map() }
    branch.next.set(plain, next)
    branch = next
  }
  branch.key ??= key
}

function inWords(text: string, root: Branch, slips: ReadonlyMap<string, ReadonlySet<string>>): FoundProduct[] {
  const words = wordsIn(text)
  const found: FoundProduct[] = []
  for (let i = 0; i < words.length; ) {
    const match = longestFrom(words, i, root, slips)
    const [first, last] = [words[i], words[i + (match?.length ?? 1) - 1]]
    if (match && first && last) {
      found.push({ key: match.key, words: text.slice(first.from, last.to), confidence: match.slips === 0 ? 1 : 0.8 })
    }
    i += match?.length ?? 1
  }
  return found
}

interface Way {
  readonly branch: Branch
  readonly slips: number
}

function longestFrom(
  words: readonly Word[],
  from: number,
  root: Branch,
  slips: ReadonlyMap<string, ReadonlySet<string>>,
): { readonly key: string; readonly length: number; readonly slips: number } | null {
  let best: { readonly key: string; readonly length: number; readonly slips: number } | null = null
  let ways: Way[] = [{ branch: root, slips: 0 }]
  for (let at = from; at < words.length && ways.length > 0; at++) {
    const word = words[at]?.plain ?? ''
    ways = ways.flatMap((way) => onward(way, word, slips))
    const whole = ways.filter(({ branch }) => branch.key !== null).sort((a, b) => a.slips - b.slips)[0]
    if (whole?.branch.key) best = { key: whole.branch.key, length: at - from + 1, slips: whole.slips }
  }
  return best
}

function onward({ branch, slips }: Way, word: string, known: ReadonlyMap<string, ReadonlySet<string>>): Way[] {
  const exact = branch.next.get(word)
  const ways: Way[] = exact ? [{ branch: exact, slips }] : []
  if (slips > 0 || exact) return ways
  const meant = new Set(slipsOf(word).flatMap((slip) => [...(known.get(slip) ?? [])]))
  for (const name of meant) {
    const next = branch.next.get(name)
    if (next && isOneSlip(word, name)) ways.push({ branch: next, slips: 1 })
  }
  return ways
}

/** The word, and the word without each of its letters in turn: two words one slip apart share one of these. */
function slipsOf(word: string): string[] {
  if (word.length < LONG || word.length > 40 || !/^\p{L}+$/u.test(word)) return word.length === LONG - 1 ? [word] : []
  return [word, ...Array.from(word, (_, i) => word.slice(0, i) + word.slice(i + 1))]
}

function isOneSlip(written: string, meant: string): boolean {
  if (meant.length < LONG || Math.abs(written.length - meant.length) > 1) return false
  let i = 0
  while (i < Math.min(written.length, meant.length) && written[i] === meant[i]) i++
  const [rest, wanted] = [written.slice(i), meant.slice(i)]
  if (rest.length !== wanted.length) {
    return rest.length > wanted.length ? rest.slice(1) === wanted : rest === wanted.slice(1)
  }
  const isSwapped = rest[0] === wanted[1] && rest[1] === wanted[0] && rest.slice(2) === wanted.slice(2)
  return isSwapped || rest.slice(1) === wanted.slice(1)
}

/** Scripts that put no space between words: a name is looked for as it stands. */
function inRunningText(
  text: string,
  names: readonly { readonly key: string; readonly name: string }[],
): FoundProduct[] {
  if (names.length === 0 || !SPACELESS.test(text)) return []
  const plain = plainOf(text)
  return names.flatMap(({ key, name }) => (plain.includes(name) ? [{ key, words: name, confidence: 1 }] : []))
}

function wordsIn(text: string): Word[] {
  return [...text.matchAll(WORD)].map((match) => ({
    plain: plainOf(match[0]),
    from: match.index,
    to: match.index + match[0].length,
  }))
}

function plainOf(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f\u064b-\u0652'’]/g, '')
    .normalize('NFC')
    .trim()
}

function unique(found: readonly FoundProduct[]): FoundProduct[] {
  const best = new Map<string, FoundProduct>()
  for (const each of found) {
    const before = best.get(each.key)
    if (!before || before.confidence < each.confidence) best.set(each.key, each)
  }
  return [...best.values()]
}

function addTo(map: Map<string, Set<string>>, key: string, value: string): void {
  const own = map.get(key) ?? new Set()
  own.add(value)
  map.set(key, own)
}

const LONG = 6
const LONGEST = 10_000
// Letters and figures are words of their own, so that "X200" is found in "x 200" too.
const WORD = /\p{N}+|[\p{L}\p{M}'’]+/gu
const SPACELESS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u
