import { type AccountId, newId, type OperationId, type PersonId } from '@parley/model'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createAccount } from '../accounts/index.ts'
import { aResponder } from '../test-house.fixture.ts'
import { operations } from './index.ts'
import { type OperationRig, openOperationRig } from './operation-rig.fixture.ts'

/** What an input may name. */
interface Ids {
  readonly conversation: string
  readonly other: string
  readonly ticket: string
  readonly interaction: string
  readonly second: string
  readonly message: string
  readonly participant: string
  readonly person: string
  readonly team: string
  readonly operation: string
}

/** An input of each operation that has its shape. One without a sample here fails the first test. */
const samples: Readonly<Record<string, (ids: Ids) => unknown>> = {
  close: ({ interaction }) => ({ what: { interaction } }),
  reopen: ({ interaction }) => ({ what: { interaction } }),
}

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
    person: rig.people.cleo,
    team: newId(),
    operation: newId(),
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
})

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

const names = operations.map(({ name }) => name)

test('every operation is tried here', () => {
  expect(names.filter((name) => !Object.hasOwn(samples, name))).toEqual([])
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
    expect(foreign).toEqual(nothing)
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
