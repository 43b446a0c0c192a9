import type { OutboundTyping } from '@parley/channel-sdk'
import type { InteractionId, PersonId } from '@parley/model'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { passingTyping } from '../delivery/index.ts'
import { LinesChannel } from '../lines-channel.fixture.ts'
import { reachedOver } from '../receive-rig.fixture.ts'
import { aResponder, type House, openHouse } from '../test-house.fixture.ts'
import { Hub } from './hub.ts'
import { takingTyping } from './take-typing.ts'

const bo = 'bo@jabber.test'

class Messenger extends LinesChannel {
  readonly typings: OutboundTyping[] = []
  typing(signal: OutboundTyping): void {
    this.typings.push(signal)
  }
}

let house: House
let hub: Hub
let messenger: Messenger
let failed: unknown[]
/** Who was told that whom types where, as the hub passes it on. */
let told: { typist: PersonId; interactions: readonly InteractionId[]; on: boolean }[]

beforeEach(async () => {
  house = await openHouse({ responders: [aResponder('bo')] })
  await reachedOver(house, 'xmpp', [bo])
  messenger = new Messenger('xmpp')
  failed = []
  told = []
  const warn = (error: unknown) => void failed.push(error)
  hub = new Hub({
    db: house.node.db,
    clock: house.clock,
    url: () => '',
    onCommit: () => undefined,
    passTyping: passingTyping({ db: house.node.db, channels: [messenger], warn }),
    log: { warn: () => undefined },
  })
  const tellTyping = hub.tellTyping.bind(hub)
  hub.tellTyping = (structure, typist, interactions, on) => {
    told.push({ typist, interactions, on })
    tellTyping(structure, typist, interactions, on)
  }
})
afterEach(async () => {
  expect(failed).toEqual([])
  await hub.stop()
  await house.close()
})

/** Bo has answered over the messenger. */
async function boTalks() {
  const visitor = await house.visitor()
  await house.node.road.say(house.say(visitor.person, visitor, 'Are you open?'))
  const [offer] = await house.offers(visitor.conversation)
  if (!offer) throw new Error('nobody was asked')
  const answered = await house.answer(offer, 'Yes')
  if (answered.outcome !== 'admitted') throw new Error('not admitted')
  await house.rows(`update participant set medium = 'xmpp', address_id = $1 where person_id = $2`, [
    offer.address,
    offer.person,
  ])
  const [relay] = await house.rows<{ token: string }>(`select token from relay_address where offer_id = $1`, [
    offer.offer,
  ])
  if (!relay) throw new Error('no address of ours')
  const types = takingTyping({ db: house.node.db, hub, warn: (error) => void failed.push(error) }, messenger)
  return { visitor, offer, interaction: answered.interaction, token: relay.token, types }
}

test('A18 that somebody types over a messenger is told to those who share the place, and to nobody else', async () => {
  const { offer, interaction, token, types } = await boTalks()
  await types({ to: `${token}@chat.test`, from: bo, isTyping: true })
  expect(told).toEqual([{ typist: offer.person, interactions: [interaction], on: true }])
  await types({ to: `${token}@chat.test`, from: 'BO@jabber.test', isTyping: false })
  expect(told.at(-1)?.on).toBe(false)
})

test('A18 typing from another address than the one that the place belongs to, or to no place, is told to nobody', async () => {
  const { token, types, offer } = await boTalks()
  await types({ to: `${token}@chat.test`, from: 'mallory@jabber.test', isTyping: true })
  await types({ to: `${'a'.repeat(26)}@chat.test`, from: bo, isTyping: true })
  await types({ to: 'help@chat.test', from: bo, isTyping: true })
  expect(told).toEqual([])
  await types({ to: `${token}@chat.test`, from: bo, isTyping: true })
  expect(told).toHaveLength(1)
  await house.rows('update participant set left_at = $1 where person_id = $2', [house.clock.now(), offer.person])
  await types({ to: `${token}@chat.test`, from: bo, isTyping: true })
  expect(told).toHaveLength(1)
})

test('A18 typing where another server has ended the exchange meanwhile is told to nobody', async () => {
  const { visitor, interaction, token, types } = await boTalks()
  await types({ to: `${token}@chat.test`, from: bo, isTyping: true })
  expect(told).toHaveLength(1)
  await house.rows(`update interaction set state = 'closed' where interaction_id = $1`, [interaction])
  await house.rows('update conversation set structure = structure + 1 where conversation_id = $1', [
    visitor.conversation,
  ])
  await types({ to: `${token}@chat.test`, from: bo, isTyping: true })
  expect(told.flatMap(({ interactions }) => interactions)).toEqual([interaction])
})

test('A18 who reads over a messenger sees that somebody types in the window, from the address of their place', async () => {
  const { visitor, interaction, token } = await boTalks()
  const structure = await hub.find(house.account.account, { conversation: visitor.conversation })
  if (!structure) throw new Error('no conversation')
  hub.tellTyping(structure, visitor.person, [interaction], true)
  await expect.poll(() => messenger.typings, { timeout: 30_000 }).toEqual([{ to: bo, token, isTyping: true }])
  // A process whose connection another one has says nothing.
  messenger.state = { state: 'standby' }
  hub.tellTyping(structure, visitor.person, [interaction], false)
  messenger.state = { state: 'up' }
  hub.tellTyping(structure, visitor.person, [interaction], true)
  await expect.poll(() => messenger.typings.length, { timeout: 30_000 }).toBe(2)
  expect(messenger.typings[1]?.isTyping).toBe(true)
})
