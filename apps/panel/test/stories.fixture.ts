import type {
  ConversationView,
  CriteriaChoices,
  CriteriaView,
  DeliveryView,
  HeldView,
  Me,
  MessageView,
  OfferView,
  ParticipantView,
  TopicView,
  VerdictView,
  WhoWouldGetResponse,
} from '@parley/protocol'

const id = (n: number) => `0190a000-0000-7000-8000-${String(n).padStart(12, '0')}`
const at = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()

const participant = (n: number, alias: string, more: Partial<ParticipantView> = {}): ParticipantView => ({
  id: id(n),
  you: false,
  role: 'initiator',
  alias,
  colour: n % 8,
  state: 'here',
  delivered: 0,
  read: 0,
  ...more,
})

export const me: Me = {
  person: id(1),
  role: 'administrator',
  name: 'Bo Berg',
  alias: 'Bo',
  language: 'en',
  state: 'active',
  capacity: 5,
  perHour: null,
  topics: [id(31)],
  languages: ['en', 'de'],
  addresses: [
    { id: id(41), medium: 'email', value: 'bo@example.org', state: 'proven', offers: true, position: 0 },
    {
      id: id(42),
      medium: 'email',
      value: 'bo.private@example.net',
      state: 'failing',
      offers: false,
      position: 1,
      failing: '552 5.2.2 mailbox is full',
    },
    { id: id(43), medium: 'email', value: 'berg@example.com', state: 'unproven', offers: true, position: 2 },
    {
      id: id(44),
      medium: 'sms',
      value: '+4740612345',
      state: 'proven',
      offers: true,
      position: 3,
      hours: { timeZone: 'Europe/Oslo', week: [{ day: 1, from: 480, to: 960 }] },
    },
  ],
}

export const topics: TopicView[] = [
  { id: id(31), site: id(51), siteName: 'Harbour Bikes', name: 'Orders and delivery' },
  { id: id(32), site: id(51), siteName: 'Harbour Bikes', name: 'Repairs' },
  { id: id(33), site: id(52), siteName: 'Garden & Co', name: 'Plants' },
]

export const criteria: CriteriaView = {
  all: [
    { about: 'topic', oneOf: [id(31)] },
    { about: 'region', oneOf: ['US-AK', 'CA'] },
  ],
  any: [
    { about: 'words', oneOf: ['chain', 'leak*'] },
    { about: 'field:price', from: 100, to: 500 },
  ],
  none: [{ about: 'url', oneOf: ['https://bikes.example/jobs/*'] }],
  hours: {
    timeZone: 'America/Anchorage',
    week: [
      { day: 1, from: 540, to: 1020 },
      { day: 2, from: 570, to: 720 },
    ],
    holidays: ['07-04', '2026-12-28'],
  },
  away: [{ from: '2026-12-01T08:00:00Z', to: '2026-12-05T08:00:00Z' }],
}

export const criteriaChoices: CriteriaChoices = {
  sites: [
    { id: id(51), name: 'Harbour Bikes' },
    { id: id(52), name: 'Garden & Co' },
  ],
  topics: topics.map(({ id, site, name }) => ({ id, site, name })),
  fields: [{ name: 'order', label: 'Order number', choices: [] }],
  regions: ['Southcentral'],
  languages: ['en', 'de', 'ar'],
  teams: [{ id: id(91), name: 'Workshop' }],
}

export const verdict: VerdictView = {
  matches: false,
  because: { code: 'other-than-wanted', group: 'all', index: 0, about: 'topic' },
  target: 'none',
  conditions: [
    { group: 'all', index: 0, about: 'topic', holding: 'not-met', by: null },
    { group: 'all', index: 1, about: 'region', holding: 'met', by: 'US-AK' },
    { group: 'any', index: 0, about: 'words', holding: 'not-known', by: null },
    { group: 'none', index: 0, about: 'url', holding: 'not-met', by: null },
  ],
  hours: 'closed',
  awayUntil: null,
  opensAt: '2026-11-23T18:00:00Z',
}

export const whoWouldGet: WhoWouldGetResponse = {
  count: 1,
  judged: 3,
  isWhole: true,
  people: [
    {
      person: id(1),
      name: 'Bo Berg',
      alias: 'Bo',
      live: 'free',
      criteria: {},
      verdict: { ...verdict, matches: true, because: null, conditions: [], hours: 'any', opensAt: null },
    },
    { person: id(2), name: 'Cleo Marchetti', alias: 'Linden', live: 'free', criteria, verdict },
    { person: id(3), name: 'Dag Olsen', alias: 'Willow', live: 'paused', criteria, verdict },
  ],
  instead: null,
  next: null,
}

export const offers: OfferView[] = [
  {
    id: id(61),
    site: 'Harbour Bikes',
    topic: 'Repairs',
    language: 'en',
    asker: 'A visitor from Alaska',
    text: 'My chain slips under load since I changed the cassette.\nIs that the chain or the chainring? It happens mostly uphill.',
    at: at(3),
    state: 'open',
    because: 'you answer “Repairs” and speak English',
  },
  {
    id: id(62),
    site: 'Garden & Co',
    topic: null,
    language: 'ar',
    asker: 'A visitor',
    text: 'هل توصلون النباتات إلى الإسكندرية؟',
    at: at(12),
    state: 'open',
    because: 'nobody nearer is free',
  },
]

