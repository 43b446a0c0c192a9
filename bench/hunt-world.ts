import { type Seeded, seeded } from '@parley/dev-env'
import type { Condition, Criteria, HelpRequest, Hours, Wanting } from '@parley/rules'

/** A market place of responders: mixed wishes, and requests of which much is known, as a window tells it. */
export interface HuntWorld {
  wanting(number: number): Wanting
  request(number: number): HelpRequest
}

const named = (name: string, count: number): string[] => Array.from({ length: count }, (_, n) => `${name}-${n}`)
const topics = named('topic', 2_500)
const products = named('product', 20_000)
const words = named('word', 8_000)
const sites = named('site', 20)
const languages = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pl', 'pt-BR', 'ru', 'ar', 'ja', 'tr']
const countries = [
  'US',
  'DE',
  'FR',
  'ES',
  'IT',
  'NL',
  'PL',
  'BR',
  'GB',
  'JP',
  'CA',
  'AU',
  'IN',
  'MX',
  'SE',
  'CH',
  'AT',
  'BE',
  'PT',
  'NO',
]
const regions = countries.flatMap((country) => named(country, 15))
const shops = named('shop', 300)
const sections = named('section', 60)
const zones = [
  'Europe/Berlin',
  'Europe/London',
  'America/New_York',
  'America/Los_Angeles',
  'America/Sao_Paulo',
  'Asia/Tokyo',
  'Asia/Kolkata',
  'Australia/Sydney',
  'Europe/Istanbul',
  'America/Anchorage',
]
const teams = named('team', 200)

/** The first few are asked for much more often than the rest. */
function usual(random: Seeded, from: readonly string[]): string {
  return from[Math.floor(random.next() ** 1.3 * from.length)] ?? ''
}

function some(random: Seeded, from: readonly string[], most: number): string[] {
  return Array.from({ length: random.int(1, most) }, () => usual(random, from))
}

export function huntWorld(seed: number): HuntWorld {
  return {
    wanting: (number) => wantingOf(seeded(seed + number * 2_654_435_761), number),
    request: (number) => requestOf(seeded(seed + 1 + number * 40_503)),
  }
}

function wantingOf(random: Seeded, number: number): Wanting {
  const all = [mainInterest(random)]
  if (random.chance(0.7)) all.push({ about: 'language', oneOf: some(random, languages, 2) })
  if (random.chance(0.5))
    all.push({ about: 'region', oneOf: some(random, random.chance(0.5) ? countries : regions, 3) })
  if (random.chance(0.15)) all.push({ about: 'site', oneOf: some(random, sites, 3) })
  if (random.chance(0.05))
    all.push({ about: 'field:budget', from: random.int(0, 40) * 50, to: 2_000 + random.int(0, 40) * 50 })
  const criteria: Criteria = {
    all,
    ...(random.chance(0.12) ? { any: anyOf(random) } : {}),
    ...(random.chance(0.15) ? { none: noneOf(random) } : {}),
    ...(random.chance(0.5) ? { hours: hoursOf(random) } : {}),
    ...(random.chance(0.03) ? { away: [awayOf(random)] } : {}),
  }
  const id = number.toString(16).padStart(12, '0')
  return { person: `018f3c2a-7b1d-7e55-9c0a-${id}`, teams: random.chance(0.05) ? [random.pick(teams)] : [], criteria }
}

function mainInterest(random: Seeded): Condition {
  const kind = random.next()
  if (kind < 0.7) return { about: 'topic', oneOf: some(random, topics, 4) }
  if (kind < 0.85) return { about: 'product', oneOf: some(random, products, 5) }
  if (kind < 0.95) return { about: 'words', oneOf: Array.from({ length: random.int(1, 4) }, () => phraseOf(random)) }
  return {
    about: 'url',
    oneOf: [`https://${random.pick(shops)}.example/${random.chance(0.8) ? `${random.pick(sections)}/` : ''}*`],
  }
}

function phraseOf(random: Seeded): string {
  const word = usual(random, words)
  if (random.chance(0.2)) return `${word.slice(0, -1)}*`
  return random.chance(0.3) ? `${word} ${usual(random, words)}` : word
}

const anyOf = (random: Seeded): Condition[] => [
  { about: 'topic', oneOf: some(random, topics, 40) },
  random.chance(0.5)
    ? { about: 'words', oneOf: [phraseOf(random), phraseOf(random)] }
    : { about: 'region', oneOf: some(random, regions, 5) },
]

const noneOf = (random: Seeded): Condition[] => [
  random.chance(0.5)
    ? { about: 'language', oneOf: [random.pick(languages)] }
    : { about: 'words', oneOf: [phraseOf(random)] },
]

function hoursOf(random: Seeded): Hours {
  const from = random.int(24, 44) * 15
  const to = from + random.int(16, 40) * 15
  const days = random.chance(0.7) ? [1, 2, 3, 4, 5] : [1, 2, 3, 4, 5, 6, 7]
  return {
    timeZone: random.pick(zones),
    week: days.map((day) => ({ day, from, to: Math.min(to, 1_440) })),
    ...(random.chance(0.3) ? { holidays: ['12-25', '01-01'] } : {}),
  }
}

function awayOf(random: Seeded) {
  const from = Date.parse('2026-06-01T00:00Z') + random.int(0, 40) * 21_600_000
  return { from: new Date(from).toISOString(), to: new Date(from + random.int(1, 20) * 43_200_000).toISOString() }
}

function requestOf(random: Seeded): HelpRequest {
  return {
    facts: {
      site: [random.pick(sites)],
      topic: [random.pick(topics)],
      product: [random.pick(products)],
      language: [random.pick(languages)],
      region: [random.pick(regions)],
      url: [`https://${random.pick(shops)}.example/${random.pick(sections)}/article-${random.int(1, 9_999)}?ref=start`],
      ...(random.chance(0.3) ? { 'field:budget': [String(random.int(1, 3_000))] } : {}),
    },
    text: Array.from({ length: random.int(5, 40) }, () => usual(random, words)).join(' '),
  }
}
