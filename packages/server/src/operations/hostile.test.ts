import { type AccountId, newId, type OperationId, type PersonId } from '@parley/model'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createAccount } from '../accounts/index.ts'
import { type OperationRig, openOperationRig } from '../operation-rig.fixture.ts'
import { aResponder } from '../test-house.fixture.ts'
import { operations } from './index.ts'

/** What an input may name. */
interface Ids {
  readonly conversation: string
  readonly other: string
  readonly ticket: string
  readonly interaction: string
  readonly second: string
  readonly message: string
  readonly participant: string
  /** Bo's, in the second. */
  readonly hiddenPlace: string
  readonly person: string
  readonly team: string
  readonly operation: string
  readonly invitation: string
}

/** An input of each operation that has its shape. One without a sample here fails the first test. */
const samples: Readonly<Record<string, (ids: Ids) => unknown>> = {
  close: ({ interaction }) => ({ what: { interaction } }),
  reopen: ({ interaction }) => ({ what: { interaction } }),
  merge: ({ conversation, other }) => ({ into: { conversation }, from: { conversation: other } }),
  split: ({ ticket, interaction }) => ({ ticket, interactions: [interaction] }),
  copy: ({ message, interaction, second }) => ({ messages: [message], from: interaction, to: second }),
  link: ({ conversation, other }) => ({ a: { conversation }, b: { conversation: other } }),
  unlink: ({ conversation, other }) => ({ a: { conversation }, b: { conversation: other } }),
  undo: ({ operation }) => ({ operation }),
  grant: ({ interaction, person }) => ({ interaction, person }),
  revoke: ({ interaction, person }) => ({ interaction, person }),
  'let-see': ({ conversation }) => ({ conversation, on: true }),
  'let-team-in': ({ conversation, team }) => ({ conversation, team }),
  'let-team-out': ({ conversation, team }) => ({ conversation, team }),
  'open-backchannel': ({ interaction, person }) => ({ from: interaction, people: [person] }),
  invite: ({ interaction, person }) => ({ interaction, people: [person], note: 'Can you help?' }),
  add: ({ interaction, person }) => ({ interaction, people: [person] }),
  'answer-invitation': ({ invitation }) => ({ invitation, accept: true }),
  'withdraw-invitation': ({ invitation }) => ({ invitation }),
  leave: ({ interaction }) => ({ interaction }),
  remove: ({ participant }) => ({ participant }),
  whisper: ({ interaction }) => ({ interaction, text: 'Psst.' }),
  observe: ({ interaction }) => ({ interaction }),
  'set-fields': ({ ticket }) => ({ what: { ticket }, tags: ['vip'] }),
  'set-place': ({ participant }) => ({ participant, alias: 'Somebody' }),
  file: ({ interaction }) => ({ interaction, said: { text: 'She called.', at: '2026-02-01T10:00:00Z' } }),
  transfer: ({ ticket, person }) => ({ ticket, to: { people: [person] } }),
  seal: ({ conversation }) => ({ conversation }),
  erase: ({ conversation }) => ({ conversation }),
}

/** Of these nothing that exists is named: they are asked about by a test of their own. */
const namesNothing = new Set(['open-own-space', 'erase-person'])

let rig: OperationRig
let own: Ids
let visitor: PersonId

beforeAll(async () => {
  rig = await openOperationRig()
  const asked = await rig.question('olga', 'bo')
  const other = await rig.question('olga')
  visitor = asked.visitor
  own = await idsOf(asked.conversation, other.conversation, asked.exchanges)
})
afterAll(() => rig.close())

async function idsOf(conversation: string, other: string, exchanges: readonly string[]): Promise<Ids> {
  const one = async (query: string) => (await rig.house.rows<{ id: string }>(query, [conversation]))[0]?.id ?? ''
  return {
    conversation,
    other,
    ticket: await one('select ticket_id as id from ticket where conversation_id = $1'),
    interaction: exchanges[0] ?? '',
    second: exchanges[1] ?? '',
    message: await one('select message_id as id from message where conversation_id = $1 limit 1'),
    participant: await one(
      `select participant_id as id from participant where conversation_id = $1 and role = 'responder' limit 1`,
    ),
    hiddenPlace:
      (
        await rig.house.rows<{ id: string }>(
          'select participant_id as id from participant where interaction_id = $1 and person_id = $2',
          [exchanges[1], rig.people.bo],
        )
      )[0]?.id ?? '',
    person: rig.people.cleo,
    team: newId(),
    operation: await operationOf(conversation),
    invitation: await invitationTo(exchanges[0] ?? ''),
  }
}

/** Ids of nothing. People and teams stay: they are the account's, and no secret to those who work there. */
const nowhere = (): Ids => ({
  ...own,
  conversation: newId(),
  other: newId(),
  ticket: newId(),
  interaction: newId(),
  second: newId(),
  message: newId(),
  participant: newId(),
  operation: newId(),
  invitation: newId(),
})

/** Something of Olga's that could be undone. */
async function operationOf(conversation: string): Promise<string> {
  const done = await rig.does(rig.people.olga, 'set-fields', { what: { conversation }, tags: ['new'] })
  if (!done.ok) throw new Error(`the fields could not be set: ${done.refusal}`)
  return done.result.operation
}

