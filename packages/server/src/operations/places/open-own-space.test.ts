import type { ConversationId, InteractionId } from '@parley/model'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type OperationRig, openOperationRig } from '../../operation-rig.fixture.ts'
import { accepted } from '../../test-house.fixture.ts'
import { listOperations, showFields } from '../index.ts'

let rig: OperationRig

beforeEach(async () => {
  rig = await openOperationRig({
    hunt: { begins: 'on-entry' },
    moves: { rules: [{ name: 'angry', when: [{ about: 'words', oneOf: ['angry'] }] }] },
  })
})
afterEach(() => rig.close())

const begin = async () => {
  const done = await rig.does(rig.people.olga, 'open-own-space', { name: 'Notes', text: 'call +47 900 10 000' })
  if (!done.ok) throw new Error(done.refusal)
  const { conversation = '', interaction = '' } = done.result
  return { conversation, interaction: interaction as InteractionId }
}

test('C6 a space of one’s own keeps what is written as it is written, and nobody is ever looked for', async () => {
  const { people, house } = rig
  const { conversation, interaction } = await begin()
  await rig.say(people.olga, { conversation }, 'they were angry')
  await rig.say(people.olga, { interaction }, 'I too')
  expect((await rig.sees(people.olga)).texts[interaction]).toEqual(['call +47 900 10 000', 'they were angry', 'I too'])
  expect(await house.rows('select 1 from offer')).toEqual([])
  expect(await house.rows('select 1 from delivery')).toEqual([])
  expect(await house.rows('select due_at, hunt from ticket')).toEqual([{ due_at: null, hunt: 'found' }])
})

test('C6 it is in nobody else’s list, and not there for anybody who names it, supervisors and administrators too', async () => {
  const { people } = rig
  const { conversation, interaction } = await begin()
  for (const other of [people.otto, people.bo, people.sue, people.ada]) {
    expect((await rig.sees(other)).views).toEqual([])
    for (const [name, input] of [
      ['close', { what: { conversation } }],
      ['observe', { interaction }],
      ['set-fields', { what: { conversation }, name: 'mine' }],
      ['grant', { interaction, person: other, history: 'all' }],
      ['add', { interaction, people: [other], history: 'all' }],
    ] as const) {
      expect([name, await rig.does(other, name, input)]).toEqual([name, { ok: false, refusal: 'not-there' }])
    }
  }
  // What stands beside it, neither.
  const { node, account } = rig.house
  for (const [person, role] of [
    [people.sue, 'supervisor'],
    [people.ada, 'administrator'],
  ] as const) {
    const shown = await node.db.read(account.account, (db) =>
      showFields(db, { account: account.account, person, role }, { conversation }),
    )
    expect(shown).toEqual({ ok: false, refusal: 'not-there' })
    const who = { account: account.account, person, role }
    const done = await node.db.read(account.account, (db) => listOperations(db, who, conversation as ConversationId))
    expect(done).toBeNull()
  }
})

test('C6 whoever is brought in later reads from then on, and what is said is for the two', async () => {
  const { people } = rig
  const { conversation, interaction } = await begin()
  expect(await rig.does(people.olga, 'add', { interaction, people: [people.sue] })).toMatchObject({ ok: true })
  await rig.say(people.olga, { conversation }, 'what do you think?')
  await rig.say(people.sue, { interaction }, 'let me see')
  expect((await rig.sees(people.sue)).texts[interaction]).toEqual(['what do you think?', 'let me see'])
  expect((await rig.sees(people.otto)).views).toEqual([])
  // Let in, she is a colleague there, and gives herself nothing.
  expect(await rig.does(people.sue, 'grant', { interaction, person: people.sue, history: 'all' })).toMatchObject({
    refusal: 'not-allowed',
  })
})

test('C6 whom a supervisor who was let in asks in reads no more of it than the supervisor', async () => {
  const { people } = rig
  const { conversation, interaction } = await begin()
  expect(await rig.does(people.olga, 'add', { interaction, people: [people.sue] })).toMatchObject({ ok: true })
  await rig.say(people.olga, { conversation }, 'what do you think?')
  const asked = await rig.does(people.sue, 'invite', { interaction, people: [people.otto], history: 'all' })
  if (!asked.ok) throw new Error(asked.refusal)
  const [invitation] = asked.result.invitations ?? []
  expect(await rig.does(people.otto, 'answer-invitation', { invitation, accept: true })).toMatchObject({ ok: true })
  expect((await rig.sees(people.otto)).texts[interaction]).toEqual(['what do you think?'])
})

test('C6 own spaces of two people stay two, for whoever was let into either', async () => {
  const { people } = rig
  const notes = await begin()
  expect(await rig.does(people.olga, 'add', { interaction: notes.interaction, people: [people.sue] })).toMatchObject({
    ok: true,
  })
  const own = async () => {
    const done = await rig.does(people.sue, 'open-own-space', { name: 'Hers' })
    if (!done.ok) throw new Error(done.refusal)
    return { conversation: done.result.conversation ?? '' }
  }
  const [first, second] = [await own(), await own()]
  const merge = (into: object, from: object) => rig.does(people.sue, 'merge', { into, from })
  const refused = { ok: false, refusal: 'not-together' }
  expect(await merge(first, { conversation: notes.conversation })).toEqual(refused)
  expect(await merge({ conversation: notes.conversation }, first)).toEqual(refused)
  expect(await merge(first, second)).toMatchObject({ ok: true })
})

test('C6 who does not work at the desk has no space of their own', async () => {
  const { people, house } = rig
  expect(await rig.does(people.bo, 'open-own-space', { name: 'x' })).toEqual({ ok: false, refusal: 'not-allowed' })
  const { person } = await house.visitor()
  expect(await rig.does(person, 'open-own-space', { name: 'x' })).toEqual({ ok: false, refusal: 'not-allowed' })
  expect(await rig.does(people.olga, 'open-own-space', { name: ' ' })).toMatchObject({ refusal: 'malformed-request' })
})

test('C6 C7 an event is noted with a time of its own', async () => {
  const { people, house } = rig
  const { interaction } = await begin()
  const at = '2026-02-01T08:30:00.000Z'
  const said = { text: 'The roof was mended', at, over: 'visit' }
  expect(await rig.does(people.olga, 'file', { interaction, said })).toMatchObject({ ok: true })
  const last = (await rig.messages(people.olga, interaction)).at(-1)
  expect(last).toMatchObject({ text: 'The roof was mended', filed: { at, over: 'visit' } })
  accepted(
    await house.node.road.say(
      house.say(people.olga, { conversation: (await conversationOf(interaction)) as never }, 'more'),
    ),
  )
})

const conversationOf = async (interaction: string) =>
  (
    await rig.house.rows<{ id: string }>('select conversation_id as id from interaction where interaction_id = $1', [
      interaction,
    ])
  )[0]?.id

test('C6 C9 where a site seals every conversation, a space of one’s own is sealed from its first word, with its name', async () => {
  await rig.close()
  rig = await openOperationRig({ encryption: 'sealed' })
  const { interaction } = await begin()
  const lying = await rig.house.rows<{ row: string }>(
    'select to_jsonb(c)::text as row from conversation c union all select to_jsonb(m)::text from message m',
  )
  expect(lying).toHaveLength(2)
  for (const { row } of lying) expect(row).not.toMatch(/Notes|call/)
  const seen = await rig.sees(rig.people.olga)
  expect(seen.texts[interaction]).toEqual(['call +47 900 10 000'])
  expect(JSON.stringify(seen.views)).toContain('Notes')
})
