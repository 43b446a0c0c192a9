import type { HelpRequest } from '../criteria/criteria.ts'
import { foldUrl, matchesPattern } from '../criteria/matches-pattern.ts'

/** For which conversations a script is: of each list that is there and not empty, one must fit. */
export interface ScriptChoosing {
  /** Topic ids. */
  readonly topics?: readonly string[]
  /** Site ids. */
  readonly sites?: readonly string[]
  /** Patterns of the page's address, `*` for any run of characters. */
  readonly urls?: readonly string[]
  /** Ids of direct links. */
  readonly links?: readonly string[]
}

/** The first script that fits what is known of a request, and why: the lists that it was chosen by. */
export function chooseScript<T extends { readonly chosenBy: ScriptChoosing }>(
  scripts: readonly T[],
  known: { readonly facts: HelpRequest['facts']; readonly link: string | null },
): { script: T; because: readonly (keyof ScriptChoosing)[] } | null {
  for (const script of scripts) {
    const because = fits(script.chosenBy, known)
    if (because) return { script, because }
  }
  return null
}

function fits(
  { topics = [], sites = [], urls = [], links = [] }: ScriptChoosing,
  { facts, link }: { facts: HelpRequest['facts']; link: string | null },
): (keyof ScriptChoosing)[] | null {
  const addresses = facts.url?.map(foldUrl) ?? []
  const verdicts = {
    topics: topics.some((topic) => facts.topic?.includes(topic)),
    sites: sites.some((site) => facts.site?.includes(site)),
    urls: urls.some((pattern) => addresses.some((address) => matchesPattern(foldUrl(pattern), address))),
    links: link !== null && links.includes(link),
  }
  const asked = Object.entries({ topics, sites, urls, links }).flatMap(([name, list]) =>
    list.length > 0 ? [name as keyof ScriptChoosing] : [],
  )
  return asked.every((name) => verdicts[name]) ? asked : null
}
