import type {
  CategoriesView,
  ColleaguesView,
  ConversationView,
  FieldsView,
  InteractionReaders,
  InteractionView,
  InvitationsView,
  MessageView,
  ParticipantView,
  SearchResponse,
  SeesConversation,
  WatchPage,
} from '@parley/protocol'
import type { FakeServer } from './fake-server.fixture.ts'
import { people, teams } from './people.fixture.ts'

const id = (n: number) => `0190b000-0000-7000-8000-${String(n).padStart(12, '0')}`
const at = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()

const participant = (n: number, alias: string, more: Partial<ParticipantView> = {}): ParticipantView => ({
  id: id(n),
  you: false,
  role: 'responder',
  alias,
  colour: n % 8,
  state: 'here',
  delivered: 0,
  read: 0,
  ...more,
})
const bo = (n: number) => participant(n, 'Bo', { you: true, read: 9 })

const interaction = (
  n: number,
  kind: InteractionView['kind'],
  participants: ParticipantView[],
  more: Partial<InteractionView> = {},
): InteractionView => ({
  id: id(n),
  ticket: id(11),
  kind,
  state: 'open',
  length: 0,
  writable: true,
  participants,
  ...more,
})

const visitor = participant(101, 'Visitor 7', { role: 'initiator', read: 2 })
export const exchange = interaction(21, 'exchange', [visitor, bo(102), participant(103, 'Olga')], { length: 3 })
export const whispers = interaction(22, 'backchannel', [participant(111, 'Sue'), bo(112), participant(113, 'Olga')], {
  parent: exchange.id,
  purpose: 'whisper',
  length: 2,
})
export const workshop = interaction(23, 'backchannel', [bo(121), participant(122, 'Ivo')], {
  parent: exchange.id,
  name: 'Workshop',
  length: 1,
})
export const second = interaction(24, 'exchange', [participant(131, 'Visitor 7', { role: 'initiator' }), bo(132)], {
  ticket: id(12),
})
export const tickets = [
  { id: id(11), state: 'open' as const, name: 'Ferry' },
  { id: id(12), state: 'open' as const, name: 'Invoice' },
]

export const conversation: ConversationView = {
  id: id(1),
  site: id(51),
  state: 'open',
  topic: 'Orders and delivery',
  language: 'en',
  createdAt: at(90),
  hunt: 'found',
  tags: ['island', 'urgent'],
  folder: 'Autumn',
  sealed: true,
  links: [{ of: 'conversation', id: id(2), conversation: id(2), from: id(11) }],
  tickets,
  interactions: [exchange, whispers, workshop, second],
}
export const other: ConversationView = {
  id: id(2),
  site: id(51),
  state: 'open',
  topic: null,
  language: 'en',
  createdAt: at(60),
  hunt: 'found',
  interactions: [
    interaction(31, 'exchange', [participant(141, 'Visitor 12', { role: 'initiator' }), bo(142)], { length: 1 }),
  ],
}

export const messages: Record<string, MessageView[]> = {
  [exchange.id]: [
    { n: 1, id: id(201), from: visitor.id, at: at(30), text: 'Does the ferry take bicycles?' },
    { n: 2, id: id(202), from: id(102), at: at(20), text: 'It does, for four euros.' },
    {
      n: 3,
      id: id(203),
      from: id(102),
      at: at(3),
      text: 'She called and asked for Sunday.',
      filed: { at: at(300), by: 'Visitor 7', over: 'phone' },
      sealed: true,
    },
  ],
  [whispers.id]: [
    { n: 1, id: id(211), from: id(111), at: at(15), text: 'Offer her the return ticket.' },
    { n: 2, id: id(212), from: id(113), at: at(14), text: 'Good idea.' },
  ],
  [workshop.id]: [{ n: 1, id: id(221), from: id(122), at: at(10), text: 'The rack on deck two is broken.' }],
  [second.id]: [],
  [id(31)]: [{ n: 1, id: id(231), from: id(141), at: at(5), text: 'It is me again, from the other address.' }],
}

const colleagues: ColleaguesView = {
  colleagues: [
    { id: id(301), alias: 'Olga', name: 'Olga Ruiz', role: 'operator', state: 'here', open: 2, capacity: 5, teams: [] },
    { id: id(302), alias: 'Otto', name: null, role: 'operator', state: 'away', open: 0, capacity: null, teams: [] },
  ],
  next: null,
}

export const fields: FieldsView = {
  name: null,
  category: id(401),
  tags: ['island', 'urgent'],
  metadata: {},
  folder: 'Autumn',
  categories: null,
  choices: [id(401), id(402)],
  answers: null,
  takesFrom: null,
  takesUntil: null,
  primary: null,
}
const categories: CategoriesView = {
  categories: [
    { id: id(401), name: 'Delivery', colour: 1, isRetired: false },
    { id: id(402), name: 'Money', colour: 4, isRetired: false },
    { id: id(403), name: 'Old things', colour: 0, isRetired: true },
  ],
}

const member = { basis: 'member' as const, from: 1, to: null, since: at(90), by: null, under: null }
const readers: InteractionReaders = {
  readers: [
    { person: id(901), alias: 'Visitor 7', you: false, isHere: true, mayTakeBack: false, rights: [member] },
    { person: id(902), alias: 'Bo', you: true, isHere: true, mayTakeBack: false, rights: [member] },
    {
      ...{ person: id(301), alias: 'Olga', you: false, isHere: true, mayTakeBack: true },
      rights: [member, { ...member, basis: 'grant', from: null, since: at(9), by: 'Sue', under: 'let-see' }],
    },
    {
      ...{ person: id(302), alias: 'Otto', you: false, isHere: false, mayTakeBack: true },
      rights: [{ ...member, basis: 'grant', from: 2, to: 3, since: at(8), by: 'Bo' }],
    },
    {
      ...{ person: id(303), alias: 'Ivo', you: false, isHere: false, mayTakeBack: true },
      rights: [{ ...member, basis: 'rule', from: 4, since: at(7), under: { team: teams[0]?.id ?? '' } }],
    },
  ],
}

