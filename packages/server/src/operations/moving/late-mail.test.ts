import { type AddressId, type ConversationId, newId, type PersonId } from '@parley/model'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { relayForParticipant } from '../../delivery/index.ts'
import { type OperationRig, openOperationRig } from '../../operation-rig.fixture.ts'
import { aMail, takes, takesOver } from '../../receive-rig.fixture.ts'
import type { Road } from '../../road/index.ts'

let rig: OperationRig

beforeEach(async () => {
  rig = await openOperationRig({ admission: { kind: 'first' } })
})
afterEach(() => rig.close())

/** The address of ours that stands for somebody's place, as a mail to theirs brings it. */
async function relayOf(
  person: PersonId,
  { conversation, interaction }: Record<'conversation' | 'interaction', string>,
) {
  const { house } = rig
  return house.node.road.inConversation(house.account.account, conversation as ConversationId, async (turn) => {
    const place = turn.structure.participants.find((each) => each.interaction === interaction && each.person === person)
    const [mailbox] = await house.rows<{ id: AddressId }>('select address_id as id from address where person_id = $1', [
      person,
    ])
    if (!place || !mailbox) throw new Error('they have no place, or no mailbox')
    const to = { ...place, medium: 'email' as const, address: mailbox.id }
    const relay = await relayForParticipant(turn.tx, turn.structure, to, turn.now)
    const row = await turn.tx
      .selectFrom('relay_address')
      .select('token')
      .where('relay_id', '=', relay)
      .executeTakeFirstOrThrow()
    return `${row.token}@relay.test`
  })
}

const theTicket = async () => (await rig.house.rows<{ id: string }>('select ticket_id as id from ticket'))[0]?.id ?? ''

const told = () => rig.house.rows(`select person_id from delivery where notice->>'template' = 'place-left'`)

test('A16 a mail from a desk’s person that was under way when the ticket moved on is kept for its author, who is told', async () => {
  const { house, people } = rig
  const { visitor, conversation, exchanges } = await rig.question('olga')
  const [interaction = ''] = exchanges
  // Her window was closed, so that the visitor's words went to her mailbox as well.
  const at = (await relayOf(people.olga, { conversation, interaction })) ?? ''
  const ticket = await theTicket()
  await rig.does(people.olga, 'transfer', { ticket, to: { people: [people.otto] } })
  await takes(house, aMail(at, 'olga@people.test', 'just one word more'))
  expect(Object.values((await rig.sees(people.olga)).texts).flat()).toContain('just one word more')
  for (const other of [visitor, people.otto]) {
    expect(Object.values((await rig.sees(other)).texts).flat()).not.toContain('just one word more')
  }
  expect(await told()).toEqual([{ person_id: people.olga }])
})

test('A16 so is one that was looked at already when the ticket moved on', async () => {
  const { house, people } = rig
  const { conversation, exchanges } = await rig.question('olga')
  const [interaction = ''] = exchanges
  const at = (await relayOf(people.olga, { conversation, interaction })) ?? ''
  const ticket = await theTicket()
  const { road } = house.node
  const moving: Pick<Road, 'say' | 'inConversation'> = {
    async say(say) {
      await rig.does(people.olga, 'transfer', { ticket, to: { people: [people.otto] } })
      return road.say(say)
    },
    inConversation: (...all) => road.inConversation(...all),
  }
  const from = { from: 'olga@people.test', to: at, text: 'just one word more' }
  await takesOver(house, 'email', from, 'proven', { ...house.node, road: moving as Road })
  expect(Object.values((await rig.sees(people.olga)).texts).flat()).toContain('just one word more')
  expect(await told()).toEqual([{ person_id: people.olga }])
})

test('A16 a mail of who asks to somebody who has handed the ticket on reaches whoever has it now', async () => {
  const { house, people } = rig
  const { visitor, conversation, exchanges } = await rig.question('olga')
  const [interaction = ''] = exchanges
  await house.rows(
    `insert into address (account_id, address_id, person_id, medium, value, value_key, position, state, created_at)
     values ($1, $2, $3, 'email', 'vic@people.test', 'vic@people.test', 0, 'proven', now())`,
    [house.account.account, newId(), visitor],
  )
  const at = (await relayOf(visitor, { conversation, interaction })) ?? ''
  const ticket = await theTicket()
  await rig.does(people.olga, 'transfer', { ticket, to: { people: [people.otto] } })
  await takes(house, aMail(at, 'vic@people.test', 'to whom it may concern'))
  const reads = async (person: PersonId) => Object.values((await rig.sees(person)).texts).flat()
  expect(await reads(people.otto)).toContain('to whom it may concern')
  expect(await reads(people.olga)).not.toContain('to whom it may concern')
  // While somebody is looked for, whoever is found.
  expect(await rig.does(people.otto, 'transfer', { ticket, to: { anyone: true } })).toMatchObject({ ok: true })
  await takes(house, aMail(at, 'vic@people.test', 'is anybody there?'))
  expect(await reads(visitor)).toContain('is anybody there?')
  expect(await told()).toEqual([])
  // What is over takes nothing, and nothing is asked anew somewhere else by it.
  await rig.does(people.sue, 'close', { what: { ticket } })
  await takes(house, aMail(at, 'vic@people.test', 'and now?'))
  expect(await reads(visitor)).not.toContain('and now?')
  expect(await told()).toEqual([{ person_id: visitor }])
})