async function invitationTo(interaction: string): Promise<string> {
  const done = await rig.does(rig.people.olga, 'invite', { interaction, people: [rig.people.ada], note: 'Come in.' })
  if (!done.ok) throw new Error(`nobody could be invited: ${done.refusal}`)
  return done.result.invitations?.[0] ?? ''
}

/** Does its sample name an interaction, or somebody's place in one? */
const namesHidden = (name: string) => {
  const sample = String(samples[name])
  return /\b(interaction|second|participant)\b/.test(sample) && !/\b(ticket|conversation)\b/.test(sample)
}

const inputOf = (name: string, ids: Ids) => samples[name]?.(ids)

/** How many statements the database is asked while something is done. */
async function counting<T>(work: () => Promise<T>): Promise<{ answer: T; statements: number }> {
  const { query } = pg.Client.prototype
  let statements = 0
  pg.Client.prototype.query = function (this: pg.Client, ...args: Parameters<typeof query>) {
    statements += 1
    return query.apply(this, args)
  } as typeof query
  try {
    return { answer: await work(), statements }
  } finally {
    pg.Client.prototype.query = query
  }
}

const state = () =>
  rig.house.rows(`select (select count(*) from operation) as operations, (select sum(structure) from conversation) as structure,
    (select count(*) from span) as spans, (select count(*) from participant) as places, (select count(*) from placement) as placements,
    (select count(*) from delivery) as deliveries`)

const names = operations.flatMap(({ name }) => (namesNothing.has(name) ? [] : [name]))

test('every operation is tried here', () => {
  expect(names.filter((name) => !Object.hasOwn(samples, name))).toEqual([])
})

test('a text that cannot be kept is refused and not thrown, wherever it stands in an input', async () => {
  const what = { conversation: own.conversation }
  for (const text of ['a\0b', 'half a pair \ud800']) {
    for (const metadata of [{ key: text }, { [text]: 1 }, { key: [{ deep: text }] }]) {
      const done = await rig.does(rig.people.olga, 'set-fields', { what, metadata })
      expect(done).toMatchObject({ ok: false, refusal: 'malformed-request' })
    }
    const named = await rig.does(rig.people.olga, 'set-fields', { what, name: text })
    expect(named).toMatchObject({ ok: false, refusal: 'malformed-request' })
  }
})

describe.each(names)('%s', (name) => {
  test('what is not there, not yours and of another account gets one answer, after the same work, and changes nothing', async () => {
    const before = await state()
    const strangers = await createAccount(
      rig.house.node.db,
      { name: 'Elsewhere', sites: [], responders: [{ ...aResponder('zoe'), role: 'administrator' }] },
      rig.house.clock.now(),
    )
    const foreign = await counting(() => rig.does(rig.people.otto, name, inputOf(name, own)))
    const nothing = await counting(() => rig.does(rig.people.otto, name, inputOf(name, nowhere())))
    const zoe = strangers.responders[0]?.person as PersonId
    const elsewhere = await rig.does(zoe, name, inputOf(name, own), undefined, strangers.account as AccountId)
    expect(nothing.answer).toEqual({ ok: false, refusal: 'not-there' })
    expect(foreign.answer).toEqual(nothing.answer)
    // Nothing was locked and no structure read: a question or two more by key is not worth measuring.
    expect(Math.abs(foreign.statements - nothing.statements)).toBeLessThanOrEqual(2)
    expect(elsewhere).toEqual(nothing.answer)
    expect(await state()).toEqual(before)
  })

  test('who answers from outside, and who asks, is told what they may not, or nothing', async () => {
    for (const person of [rig.people.cleo, visitor]) {
      const answer = await rig.does(person, name, inputOf(name, nowhere()))
      expect(answer).toEqual({ ok: false, refusal: 'not-there' })
    }
  })

  test('an input that is none is refused and not thrown', async () => {
    const junk = [null, 7, '', [], {}, { what: null }, { ...(inputOf(name, own) as object), unknown: 1 }]
    for (const input of junk) {
      expect(await rig.does(rig.people.olga, name, input)).toMatchObject({ ok: false, refusal: 'malformed-request' })
    }
  })

  test('the same request twice at once is done once', async () => {
    const id = newId<OperationId>()
    const input = inputOf(name, own)
    const answers = await Promise.all([
      rig.does(rig.people.ada, name, input, id),
      rig.does(rig.people.ada, name, input, id),
    ])
    const done = answers.flatMap((answer) => (answer.ok ? [answer.result] : []))
    const rows = await rig.house.rows('select 1 from operation where operation_id = $1', [id])
    expect(rows.length).toBe(done.length > 0 ? 1 : 0)
    if (done.length > 0) expect(done).toEqual([done[0], done[0]])
  })
})

test.each(names.filter(namesHidden))(
  '%s: what is hidden in one’s own conversation is refused as what is not there, after the same work (C3)',
  async (name) => {
    const { olga } = rig.people
    const bos = { interaction: own.second, second: own.second, participant: own.hiddenPlace }
    const hidden = await counting(() => rig.does(olga, name, inputOf(name, { ...own, ...bos, invitation: newId() })))
    const ids = { ...own, interaction: newId(), second: newId(), participant: newId(), invitation: newId() }
    const nothing = await counting(() => rig.does(olga, name, inputOf(name, ids)))
    expect(hidden).toEqual(nothing)
    expect(hidden.answer).toEqual({ ok: false, refusal: 'not-there' })
  },
)
