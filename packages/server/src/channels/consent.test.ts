import { waitFor } from '@parley/dev-env'
import { afterEach, expect, test } from 'vitest'
import { LinesChannel } from '../lines-channel.fixture.ts'
import { anOwnAddress, everythingSaid, noticesTo, reachedOver, takesOver } from '../receive-rig.fixture.ts'
import { aResponder, type House, openHouse, startOutbox } from '../test-house.fixture.ts'

const number = '+4759440001'
const ana = '+4740612345'
const bo = '+4740612346'

let house: House
afterEach(() => house.close())

async function aSite(responders = [aResponder('bo')]) {
  house = await openHouse({ responders, policy: { admission: { kind: 'any' } } })
  await anOwnAddress(house, 'sms', number, 'both')
  await reachedOver(house, 'sms', [bo])
}

const texts = (from: string, text: string, more = {}) => takesOver(house, 'sms', { from, to: number, text, ...more })
const states = () => house.rows<{ state: string }>('select state from responder order by person_id')
const templates = async () => (await noticesTo(house)).map(({ template }) => template)

test('A5 STOP from a responder’s phone ends their questions, is confirmed once, and is kept with when and by which words', async () => {
  await aSite([aResponder('bo'), aResponder('cleo')])
  await texts(ana, 'Do you rent kayaks?')
  expect(await texts(bo, 'Stop.', { externalId: 'one' })).toEqual({ outcome: 'noted', because: 'stop' })
  expect(await texts(bo, 'Stop.', { externalId: 'one' })).toEqual({ outcome: 'duplicate' })
  expect(await texts(bo, 'STOPALL')).toEqual({ outcome: 'noted', because: 'stop' })
  expect(await states()).toEqual([{ state: 'paused' }, { state: 'active' }])
  expect((await templates()).filter((template) => template !== 'started-how')).toEqual(['opted-out'])
  expect(await house.rows('select medium, value_key, since from opt_out')).toEqual([
    { medium: 'sms', value_key: bo, since: house.clock.now() },
  ])
  expect(await house.rows('select kind, words, at from consent order by words')).toEqual([
    { kind: 'stop', words: 'STOPALL', at: house.clock.now() },
    { kind: 'stop', words: 'Stop.', at: house.clock.now() },
  ])
  expect(await house.rows('select state from offer order by state')).toEqual([{ state: 'declined' }, { state: 'open' }])
})

test('A5 START gives it back: questions come again, and only to whom STOP had paused', async () => {
  await aSite()
  await texts(bo, 'STOP')
  expect(await texts(bo, 'start')).toEqual({ outcome: 'noted', because: 'start' })
  expect(await states()).toEqual([{ state: 'active' }])
  expect(await templates()).toEqual(['opted-out', 'opted-in'])
  expect(await house.rows('select 1 from opt_out')).toEqual([])
  // Whom an administrator removed meanwhile does not come back by a word.
  await texts(bo, 'STOP')
  await house.rows(`update responder set state = 'removed'`)
  await texts(bo, 'START')
  expect(await states()).toEqual([{ state: 'removed' }])
})

test('A5 HELP says who this is, a bounded number of times, to strangers too', async () => {
  await aSite()
  expect(await texts(ana, 'help')).toEqual({ outcome: 'noted', because: 'help' })
  for (let times = 0; times < 10; times++) await texts(ana, 'HELP')
  expect(await templates()).toEqual(['who-this-is', 'who-this-is', 'who-this-is'])
  expect(await house.rows('select 1 from conversation')).toEqual([])
})

test('A12 a visitor who says STOP is written to no more, and finds what was said in their window', async () => {
  await aSite([aResponder('bo'), aResponder('cleo')])
  await texts(ana, 'Do you rent kayaks?')
  await texts(bo, 'Yes, we do')
  expect(await texts(ana, 'unsubscribe')).toEqual({ outcome: 'noted', because: 'stop' })
  await texts(bo, 'Two seats or one?')
  expect((await everythingSaid(house)).at(-1)).toMatchObject({ text: 'Two seats or one?' })
  const places = await house.rows(
    `select distinct p.medium from participant p join person v using (account_id, person_id) where v.kind = 'visitor'`,
  )
  expect(places).toEqual([{ medium: 'web' }])
  const toAna = await house.rows(
    `select m.body from delivery d join address a using (account_id, address_id)
     join message m using (account_id, message_id) where a.value = '${ana}'`,
  )
  expect(toAna).toEqual([{ body: 'Yes, we do' }])
})

test('A5 nothing but the confirmation leaves for an address that said STOP', async () => {
  await aSite()
  const channel = new LinesChannel('sms')
  await texts(ana, 'Do you rent kayaks?')
  await texts(ana, 'STOP')
  const { outbox } = await startOutbox(house, channel)
  await waitFor('the confirmation', async () => channel.given.some(({ to }) => to === ana))
  await outbox.stop()
  expect(channel.given.filter(({ to }) => to === ana).map(({ kind, own, relay }) => [kind, own, relay])).toEqual([
    ['notice', number, null],
  ])
})

test('A8 a word of consent is one only alone, and only at a number', async () => {
  await aSite()
  expect(await texts(ana, 'Stop selling me kayaks')).toMatchObject({ outcome: 'accepted' })
  await anOwnAddress(house, 'xmpp', 'help@chat.test', 'public')
  const chats = { from: 'ana@jabber.test', to: 'help@chat.test', text: 'help' }
  expect(await takesOver(house, 'xmpp', chats)).toMatchObject({ outcome: 'accepted' })
  expect(await house.rows('select 1 from consent')).toEqual([])
})
