import { randomUUID } from 'node:crypto'
import type { ConversationId, PersonId } from '@parley/model'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type OperationRig, openOperationRig } from '../../operation-rig.fixture.ts'
import { aMail, anOwnAddress, takes, takesOver } from '../../receive-rig.fixture.ts'
import { aKey, ScriptedChannel, startOutbox } from '../../test-house.fixture.ts'
import { findAccessKey, makeAccessKey } from '../../visitors/index.ts'

let rig: OperationRig

beforeEach(async () => {
  rig = await openOperationRig()
})
afterEach(() => rig.close())

/** Somebody whose question came by mail and was answered at the desk: Ana, whom nobody knows from the window. */
async function byMail(text: string): Promise<{ person: PersonId; conversation: ConversationId; address: string }> {
  const { house } = rig
  await anOwnAddress(house, 'email', 'help@shop.test', 'public')
  const receipt = await takesOver(house, 'email', { from: 'ana@home.test', to: 'help@shop.test', text })
  expect(receipt.outcome).toBe('accepted')
  const [found] = await house.rows<{ person: PersonId; conversation: ConversationId }>(
    `select a.person_id as person, c.conversation_id as conversation from address a
     join conversation c on c.visitor_id = a.person_id where a.value = 'ana@home.test'`,
  )
  if (!found) throw new Error('nobody came by mail')
  const offer = (await house.offers(found.conversation)).find(({ person }) => person === rig.people.olga)
  if (!offer) throw new Error('olga was not asked')
  await house.answer(offer, 'answer by mail', { desk: true })
  return { ...found, address: await relayOf(found.person) }
}

async function relayOf(person: PersonId): Promise<string> {
  const [row] = await rig.house.rows<{ token: string }>(
    `select token from relay_address where person_id = $1 and participant_id is not null and state = 'active'
     order by relay_id desc limit 1`,
    [person],
  )
  return `${row?.token}@relay.test`
}

test('two turn out to be one person: each reads what either could, their mail and their browsers go on in what was merged, and it can be undone (C4)', async () => {
  const { house } = rig
  const { olga } = rig.people
  const a = await rig.question('olga')
  const ana = await byMail('the same, by mail')
  const now = house.clock.now()
  const { account } = house.account
  const key = await house.node.db.write(account, (tx) =>
    makeAccessKey(tx, { account, purpose: 'browser', person: ana.person, lastsMs: 1e9, now }),
  )
  const both = { ...(await rig.sees(a.visitor)).texts, ...(await rig.sees(ana.person)).texts }
  const input = { into: { conversation: a.conversation }, from: { conversation: ana.conversation }, samePerson: true }
  const merged = await rig.does(olga, 'merge', input)
  if (!merged.ok) throw new Error(merged.refusal)
  expect((await rig.sees(a.visitor)).texts).toEqual(both)
  expect((await rig.sees(ana.person)).views).toEqual([])
  expect(house.node.published.at(-1)?.became).toEqual([ana.person])
  // Their other browser is this person’s, and what they send is told apart from what they did not.
  const found = await findAccessKey(house.node.db, key, 'browser', now, 'again')
  expect(found?.person).toBe(a.visitor)
  const [own] = await house.rows<{ person: PersonId }>(
    `select distinct m.person_id as person from message m join placement p using (account_id, message_id)
     where p.conversation_id = $1 and m.body = 'the same, by mail'`,
    [a.conversation],
  )
  expect(own?.person).toBe(a.visitor)
  // By mail they answer as before, and to the public address they write on in what was merged.
  expect((await takes(house, aMail(ana.address, 'ana@home.test', 'thank you'))).outcome).toBe('accepted')
  expect(Object.values((await rig.sees(olga)).texts).flat()).toContain('thank you')
  await takesOver(house, 'email', { from: 'ana@home.test', to: 'help@shop.test', text: 'one more thing' })
  const conversations = await house.rows<{ id: string }>('select conversation_id as id from conversation')
  expect(conversations).toHaveLength(2)
  // Undone, each has what is theirs again, with what was said there since.
  expect(await rig.does(olga, 'undo', { operation: merged.result.operation })).toMatchObject({ ok: true })
  const back = (await rig.sees(ana.person)).texts
  expect(Object.values(back).flat()).toEqual(
    expect.arrayContaining(['the same, by mail', 'answer by mail', 'thank you']),
  )
  expect(Object.values((await rig.sees(a.visitor)).texts).flat()).not.toContain('the same, by mail')
  expect((await findAccessKey(house.node.db, key, 'browser', now, 'again'))?.person).toBe(ana.person)
  expect((await takes(house, aMail(ana.address, 'ana@home.test', 'and again'))).outcome).toBe('accepted')
  expect(Object.values((await rig.sees(ana.person)).texts).flat()).toContain('and again')
})

test('a window that repeats what it does not know to be durable says it once, though its visitor is somebody else by now', async () => {
  const { house } = rig
  const a = await rig.question('olga')
  const b = await rig.question('olga')
  const echo = randomUUID()
  const keyOf = (person: PersonId) => Buffer.from(`${echo}${person}`.replaceAll('-', ''), 'hex')
  const say = (person: PersonId, conversation: string) =>
    house.node.road.say(
      house.say(person, { conversation: conversation as ConversationId }, 'said once', { key: keyOf(person) }),
    )
  await say(b.visitor, b.conversation)
  const input = { into: { conversation: a.conversation }, from: { conversation: b.conversation }, samePerson: true }
  expect(await rig.does(rig.people.olga, 'merge', input)).toMatchObject({ ok: true })
  expect(await say(a.visitor, b.conversation)).toMatchObject({ ok: true, repeated: true })
  const said = Object.values((await rig.sees(a.visitor)).texts).flat()
  expect(said.filter((text) => text === 'said once')).toHaveLength(1)
})

test('what is on its way arrives, and addresses of what was merged lead where it goes on (C4)', async () => {
  const { house } = rig
  const { olga, bo, sue } = rig.people
  const a = await rig.question('olga')
  const { person, conversation } = await house.visitor()
  await rig.say(person, { conversation }, 'a question')
  const offers = await house.offers(conversation)
  const exchanges: string[] = []
  for (const who of [bo, olga]) {
    const offer = offers.find((one) => one.person === who)
    if (!offer) throw new Error('not asked')
    const answered = await house.answer(offer, 'an answer', { desk: who === olga, key: aKey(who) })
    if (answered.outcome === 'admitted') exchanges.push(answered.interaction)
  }
  const [bos = '', olgas = ''] = exchanges
  await rig.say(person, { interaction: bos }, 'on its way')
  const address = await relayOf(bo)
  const into = { conversation: a.conversation }
  expect(await rig.does(sue, 'merge', { into, from: { conversation } })).toMatchObject({ ok: true })
  expect(await rig.does(sue, 'merge', { into: { interaction: olgas }, from: { interaction: bos } })).toMatchObject({
    ok: true,
  })
  const mail = new ScriptedChannel()
  const { outbox } = await startOutbox(house, mail)
  await expect.poll(() => mail.said('bo@people.test'), { timeout: 30_000 }).toContain('on its way')
  await outbox.stop()
  // Bo answers the mail that came before any of this.
  expect((await takes(house, aMail(address, 'bo@people.test', 'to the old address'))).outcome).toBe('accepted')
  expect((await rig.sees(person)).texts[olgas]).toContain('to the old address')
  expect((await rig.sees(olga)).texts[olgas]).toContain('to the old address')
  expect((await rig.sees(a.visitor)).texts[olgas]).toBeUndefined()
})
