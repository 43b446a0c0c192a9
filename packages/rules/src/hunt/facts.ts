import type { About, HelpRequest } from '../criteria/criteria.ts'

/** Words are what was said: they stand in messages, and only there. */
export type FactAbout = Exclude<About, 'words'>

/** How a fact became known, the surest first: the visitor chose it or filled it in, said so when asked, it was read from their words, or the page, the network or the browser implies it. */
export type FactSource = 'chosen' | 'answered' | 'classified' | 'implied'

/** One thing that is known of a request. Values are compared as `About` says; topics and sites are ids. */
export interface Fact {
  readonly about: FactAbout
  readonly value: string
  readonly source: FactSource
  /** 0 to 1, of what was classified; what is left out is sure. */
  readonly confidence?: number
  /** How it is called to people who are asked, in the visitor's language: a question of the concierge, the label of a field. Left out: it is not shown. */
  readonly label?: string
  /** The value as people write it, beside the label; left out, as it is. */
  readonly shown?: string
}

/** A request knows at most so many facts: more are a page that tells its whole database. */
export const mostFacts = 200

/**
 * What is known once more is known. For every kind of fact from every source that occurs in `added`, what was known of it from that source
 * is replaced: a visitor who chooses again means the new choice, and a page that tells its address tells the one it has now.
 */
export function mergeFacts(known: readonly Fact[], added: readonly Fact[]): readonly Fact[] {
  const replaced = new Set(added.map(keyOf))
  return [
    ...known.filter((fact) => !replaced.has(keyOf(fact))),
    ...added.filter(({ value }) => value.trim() !== ''),
  ].slice(0, mostFacts)
}

/** Of these one is true, so the surest source counts alone; of all others whatever anybody told. */
const single: ReadonlySet<string> = new Set<FactAbout>(['site', 'topic', 'language', 'region'])
const surest: readonly FactSource[] = ['chosen', 'answered', 'classified', 'implied']

/** The facts as responders' wishes are compared with them. */
export function requestFacts(facts: readonly Fact[]): HelpRequest['facts'] {
  const byAbout = new Map<FactAbout, Fact[]>()
  for (const fact of facts) {
    const same = byAbout.get(fact.about)
    if (same) same.push(fact)
    else byAbout.set(fact.about, [fact])
  }
  const request: { [about in FactAbout]?: readonly string[] } = {}
  for (const [about, known] of byAbout) {
    const source = single.has(about) ? surest.find((one) => known.some((fact) => fact.source === one)) : undefined
    const counting = source ? known.filter((fact) => fact.source === source) : known
    request[about] = [...new Set(counting.map(({ value }) => value))]
  }
  return request
}

/** Whether two lists say the same to a search: sources and labels aside. */
export function sameRequest(a: readonly Fact[], b: readonly Fact[]): boolean {
  return describe(a) === describe(b)
}

function describe(facts: readonly Fact[]): string {
  const entries = Object.entries(requestFacts(facts)).map(
    ([about, values]) => [about, [...(values ?? [])].sort()] as const,
  )
  return JSON.stringify(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}

const keyOf = ({ about, source }: Fact): string => `${source} ${about}`
