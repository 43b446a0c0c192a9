/** What a request is about, as far as it is known. `null` is not known, and then excludes nobody. */
export type KnownRequest = {
  readonly site: string
  readonly topic: string | null
  /** BCP 47, for example `de` or `pt-BR`. */
  readonly language: string | null
  /** ISO 3166, for example `US` or `US-AK`. */
  readonly region: string | null
}

/** What a responder wants to be asked. A list that is absent means any, an empty one means none. */
export type ResponderCriteria = {
  readonly sites?: readonly string[]
  readonly topics?: readonly string[]
  readonly languages?: readonly string[]
  readonly regions?: readonly string[]
  readonly paused: boolean
  /** How many conversations at once; `null` sets no bound. */
  readonly capacity: number | null
  /** How many are open now. */
  readonly open: number
}

export type KnownVerdict =
  | { readonly matches: true }
  | {
      readonly matches: false
      readonly because: 'paused' | 'at-capacity' | 'other-site' | 'other-topic' | 'other-language' | 'other-region'
    }

/** Whether a responder is to be offered this request, and if not, why not. */
export function matchCriteria(request: KnownRequest, responder: ResponderCriteria): KnownVerdict {
  if (responder.paused) return { matches: false, because: 'paused' }
  if (!wants(responder.sites, request.site, same)) return { matches: false, because: 'other-site' }
  if (!wants(responder.topics, request.topic, same)) return { matches: false, because: 'other-topic' }
  if (!wants(responder.languages, request.language, speaks)) return { matches: false, because: 'other-language' }
  if (!wants(responder.regions, request.region, contains)) return { matches: false, because: 'other-region' }
  // Last, so that "at capacity" is only ever said of someone who would otherwise be asked.
  if (responder.capacity !== null && responder.open >= responder.capacity)
    return { matches: false, because: 'at-capacity' }
  return { matches: true }
}

function wants(list: readonly string[] | undefined, value: string | null, fits: Fits): boolean {
  return list === undefined || value === null || list.some((wanted) => fits(wanted, value))
}

type Fits = (wanted: string, value: string) => boolean

const same: Fits = (wanted, value) => wanted === value

// Who answers in pt-BR understands a question in pt-PT; which of the two was set is often an accident of the browser.
const speaks: Fits = (wanted, value) => primary(wanted) === primary(value)

// Who wants the United States wants Alaska. Who wants Alaska is not asked about "somewhere in the United States".
const contains: Fits = (wanted, value) => {
  const [area, place] = [wanted.toUpperCase(), value.toUpperCase()]
  return place === area || place.startsWith(`${area}-`)
}

const primary = (language: string): string => language.toLowerCase().split('-', 1)[0] ?? ''
