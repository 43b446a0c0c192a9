import type { AddressId, ParticipantId, RelayId } from '@parley/model'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { relayForParticipant } from '../../delivery/index.ts'
import { type OperationRig, openOperationRig } from '../../operation-rig.fixture.ts'
import { aMail, takes } from '../../receive-rig.fixture.ts'

let rig: OperationRig

beforeEach(async () => {
  rig = await openOperationRig({ admission: { kind: 'first' } })
})
afterEach(() => rig.close())

test('A16 a mail from a desk’s person that was under way when the ticket moved on is kept for its author, who is told', async () => {
  const { house, people } = rig
  const { visitor, conversation, exchanges } = await rig.question('olga')
  const [{ id: ticket } = { id: '' }] = await house.rows<{ id: string }>('select ticket_id as id from ticket')
  // Her window was closed, so that the visitor's words went to her mailbox as well.
  const token = await house.node.road.inConversation(house.account.account, conversation, async (turn) => {
    const place = turn.structure.participants.find(
      ({ interaction, person }) => interaction === exchanges[0] && person === people.olga,
    )
    const [mailbox] = await house.rows<{ id: AddressId }>('select address_id as id from address where person_id = $1', [
      people.olga,
    ])
    if (!place || !mailbox) throw new Error('she has no place, or no mailbox')
    const to = { ...place, id: place.id as ParticipantId, medium: 'email' as const, address: mailbox.id }
    const relay: RelayId | null = await relayForParticipant(turn.tx, turn.structure, to, turn.now)
    const row = await turn.tx
      .selectFrom('relay_address')
      .select('token')
      .where('relay_id', '=', relay)
      .executeTakeFirstOrThrow()
    return row.token
  })
  await rig.does(people.olga, 'transfer', { ticket, to: { people: [people.otto] } })
  await takes(house, aMail(`${token}@relay.test`, 'olga@people.test', 'just one word more'))
  expect(Object.values((await rig.sees(people.olga)).texts).flat()).toContain('just one word more')
  for (const other of [visitor, people.otto]) {
    expect(Object.values((await rig.sees(other)).texts).flat()).not.toContain('just one word more')
  }
  const told = await house.rows(`select person_id from delivery where notice->>'template' = 'place-left'`)
  expect(told).toEqual([{ person_id: people.olga }])
})