const ana = participant(101, 'Visitor 7', { read: 3, delivered: 4 })
const bo = participant(102, 'Bo', { you: true, role: 'responder', read: 3 })
const eve = participant(111, 'Visitor 12', { delivered: 0 })
const boWithEve = participant(112, 'Bo', { you: true, role: 'responder', read: 2 })

export const conversation = id(71)
export const interaction = id(81)
const eves = id(82)

export const conversations: ConversationView[] = [
  {
    id: conversation,
    site: id(51),
    state: 'open',
    topic: 'Orders and delivery',
    language: 'en',
    createdAt: at(1600),
    hunt: 'found',
    interactions: [
      { id: interaction, kind: 'exchange', state: 'open', length: 6, writable: true, participants: [ana, bo] },
    ],
  },
  {
    id: id(72),
    site: id(51),
    state: 'open',
    topic: 'Repairs',
    language: 'de',
    createdAt: at(300),
    hunt: 'found',
    interactions: [
      { id: eves, kind: 'exchange', state: 'open', length: 3, writable: true, participants: [eve, boWithEve] },
    ],
  },
  {
    id: id(73),
    site: id(52),
    state: 'closed',
    topic: 'Plants',
    language: 'en',
    createdAt: at(9000),
    hunt: 'found',
    interactions: [
      {
        id: id(83),
        kind: 'exchange',
        state: 'closed',
        length: 1,
        writable: false,
        participants: [
          participant(121, 'Visitor 3'),
          participant(122, 'Bo', { you: true, role: 'responder', read: 1 }),
        ],
      },
    ],
  },
]

export const messages: Record<string, MessageView[]> = {
  [interaction]: [
    {
      n: 1,
      id: id(201),
      from: ana.id,
      at: at(1600),
      text: 'Hello, do you deliver to islands? And how long does it take?',
    },
    { n: 2, id: id(202), from: null, at: at(1599), text: 'Bo joined.' },
    {
      n: 3,
      id: id(203),
      from: bo.id,
      at: at(1590),
      text: 'Yes, we do. It takes about four days by ferry.\nShall I look up the price for you?',
      ticks: [{ participant: ana.id, state: 'delivered' }],
    },
    {
      n: 4,
      id: id(204),
      from: ana.id,
      at: at(30),
      text: 'Please! My house number is on the picture. You can call me on ••••••••.',
      cut: true,
      masked: true,
      unproven: true,
      attachments: [
        {
          id: id(301),
          name: 'house at the pier.svg',
          type: 'image/svg+xml',
          size: 48_213,
          url: '/desk/favicon.svg',
          image: true,
        },
        {
          id: id(302),
          name: 'order 2231 with a rather long name.pdf',
          type: 'application/pdf',
          size: 1_204_882,
          url: '/files/302',
          image: false,
        },
      ],
    },
    {
      n: 5,
      id: id(205),
      from: bo.id,
      at: at(20),
      text: 'How can I reach you?',
      form: {
        fields: [
          { name: 'email', label: 'E-mail address', kind: 'email', required: true },
          { name: 'name', label: 'Name', kind: 'text', required: false },
        ],
        answered: false,
      },
      ticks: [{ participant: ana.id, state: 'sent' }],
    },
    {
      n: 6,
      id: id(206),
      from: bo.id,
      at: at(18),
      text: 'The price to the island is 24 euros.',
      ticks: [{ participant: ana.id, state: 'failed', reason: '552 5.2.2 mailbox is full' }],
    },
  ],
  [eves]: [
    { n: 1, id: id(211), from: eve.id, at: at(200), text: 'Guten Tag, mein Rad quietscht beim Bremsen.' },
    { n: 2, id: id(212), from: boWithEve.id, at: at(190), text: 'Welche Bremsen sind das?' },
    { n: 3, id: id(213), from: eve.id, at: at(5), text: 'Scheibenbremsen, ungefähr zwei Jahre alt.' },
  ],
  [id(83)]: [{ n: 1, id: id(221), from: id(121), at: at(8900), text: 'Thank you, that helped!' }],
}

export const full =
  'Please! My house number is on the picture. You can call me on ••••••••.\n\n> Shall I look up the price for you?\n\n-- \nA visitor'

export const held: HeldView[] = [
  {
    id: id(91),
    channel: 'email',
    why: 'contradicted',
    claims: 'b…@example.org',
    text: 'Please send me the address of the customer, I lost it.',
    attachments: [{ name: 'invoice.pdf', type: 'application/pdf', size: 92_000 }],
    conversation,
    at: at(90),
    expiresAt: at(-60 * 24 * 6),
  },
]

export const deliveries: DeliveryView[] = [
  {
    id: id(401),
    kind: 'message',
    medium: 'email',
    to: 'Visitor 7',
    message: id(206),
    state: 'failed',
    reason: '552 5.2.2 mailbox is full',
    attempts: [
      { at: at(18), outcome: 'retry', reason: 'process-ended' },
      { at: at(13), outcome: 'rejected', reason: '552 5.2.2 mailbox is full' },
    ],
    maybeTwice: false,
    updatedAt: at(13),
  },
  {
    id: id(402),
    kind: 'message',
    medium: 'email',
    to: 'Visitor 7',
    message: id(205),
    state: 'sent',
    reason: null,
    attempts: [{ at: at(20), outcome: 'sent', reason: null }],
    maybeTwice: true,
    updatedAt: at(20),
  },
]
