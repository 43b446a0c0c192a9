/** What stands at the beginning of a text where one address of ours stands for several places of its writer. */
export type ReadTag =
  /** `rest`: what is said without the tag; empty when it stood alone. `at`: where that begins in the text. */
  | { readonly kind: 'tag'; readonly tag: string; readonly rest: string; readonly at: number }
  /** Something that looks like a tag, or like one of these mistyped, and is none of them: it is asked about and never guessed. */
  | { readonly kind: 'unknown-tag'; readonly isAlone: boolean }
  | { readonly kind: 'no-tag' }

/** Reads the tag that an answer begins with. Case, brackets and the marks behind it do not count; each of its characters does. */
export function readTag(text: string, tags: readonly string[]): ReadTag {
  const found = firstToken(text)
  if (!found) return { kind: 'no-tag' }
  const { token, end } = found
  const tag = tags.find((one) => fold(one) === token)
  if (tag !== undefined) return { kind: 'tag', tag, rest: text.slice(end), at: end }
  const isNear = tags.some((one) => isOneSlipApart(token, fold(one)))
  return isNear || looksLikeTag(token) ? { kind: 'unknown-tag', isAlone: end === text.length } : { kind: 'no-tag' }
}

/** Where what is said begins, once its writer has told which tag was meant: behind a tag, or behind this one mistyped. */
export function endOfMistypedTag(text: string, meant: string): number {
  const found = firstToken(text)
  if (!found || found.end === text.length) return 0
  const { token, end } = found
  return token === fold(meant) || (looksLikeTag(token) && isOneSlipApart(token, fold(meant))) ? end : 0
}

/** Marks that people set around a tag; what follows it, up to the first character of what is said. */
const beginning =
  /^[\s\p{P}\p{S}]{0,8}([\p{L}\p{N}]{1,6})(?![\p{L}\p{N}\p{M}])[\p{Pe}\p{Pf}"'*:;,.!?：；，。！？]{0,4}\s*(?:[-–—:：](?:\s+|$))?/u

function firstToken(text: string): { token: string; end: number } | null {
  const match = beginning.exec(text)
  return match?.[1] === undefined ? null : { token: fold(match[1]), end: match[0].length }
}

function fold(text: string): string {
  return text.normalize('NFKC').toUpperCase()
}

function looksLikeTag(token: string): boolean {
  return token.length <= 4 && /\p{L}/u.test(token) && /\p{N}/u.test(token)
}

/** One character more, less, or another one, or two that have changed places. */
function isOneSlipApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || a === b) return false
  let from = 0
  while (from < a.length && a[from] === b[from]) from += 1
  let back = 0
  while (back < Math.min(a.length, b.length) - from && a.at(-1 - back) === b.at(-1 - back)) back += 1
  const left = a.slice(from, a.length - back)
  const right = b.slice(from, b.length - back)
  if (left.length <= 1 && right.length <= 1) return true
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0]
}
