import type {
  AdminPerson,
  AdminSite,
  JoiningView,
  JoinPageView,
  LinkView,
  OwnAddressesView,
  OwnAddressView,
  TeamView,
} from '@parley/protocol'
import type { FakeServer } from './fake-server.fixture.ts'
import { withPrograms } from './programs.fixture.ts'

const id = (n: number) => `0190a000-0000-7000-8000-${String(n).padStart(12, '0')}`
const at = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()

const person = (n: number, name: string, more: Partial<AdminPerson> = {}): AdminPerson => ({
  id: id(n),
  name,
  alias: name.split(' ')[0] ?? name,
  language: 'en',
  role: 'responder',
  state: 'active',
  capacity: null,
  open: 0,
  asked: 0,
  teams: [],
  addresses: [{ medium: 'email', value: `${name.split(' ')[0]?.toLowerCase()}@people.test`, state: 'proven' }],
  since: at(-30),
  ...more,
})

export const people: AdminPerson[] = [
  person(1, 'Gus Petrosyan', { state: 'waiting' }),
  person(2, 'Bo Berg', { role: 'administrator', open: 3, asked: 1, teams: [id(11)] }),
  person(3, 'Cleo Marchetti', { role: 'supervisor', state: 'paused' }),
  person(4, 'Dag Halvorsen', { addresses: [{ medium: 'email', value: 'dag@people.test', state: 'failing' }] }),
  person(5, 'Eli Nakamura'),
  person(6, 'Fay Abernathy', { state: 'removed', addresses: [] }),
]

export const teams: TeamView[] = [
  { id: id(11), kind: 'department', names: { en: 'Workshop', de: 'Werkstatt' }, members: [id(2)] },
]

const sites: AdminSite[] = [
  {
    id: id(21),
    key: 'Zm9vYmFyYmF6',
    name: 'Harbour Bikes',
    domains: ['bikes.example', 'localhost:8080'],
    policy: {
      circle: 'private',
      admission: { kind: 'first-n', slots: 2 },
      hunt: { reach: 'best', most: 20, waves: [{ afterMs: 0, most: 3 }] },
      fields: { visitor: [], responder: ['name'] },
      window: { title: { en: 'Ask the harbour' }, greeting: {}, colour: '#1f6f5c', topic: 'optional' },
    },
    topics: [
      { id: id(31), names: { en: 'Orders and delivery' } },
      { id: id(32), names: { en: 'Repairs' } },
    ],
  },
]

const link = (n: number, name: string, more: Partial<LinkView> = {}): LinkView => ({
  id: id(n),
  site: id(21),
  code: name.toLowerCase().replaceAll(' ', '-'),
  url: `https://parley.example/l/${name.toLowerCase().replaceAll(' ', '-')}`,
  name,
  topic: null,
  people: [],
  teams: [],
  facts: {},
  uses: null,
  used: 0,
  expiresAt: null,
  createdAt: at(-2),
  ...more,
})

export const links: LinkView[] = [
  link(41, 'Flat 7', { people: [id(2)], facts: { product: ['Harbour Street 7'] }, used: 12, expiresAt: at(20) }),
  link(42, 'Old boat shed', { expiresAt: at(-1), used: 3 }),
]

const ownAddress = (n: number, value: string, more: Partial<OwnAddressView>): OwnAddressView => ({
  id: id(n),
  medium: 'sms',
  value,
  purpose: 'both',
  site: id(21),
  language: null,
  keywords: [],
  isRetired: false,
  places: 0,
  begun: 0,
  createdAt: at(-9),
  ...more,
})

export const ownAddresses: OwnAddressesView = {
  media: [
    { medium: 'email', isShared: false },
    { medium: 'sms', isShared: true },
  ],
  addresses: [
    ownAddress(61, '+4759440001', {
      places: 7,
      begun: 2,
      language: 'de',
      keywords: [{ keyword: 'kayak*', topic: id(31) }],
    }),
    ownAddress(62, '+4759440002', { purpose: 'pool', site: null, places: 3 }),
    ownAddress(63, 'help.with.a.rather.long.name@bikes.example', { medium: 'email', purpose: 'public' }),
    ownAddress(64, '+4759440009', { isRetired: true }),
  ],
}

const joining: JoiningView = {
  mode: 'approved',
  url: 'https://parley.example/join/0123456789abcdef',
  invitations: [
    { id: id(51), name: 'Summer helpers', team: id(11), uses: 10, used: 4, expiresAt: at(9), createdAt: at(-3) },
    { id: id(52), name: 'Dag', team: null, uses: 1, used: 1, expiresAt: at(9), createdAt: at(-4) },
  ],
}

const joinPage: JoinPageView = {
  account: 'Harbour Bikes',
  mode: 'approved',
  media: ['email', 'sms', 'xmpp'],
  topics: [
    { id: id(31), site: 'Harbour Bikes', name: 'Orders and delivery' },
    { id: id(32), site: 'Harbour Bikes', name: 'Repairs' },
  ],
}

export const joinPath = '/desk/join/0123456789abcdef'
export const sitePath = `/desk/admin/sites/${id(21)}`
export const personPath = `/desk/admin/people/${id(2)}`

/** The server that the administration and the joining page know. */
export function withPeople(server: FakeServer): void {
  withPrograms(server)
  server.answer('GET /api/desk/admin/people', 200, people)
  server.answer('GET /api/desk/admin/teams', 200, teams)
  server.answer('GET /api/desk/admin/sites', 200, sites)
  server.answer('GET /api/desk/admin/links', 200, links)
  server.answer('GET /api/desk/admin/own-addresses', 200, ownAddresses)
  server.answer('GET /api/desk/admin/joining', 200, joining)
  server.answer(`GET /api/desk/admin/responders/${id(2)}/criteria`, 200, { criteria: {} })
  server.answer('POST /api/desk/admin/sites/check', 200, { problems: [] })
  server.answer('GET /api/join/0123456789abcdef', 200, joinPage)
  server.answer('POST /api/join/membership', 200, { account: 'Harbour Bikes', alias: 'Bo', state: 'active' })
}
