/** Short facts in one line. Each keeps its own direction: a date in Arabic after a Latin name would otherwise be torn apart. */
export function joinParts(parts: readonly (string | null | undefined | false)[]): string {
  return parts
    .filter((part) => typeof part === 'string' && part !== '')
    .map((part) => `\u2068${part}\u2069`)
    .join(' · ')
}
