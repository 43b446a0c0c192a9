import { seeded } from '@parley/dev-env'
import { newId, type OperationId, type PersonId } from '@parley/model'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type OperationRig, openOperationRig } from '../../operation-rig.fixture.ts'
import { mailOnly, type Node, storyOf } from '../../test-house.fixture.ts'
import { findOperation, perform } from '../index.ts'

let rig: OperationRig

beforeEach(async () => {
  rig = await openOperationRig()
})
afterEach(() => rig.close())

function doesAt(node: Node, person: PersonId, name: string, input: unknown) {
  const operation = findOperation(name)
  if (!operation) throw new Error(`there is no operation ${name}`)
  const { account } = rig.house.account
  const who = { account, person, language: 'en', via: { medium: 'web', address: null } } as const
  const wanted = { operation, id: newId<OperationId>(), input }
  return perform({ road: node.road, context: { db: node.db, addresses: mailOnly } }, who, wanted)
}

test.for([1, 3])(
  'each is merged into the other in the same moment, on two processes, while everybody speaks: one of them goes on, and nothing is lost, doubled or re-ordered (seed %i)',
  async (seed) => {
    const { house, people } = rig
    const random = seeded(seed)
    const nodes = [house.node, house.anotherNode()]
    const all = await Promise.all([rig.question('olga'), rig.question('olga'), rig.question('olga')])
    const said: string[] = []
    const node = () => random.pick(nodes)
    const speaks = async (index: number, times: number) => {
      const { visitor, conversation } = all[index] ?? all[0]
      for (let time = 0; time < times; time++) {
        const text = `${index}-${time}`
        const answer = await node().road.say(house.say(visitor, { conversation: conversation as never }, text))
        if (!answer.ok) throw new Error(`${text}: ${answer.refusal}`)
        said.push(text)
      }
    }
    const merges = async (into: number, from: number) => {
      const of = (index: number) => ({ conversation: all[index]?.conversation })
      const done = await doesAt(node(), people.olga, 'merge', { into: of(into), from: of(from) })
      if (done.ok && random.chance(0.4)) {
        const undone = await doesAt(node(), people.olga, 'undo', { operation: done.result.operation })
        return undone.ok ? 'undone' : undone.refusal
      }
      return done.ok ? 'ok' : done.refusal
    }
    const ring = [
      [0, 1],
      [1, 0],
      [1, 2],
      [2, 0],
      [0, 2],
    ] as const
    const outcomes = await Promise.all([
      ...ring.map(([into, from]) => merges(into, from)),
      ...all.map((_, index) => speaks(index, 8).then(() => 'said')),
    ])
    const known = ['ok', 'undone', 'said', 'wrong-state', 'built-on', 'try-again', 'nothing-to-undo']
    expect(outcomes.filter((outcome) => !known.includes(outcome))).toEqual([])
    for (const [index, { visitor, exchanges }] of all.entries()) {
      const own = said.filter((text) => text.startsWith(`${index}-`))
      const texts = (await rig.sees(visitor)).texts
      expect(Object.keys(texts)).toHaveLength(2)
      expect(texts[exchanges[0] ?? '']).toEqual(['answer of olga', ...own])
    }
    // Whatever was done, every row of an interaction is in the conversation that it belongs to.
    const astray = await house.rows(
      `select 1 from interaction i join placement p using (account_id, interaction_id) where p.conversation_id <> i.conversation_id
       union all select 1 from interaction i join participant p using (account_id, interaction_id) where p.conversation_id <> i.conversation_id
       union all select 1 from interaction i join span s using (account_id, interaction_id) where s.conversation_id <> i.conversation_id
       union all select 1 from interaction i join ticket t using (account_id, ticket_id) where t.conversation_id <> i.conversation_id
       union all select 1 from message m join placement p using (account_id, message_id) where p.conversation_id <> m.conversation_id`,
    )
    expect(astray).toEqual([])
    const stories = await Promise.all(all.map(({ conversation }) => storyOf(house, conversation as never)))
    expect(stories.flat().filter(({ text }) => /^\d-\d/.test(text))).toHaveLength(said.length)
  },
)

test('every table that names a conversation, a ticket, a place or a person has been thought of where these move', async () => {
  const rows = await rig.house.rows<{ column: string; tables: string[] }>(
    `select column_name as column, array_agg(table_name::text) as tables from information_schema.columns
     where table_schema = 'parley' and column_name in ('conversation_id', 'ticket_id') group by 1`,
  )
  const thoughtOf: Record<string, string[]> = {
    conversation_id: [
      ...['access_key', 'attachment', 'concierge_run', 'conversation', 'delivery', 'event', 'held_item', 'interaction'],
      ...['message', 'offer', 'participant', 'place_invitation', 'placement', 'relay_address', 'span', 'team_work'],
      ...['ticket', 'topic_question'],
    ],
    ticket_id: [
      ...['concierge_run', 'concierge_step', 'event', 'interaction', 'offer', 'relay_address', 'ticket'],
      'topic_question',
    ],
  }
  // Whoever adds a table that names one of these says in move-ticket-rows.ts what becomes of it, and then here.
  for (const { column, tables } of rows) {
    expect(tables.filter((table) => !thoughtOf[column]?.includes(table))).toEqual([])
  }
})
