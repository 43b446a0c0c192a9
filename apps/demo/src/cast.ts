/** The invented people and sites of the demo: the server's demo data, the pocket devices and docs/demo.md all use these. */
export type CastMember = {
  /** Stands in paths and element ids. */
  id: string
  name: string
  /** What visitors see instead of the name. */
  alias: string
  email: string
  kind: 'responder' | 'visitor'
  /** Ids of `castSites[].topics`. */
  topics: readonly string[]
  /** Language tags, best first. */
  languages: readonly string[]
  /** Asked only about questions from there, as far as it is known where they come from. */
  regions?: readonly string[]
  /** Asked only in these hours of their own day; left out: at any. */
  hours?: { timeZone: string; days: readonly number[]; from: number; to: number }
  /** What they do besides answering. */
  role?: 'administrator'
  about: string
}

export type CastSite = {
  id: 'shop' | 'garden'
  name: string
  /** Title and first words of the chat window. */
  title: string
  greeting: string
  /** Accent of the chat window. */
  colour: `#${string}`
  languages: readonly string[]
  topics: readonly { id: string; name: string }[]
  /** What the window offers as an answer to "Where are you?". */
  regions?: readonly string[]
}

/** An address of its own for one thing: whoever comes by it asks the one who knows that thing best. */
export type CastLink = {
  code: string
  site: CastSite['id']
  name: string
  topic: string
  /** Id of the cast member who is asked, and nobody else. */
  person: string
}

export const cast: readonly CastMember[] = [
  {
    id: 'bo',
    name: 'Bo Lindqvist',
    alias: 'Juniper',
    email: 'bo@pocket.example',
    kind: 'responder',
    topics: ['boots', 'orders'],
    languages: ['en', 'sv'],
    role: 'administrator',
    about: 'Fits boots in the shop in the morning, answers from the train, and looks after the desk.',
  },
  {
    id: 'cleo',
    name: 'Cleo Marchetti',
    alias: 'Heather',
    email: 'cleo@pocket.example',
    kind: 'responder',
    topics: ['tents', 'boots', 'plants'],
    languages: ['en', 'it', 'de'],
    about: 'Sleeps outside more often than in. Sends photographs.',
  },
  {
    id: 'dag',
    name: 'Dag Solberg',
    alias: 'Rowan',
    email: 'dag@pocket.example',
    kind: 'responder',
    topics: ['orders', 'tents', 'plants'],
    languages: ['en', 'nb', 'de'],
    about: 'Knows where every parcel is. Goes on holiday in November.',
  },
  {
    id: 'eli',
    name: 'Eli Nakamura',
    alias: 'Linden',
    email: 'eli@pocket.example',
    kind: 'responder',
    topics: ['tents'],
    languages: ['en', 'ja'],
    regions: ['Alaska'],
    hours: { timeZone: 'America/Anchorage', days: [1, 2, 3, 4, 5, 6], from: 7 * 60, to: 22 * 60 },
    about: 'A guide in Alaska: wants no questions from elsewhere, and none at night or on Sundays.',
  },
  {
    id: 'ana',
    name: 'Ana Ferreira',
    alias: 'Visitor',
    email: 'ana@letters.example',
    kind: 'visitor',
    topics: [],
    languages: ['en', 'pt'],
    about: 'A customer. The shop never learns this name, unless she gives her address to get the answer by mail.',
  },
]

export const responders: readonly CastMember[] = cast.filter(({ kind }) => kind === 'responder')

export const visitor: CastMember | undefined = cast.find(({ kind }) => kind === 'visitor')

export const castSites: readonly CastSite[] = [
  {
    id: 'shop',
    name: 'Fjord & Field',
    title: 'Ask Fjord & Field',
    greeting: 'What are you planning? Someone who has been out there will answer.',
    colour: '#23584b',
    languages: ['en', 'de', 'es', 'fr', 'it', 'nb', 'sv'],
    topics: [
      { id: 'boots', name: 'Boots and clothing' },
      { id: 'tents', name: 'Tents and sleeping' },
      { id: 'orders', name: 'Orders and delivery' },
    ],
    regions: ['Norway', 'Sweden', 'Germany', 'Alaska'],
  },
  {
    id: 'garden',
    name: 'Fjord & Garden',
    title: 'Ask Fjord & Garden',
    greeting: 'Something will not grow? Tell us what you see.',
    colour: '#6b4a7d',
    languages: ['en', 'de', 'es', 'fr', 'it', 'nb', 'sv'],
    topics: [
      { id: 'plants', name: 'Plants and soil' },
      { id: 'orders', name: 'Orders and delivery' },
    ],
  },
]

export const castLinks: readonly CastLink[] = [
  { code: 'spire-seeds', site: 'garden', name: 'Spire seed box', topic: 'plants', person: 'cleo' },
  { code: 'lind-pot', site: 'garden', name: 'Lind pot', topic: 'plants', person: 'dag' },
]
