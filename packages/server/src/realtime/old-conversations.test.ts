import { afterEach, beforeEach, expect, test } from 'vitest'
import { RawHouse } from './raw-line.fixture.ts'

let house: RawHouse
beforeEach(async () => {
  house = await RawHouse.open(1)
})
afterEach(() => house.close())

const query = (text: string, values: unknown[]) => house.here.server.db.workerPool.query(text, values)

test('C7 a thousand messages are opened at the newest page, at the desk and in the window, and older ones come page by page', async () => {
  const { token, conversation } = await house.asks()
  const exchange = await house.answers('olga', conversation)
  await query(
    `with place as (select * from participant where interaction_id = $1 and role = 'initiator'),
     said as (
       insert into message (account_id, message_id, conversation_id, person_id, participant_id, kind, medium, body, key, at)
       select account_id, gen_random_uuid(), conversation_id, person_id, participant_id, 'said', 'web', 'number ' || n, sha256(n::text::bytea),
         now() + n * interval '1 second' from place, generate_series(2, 1000) as n
       returning account_id, conversation_id, message_id, at)
     insert into placement (account_id, interaction_id, position, conversation_id, ordinal, message_id)
     select account_id, $1, 1 + row_number() over (order by at), conversation_id, 1000 + row_number() over (order by at), message_id from said`,
    [exchange],
  )
  const desk = await house.connects('olga')
  const window = await house.comes(token)
  for (const line of [desk, window]) {
    const pages = () =>
      line.frames.flatMap((frame) => (frame.t === 'messages' && frame.interaction === exchange ? [frame] : []))
    expect(pages()).toHaveLength(1)
    for (let last = 1000; last > 700; last -= 100) {
      const page = pages().at(-1)
      expect([page?.messages[0]?.n, page?.messages.at(-1)?.n, page?.more]).toEqual([last - 99, last, true])
      expect(page?.messages.at(-1)?.text).toBe(`number ${last}`)
      const known = pages().length
      line.send({ t: 'read', interaction: exchange, before: last - 99 })
      await line.until('the page before', () => pages().length > known)
    }
  }
})

test('C2 who comes to a conversation that they were not told of yet is told it before its words, and from then on what becomes of it', async () => {
  const { conversation } = await house.asks()
  const exchange = await house.answers('olga', conversation)
  const cleo = await house.connects('cleo')
  const given = await query(
    `insert into span (account_id, span_id, conversation_id, interaction_id, person_id, from_position, basis, created_at)
     select account_id, gen_random_uuid(), conversation_id, interaction_id, $2, 1, 'grant', now() from interaction where interaction_id = $1
     returning span_id`,
    [exchange, house.person('cleo')],
  )
  expect(given.rowCount).toBe(1)
  cleo.frames = []
  cleo.send({ t: 'read', interaction: exchange })
  await cleo.until('the words', () => cleo.messages.some(({ text }) => text === 'I am olga.'))
  expect(cleo.frames.map(({ t }) => t)[0]).toBe('conversation')
  // As another process would have given it.
  await query('update conversation set structure = structure + 1 where conversation_id = $1', [conversation])
  const sue = await house.connects('sue')
  expect(await sue.does('revoke', { interaction: exchange, person: house.person('cleo') })).toMatchObject({ t: 'done' })
  await cleo.until('that it is gone', () => cleo.frames.some((frame) => frame.t === 'gone'))
})
