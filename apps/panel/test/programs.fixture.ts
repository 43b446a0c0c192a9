import type { ProgramDelivery, ProgramPage, ProgramView } from '@parley/protocol'
import type { FakeServer } from './fake-server.fixture.ts'

const id = (n: number) => `0190a000-0000-7000-8000-${String(n).padStart(12, '0')}`
const at = '2026-03-01T09:00:00.000Z'

export const programs: ProgramView[] = [
  {
    id: id(81),
    name: 'Opening hours',
    alias: 'Barometer',
    language: 'en',
    state: 'active',
    createdAt: at,
    endpoint: { url: 'https://bots.example.org/hours', state: 'failing', failing: 'status-410', oldSecretUntil: null },
    keys: [
      {
        id: id(91),
        name: 'production',
        endsWith: 'x7Qa',
        scopes: ['read', 'answer'],
        createdAt: at,
        expiresAt: '2030-03-01T09:00:00.000Z',
        usedAt: null,
      },
    ],
  },
  {
    id: id(82),
    name: 'Orders',
    alias: '',
    language: 'de',
    state: 'paused',
    createdAt: at,
    endpoint: null,
    keys: [],
  },
]

const delivery = (n: number, more: Partial<ProgramDelivery> = {}): ProgramDelivery => ({
  id: `${n}`.padStart(32, '0'),
  kind: 'message',
  as: null,
  conversation: id(1),
  interaction: id(2),
  message: id(3),
  offer: null,
  state: 'sent',
  reason: null,
  createdAt: at,
  attempts: [{ at, outcome: 'sent', reason: null }],
  ...more,
})

const log: ProgramPage<ProgramDelivery> = {
  items: [
    delivery(2, {
      state: 'failed',
      reason: 'status-410',
      attempts: [
        { at, outcome: 'retry', reason: 'status-503' },
        { at: '2026-03-01T09:01:00.000Z', outcome: 'rejected', reason: 'status-410' },
      ],
    }),
    delivery(1, { kind: 'offer' }),
  ],
  next: null,
}

export const programPath = `/desk/admin/programs/${id(81)}`

/** The server that the administration of programs knows. */
export function withPrograms(server: FakeServer): void {
  server.answer('GET /api/desk/admin/programs', 200, programs)
  server.answer(`GET /api/desk/admin/programs/${id(81)}/deliveries`, 200, log)
  server.answer(`GET /api/desk/admin/responders/${id(81)}/criteria`, 200, { criteria: {} })
}
