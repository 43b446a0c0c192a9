import type { ServerFrame } from '@parley/protocol'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { RawHouse } from './raw-line.fixture.ts'

let house: RawHouse
beforeEach(async () => {
  house = await RawHouse.open(2)
})
afterEach(() => house.close())

const isDone = (frame: ServerFrame) => expect(frame).toMatchObject({ t: 'done' })

test('C2 what is granted and revoked at one process is told at another, by numbers that both name alike; who loses everything is told so there too', async () => {
  const { ana, conversation } = await house.asks()
  const exchange = await house.answers('olga', conversation)
  const ada = await house.connects('ada')
  const granted = { interaction: exchange, person: house.person('cleo') }
  isDone(await ada.does('grant', { ...granted, from: 1, to: 1 }))
  const [here, there] = [await house.connects('cleo'), await house.connects('cleo', house.there)]
  expect(here.views).toEqual(there.views)
  ana.says({ conversation }, 'not for cleo yet')
  await ana.until('said', () => ana.frames.filter(({ t }) => t === 'said').length === 2)
  here.frames = []
  there.frames = []
  isDone(await ada.does('grant', { ...granted, history: 'all' }))
  for (const line of [here, there]) {
    await line.until('all of it', () => line.messages.some(({ n, text }) => n === 2 && text === 'not for cleo yet'))
    expect(line.frames.map(({ t }) => t)).toEqual(['conversation', 'messages'])
  }
  expect(here.views).toEqual(there.views)
  isDone(await ada.does('revoke', granted))
  for (const line of [here, there]) {
    await line.until('gone', () =>
      line.frames.some((frame) => frame.t === 'gone' && frame.conversation === conversation),
    )
  }
})

test('C3 a backchannel at one process brings no frame to who is outside it at another', async () => {
  const { ana, conversation } = await house.asks()
  const exchange = await house.answers('olga', conversation)
  await house.answers('cleo', conversation)
  const [olga, cleo] = [await house.connects('olga'), await house.connects('cleo', house.there)]
  const heard: string[] = []
  cleo.frames = []
  const opened = await olga.does('open-backchannel', { from: exchange })
  const interaction = opened.t === 'done' ? (opened.result.interaction ?? '') : ''
  olga.says({ interaction }, 'to myself')
  await olga.until('said', () => olga.frames.some(({ t }) => t === 'said'))
  isDone(await olga.does('close', { what: { interaction } }))
  ana.says({ conversation }, 'the last words')
  await cleo.until('the last words', () => cleo.messages.some(({ text }) => text === 'the last words'))
  heard.push(...cleo.frames.map(({ t }) => t))
  expect(heard).toEqual(['messages'])
})

test('what was taken back while the hints were cut off is taken back when they are heard again', async () => {
  const { conversation } = await house.asks()
  const exchange = await house.answers('olga', conversation)
  const ada = await house.connects('ada')
  const granted = { interaction: exchange, person: house.person('cleo') }
  isDone(await ada.does('grant', { ...granted, history: 'all' }))
  const cleo = await house.connects('cleo', house.there)
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'parley hints' and datname = current_database()`.execute(house.here.server.db.workers)
  // Not a right that ends but a row that is no more: nothing names the person then.
  await sql`delete from span where interaction_id = ${exchange} and person_id = ${granted.person}`.execute(
    house.here.server.db.workers,
  )
  await sql`update conversation set structure = structure + 1 where conversation_id = ${conversation}`.execute(
    house.here.server.db.workers,
  )
  await cleo.until('gone', () => cleo.frames.some((frame) => frame.t === 'gone' && frame.conversation === conversation))
})
