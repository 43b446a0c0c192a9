/** A line without what belongs to no language: addresses, links, codes and figures. */
export function cleanLine(text: string): string {
  return text
    .slice(0, LONGEST)
    .split(/\s+/)
    .filter((piece) => !NO_WORD.some((mark) => mark.test(piece)))
    .join(' ')
}

const LONGEST = 500
// Each looks at one piece without white space, and none of them repeats within a repetition.
const NO_WORD = [/\p{N}/u, /@/, /:\/\//, /^www\./i, /[\p{L}]\.[\p{L}]/u, /^\p{Lu}{2,}[-_]/u]
