type Pairs = ReadonlyMap<string, unknown>

/** Throws unless two are the same, in whatever order. */
export function same(what: string, is: Pairs, should: Pairs): void {
  const [a, b] = [sorted(is), sorted(should)]
  if (a !== b) throw new Error(`${what} is\n${a}\nand should be\n${b}`)
}

export const sorted = (all: Iterable<readonly [string, unknown]>): string =>
  [...all]
    .map(([key, value]) => `${key}: ${value}`)
    .toSorted()
    .join('\n')
