import { expect, test } from 'vitest'
import { type AddressChoice, type AddressNeed, chooseAddresses, type ReachableAddress } from './choose-addresses.ts'

const address = (id: string, order: number, more: Partial<ReachableAddress> = {}): ReachableAddress => ({
  id,
  medium: id === 'window' ? 'web' : id.startsWith('mail') ? 'email' : 'sms',
  confirmed: true,
  order,
  active: true,
  lastUsedAt: null,
  ...more,
})
const window = address('window', 0)
const mail = address('mail', 1)
const phone = address('phone', 2)
// A Monday.
const now = new Date('2026-03-02T09:00:00Z')
const message: AddressNeed = { kind: 'message', lastUsed: null, windowOpen: false, now }
const mornings = { hours: { timeZone: 'UTC', week: [{ day: 1, from: 480, to: 720 }] } }
const evenings = { hours: { timeZone: 'UTC', week: [{ day: 1, from: 1080, to: 1320 }] } }

const brief = (choice: AddressChoice) => choice.now.map(({ address, because }) => `${address}: ${because}`)

test.each<[string, Partial<AddressNeed>, ReachableAddress[], string[], string[]]>([
  [
    'A7: an offer goes over every address, in the order of its owner',
    { kind: 'offer' },
    [phone, mail],
    ['mail: offers-go-everywhere', 'phone: offers-go-everywhere'],
    [],
  ],
  [
    'A7: an offer goes to the open desk too',
    { kind: 'offer', windowOpen: true },
    [mail, window],
    ['window: offers-go-everywhere', 'mail: offers-go-everywhere'],
    [],
  ],
  [
    'A7: an offer waits at the desk when there is nothing else',
    { kind: 'offer' },
    [window],
    ['window: waits-for-window'],
    [],
  ],
  [
    'A11: a message goes to the address last used to reply, alone',
    { lastUsed: 'phone' },
    [mail, phone],
    ['phone: last-used'],
    ['mail'],
  ],
  [
    'A11: replying by mail makes mail the one, also while the window is open',
    { lastUsed: 'mail', windowOpen: true },
    [window, mail],
    ['mail: last-used'],
    ['window'],
  ],
  ['A11: who has not replied yet is reached by preference', {}, [phone, mail], ['mail: first-in-order'], ['phone']],
  [
    'A11: of two equal preferences the one used last is taken',
    {},
    [mail, address('mail2', 1, { lastUsedAt: new Date(1) })],
    ['mail2: first-in-order'],
    ['mail'],
  ],
  [
    'A12: a visitor at the window gets the answer there',
    { lastUsed: 'window', windowOpen: true },
    [window, mail],
    ['window: last-used'],
    ['mail'],
  ],
  [
    'A12: a visitor who closed the window gets the answer by mail',
    { lastUsed: 'window' },
    [window, mail],
    ['mail: window-closed'],
    [],
  ],
  [
    'A1: a visitor who gave no address finds the answer on coming back',
    { lastUsed: 'window' },
    [window],
    ['window: waits-for-window'],
    [],
  ],
  [
    'A18: the next address takes over when the last used one failed',
    { lastUsed: 'mail' },
    [address('mail', 1, { failed: true }), phone],
    ['phone: last-used-failed'],
    [],
  ],
  [
    'A18: an open window takes over when the last used one failed',
    { lastUsed: 'mail', windowOpen: true },
    [address('mail', 1, { failed: true }), phone, window],
    ['window: window-open'],
    ['phone'],
  ],
  [
    'A5: an address gets nothing before it is confirmed, not even when it was last used',
    { lastUsed: 'mail' },
    [address('mail', 1, { confirmed: false }), phone],
    ['phone: first-in-order'],
    [],
  ],
  [
    'A5: an offer passes over an address that is not confirmed',
    { kind: 'offer' },
    [address('mail', 1, { confirmed: false }), phone],
    ['phone: offers-go-everywhere'],
    [],
  ],
  [
    'A5: an address that its owner switched off gets nothing',
    {},
    [address('mail', 1, { active: false }), phone],
    ['phone: first-in-order'],
    [],
  ],
  [
    'A11: their rules by hour come before their order',
    {},
    [address('mail', 1, evenings), address('phone', 2, mornings)],
    ['phone: first-in-order'],
    [],
  ],
  [
    'A11: their rules by hour come before the address that they last answered from',
    { lastUsed: 'mail' },
    [address('mail', 1, evenings), address('phone', 2, mornings)],
    ['phone: first-in-order'],
    [],
  ],
  [
    'A11: within its hours the address last used goes before the order',
    { lastUsed: 'phone' },
    [mail, address('phone', 2, mornings)],
    ['phone: last-used'],
    ['mail'],
  ],
  [
    'A11: outside all hours a conversation goes on where it was',
    { lastUsed: 'phone' },
    [address('mail', 1, evenings), address('phone', 2, evenings)],
    ['phone: nothing-in-its-hours'],
    [],
  ],
  [
    'A18: outside all hours what must be read goes to the first in order',
    {},
    [address('phone', 2, evenings), address('mail', 1, evenings)],
    ['mail: nothing-in-its-hours'],
    [],
  ],
  [
    'A12: outside all hours what waits in a closed window goes on waiting',
    { lastUsed: 'window' },
    [window, address('mail', 1, evenings)],
    ['window: waits-for-window'],
    [],
  ],
  [
    'A11: outside all hours an open window is the place',
    { lastUsed: 'phone', windowOpen: true },
    [window, address('phone', 1, evenings)],
    ['window: window-open'],
    [],
  ],
  [
    'A7: outside all hours no question is sent',
    { kind: 'offer' },
    [address('mail', 1, evenings), address('phone', 2, evenings)],
    [],
    [],
  ],
  [
    'A7: a question goes to those addresses alone whose hours these are',
    { kind: 'offer' },
    [address('mail', 1, evenings), address('phone', 2, mornings), address('mail2', 3)],
    ['phone: offers-go-everywhere', 'mail2: offers-go-everywhere'],
    [],
  ],
  [
    'A18: an address that failed is not used again, not even as the only one in its hours',
    { lastUsed: 'phone' },
    [address('phone', 1, { ...mornings, failed: true }), address('mail', 2, evenings)],
    ['mail: nothing-in-its-hours'],
    [],
  ],
  [
    'A11: where no questions are wanted, answers to what was written from there are',
    { lastUsed: 'mail' },
    [address('mail', 1, { active: false }), phone],
    ['mail: last-used'],
    ['phone'],
  ],
  [
    'A18: when nothing is left, nothing is chosen',
    { lastUsed: 'mail' },
    [address('mail', 1, { failed: true })],
    [],
    [],
  ],
])('%s', (_, need, addresses, now, later) => {
  const choice = chooseAddresses({ ...message, ...need }, addresses)
  expect(brief(choice)).toEqual(now)
  expect(choice.later).toEqual(later)
})

test('A18: every address that was passed over says why', () => {
  const choice = chooseAddresses(message, [
    address('mail', 1, { confirmed: false }),
    address('mail2', 1, { active: false }),
    address('phone', 1, { failed: true }),
    address('phone2', 1, evenings),
    address('phone3', 1),
  ])
  expect(choice.passedOver).toEqual([
    { address: 'mail', because: 'not-confirmed' },
    { address: 'mail2', because: 'switched-off' },
    { address: 'phone', because: 'failed' },
    { address: 'phone2', because: 'outside-its-hours' },
  ])
})