const invitations: InvitationsView = {
  open: [
    {
      id: id(501),
      by: 'Olga',
      site: 'Harbour Bikes',
      note: 'Do you know the timetable of the ferry?',
      kind: 'backchannel',
      at: at(4),
      until: at(-600),
    },
  ],
  sent: [
    {
      id: id(502),
      conversation: conversation.id,
      interaction: workshop.id,
      alias: 'Captain Ida',
      at: at(9),
      until: at(-600),
      state: 'open',
    },
  ],
}

const watch: WatchPage = {
  conversations: [
    {
      id: id(3),
      site: 'Harbour Bikes',
      state: 'open',
      asker: 'Visitor 31',
      topic: 'Repairs',
      language: 'en',
      hunt: 'found',
      startedAt: at(80),
      lastAt: at(2),
      interactions: [
        {
          id: id(41),
          kind: 'exchange',
          state: 'open',
          parent: null,
          people: [
            { person: id(601), alias: 'Visitor 31', role: 'initiator' },
            { person: id(301), alias: 'Olga', role: 'responder' },
          ],
          you: 'none',
        },
      ],
    },
  ],
  next: null,
}

const found: SearchResponse = {
  hits: [
    {
      conversation: conversation.id,
      interaction: exchange.id,
      n: 2,
      message: id(202),
      at: at(20),
      by: 'Bo',
      excerpt: [
        { text: 'It does, for four ', hit: false },
        { text: 'euros', hit: true },
        { text: '.', hit: false },
      ],
    },
  ],
  next: null,
}

const seen = (
  view: InteractionView,
  rights: SeesConversation['tickets'][number]['interactions'][number]['rights'],
) => ({
  interaction: view,
  ranges: [{ from: 1, to: null }],
  messages: view.length,
  rights,
  backchannels: [],
})
const since = at(40)
const sees: SeesConversation = {
  conversation,
  tickets: [
    {
      id: id(11),
      interactions: [
        {
          ...seen(exchange, [{ basis: 'member', from: 1, to: null, since, by: null, under: null }]),
          backchannels: [
            seen(whispers, [
              { basis: 'member', from: 2, to: 5, since, by: 'Sue', under: null },
              { basis: 'rule', from: 7, to: null, since, by: null, under: { team: teams[0]?.id ?? '' } },
            ]),
          ],
        },
      ],
    },
  ],
}

export const done = [
  { operation: id(701), name: 'merge', by: 'Olga', you: false, at: at(6), undoable: true, undone: false },
  { operation: id(702), name: 'split', by: 'Bo', you: true, at: at(16), undoable: true, undone: true },
]

const seer = people[1]?.id ?? ''
export const seerPath = `/desk/admin/people/${seer}`
export const conversationPath = `/desk/conversations/${conversation.id}`
export const personId = id(302)

/** A desk with one conversation of many parts, and another. */
export function withStructure(server: FakeServer): void {
  server.holds([conversation, other], messages)
  server.answer('GET /api/desk/colleagues', 200, colleagues)
  server.answer('GET /api/desk/fields', 200, fields)
  server.answer('GET /api/desk/categories', 200, categories)
  server.answer(
    'GET /api/desk/admin/categories',
    200,
    categories.categories.map(({ name, ...rest }) => ({ ...rest, names: { en: name } })),
  )
  for (const view of [exchange, whispers, workshop])
    server.answer(`GET /api/desk/interactions/${view.id}/rights`, 200, readers)
  server.answer('GET /api/desk/invitations', 200, invitations)
  server.answer('GET /api/desk/watch', 200, watch)
  server.answer('GET /api/desk/search', 200, found)
  server.answer('GET /api/desk/admin/people', 200, people)
  server.answer('GET /api/desk/admin/teams', 200, teams)
  server.answer(`GET /api/desk/admin/responders/${seer}/criteria`, 200, { criteria: {} })
  server.answer(`GET /api/desk/admin/people/${seer}/sees`, 200, { conversations: [conversation, other], next: null })
  server.answer(`GET /api/desk/admin/people/${seer}/sees/${conversation.id}`, 200, sees)
  server.answer(`GET /api/desk/admin/people/${seer}/sees/${conversation.id}/${whispers.id}`, 200, {
    messages: messages[whispers.id],
    more: false,
  })
  server.answer('GET /api/desk/operations', 200, done)
  const operations = [
    'whisper',
    'open-backchannel',
    'invite',
    'transfer',
    'merge',
    'split',
    'copy',
    'undo',
    'file',
    'answer-invitation',
    'observe',
    'set-fields',
    'close',
    'leave',
    'remove',
    'erase',
    'open-own-space',
    'grant',
    'revoke',
    'let-team-in',
    'let-see',
    'set-place',
    'unlink',
  ]
  for (const name of operations)
    server.answer(`POST /api/desk/operations/${name}`, 200, {
      operation: id(801),
      conversation: other.id,
      undoable: ['merge', 'split', 'copy', 'transfer'].includes(name),
    })
}
