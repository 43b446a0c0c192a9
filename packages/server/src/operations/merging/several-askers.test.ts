import type { ConversationId } from '@parley/model'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findOpen } from '../../conversations/index.ts'
import { closeFor } from '../../hunting/index.ts'
import { type OperationRig, openOperationRig } from '../../operation-rig.fixture.ts'

let rig: OperationRig

beforeEach(async () => {
  rig = await openOperationRig()
})
afterEach(() => rig.close())

test('who asked in a conversation that was merged into somebody else’s comes back to it, is looked for people for, and ends only what is theirs (C4)', async () => {
  const { house, people } = rig
  const { account } = house.account
  const a = await rig.question('olga')
  const b = await rig.question()
  const merged = await rig.does(people.sue, 'merge', {
    into: { conversation: a.conversation },
    from: { conversation: b.conversation },
  })
  expect(merged).toMatchObject({ ok: true })
  const open = (visitor: typeof b.visitor) => house.node.db.read(account, (db) => findOpen(db, { account, visitor }))
  expect(await open(b.visitor)).toBe(a.conversation)
  expect((await rig.sees(b.visitor)).views[0]).toMatchObject({ id: a.conversation, hunt: 'looking' })
  // Their question is still looked for people for; who answers it answers them, and nobody else.
  const offer = (await house.offers(a.conversation)).findLast(({ person }) => person === people.bo)
  if (!offer) throw new Error('bo was not asked')
  const answered = await house.answer(offer, 'for the second', { desk: true })
  if (answered.outcome !== 'admitted') throw new Error(answered.outcome)
  expect((await rig.sees(b.visitor)).texts[answered.interaction]).toEqual(['for the second'])
  expect((await rig.sees(a.visitor)).texts[answered.interaction]).toBeUndefined()
  await house.node.road.inConversation(account, b.conversation as ConversationId, (turn) => closeFor(turn, b.visitor))
  await expect(rig.say(b.visitor, { interaction: answered.interaction }, 'late')).rejects.toThrow('interaction-closed')
  await rig.say(a.visitor, { conversation: a.conversation }, 'goes on')
  expect((await rig.sees(people.olga)).texts[a.exchanges[0] ?? '']).toContain('goes on')
})

test('who closes a conversation in which others ask, too, ends only what they asked, and nobody is asked about it any more (C4)', async () => {
  const { house, people } = rig
  const a = await rig.question('olga')
  const b = await rig.question('otto')
  const [into, from] = [{ conversation: a.conversation }, { conversation: b.conversation }]
  expect(await rig.does(people.sue, 'merge', { into, from })).toMatchObject({ ok: true })
  const closed = await rig.does(b.visitor, 'close', { what: into })
  expect(closed).toMatchObject({ ok: true })
  await expect(rig.say(b.visitor, { interaction: b.exchanges[0] ?? '' }, 'late')).rejects.toThrow('interaction-closed')
  await rig.say(a.visitor, { conversation: a.conversation }, 'goes on')
  expect((await rig.sees(people.olga)).texts[a.exchanges[0] ?? '']).toContain('goes on')
  expect(await rig.does(b.visitor, 'close', { what: into })).toMatchObject({ refusal: 'wrong-state' })
  const open = await house.rows("select distinct ticket_id from offer where state = 'open'")
  expect(open).toHaveLength(1)
  // The last of them ends all of it.
  expect(await rig.does(a.visitor, 'close', { what: into })).toMatchObject({ ok: true })
  expect((await rig.sees(a.visitor)).views[0]).toMatchObject({ state: 'closed' })
})
