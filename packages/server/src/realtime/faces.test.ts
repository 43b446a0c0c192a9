import { afterEach, beforeEach, expect, test } from 'vitest'
import { RawHouse } from './raw-line.fixture.ts'

let house: RawHouse
beforeEach(async () => {
  house = await RawHouse.open(1, { face: { name: { en: 'Support' } } })
})
afterEach(() => house.close())

test('C5 live, one face speaks, types and reads; who comes and goes behind it brings no frame', async () => {
  const { ana, conversation } = await house.asks()
  const interaction = await house.answers('olga', conversation)
  await ana.until('the first answer', () => ana.messages.some(({ text }) => text === 'I am olga.'))
  const support = ana.messages.find(({ text }) => text === 'I am olga.')?.from
  const view = () => ana.views[0]?.interactions.find(({ id }) => id === interaction)
  const before = JSON.stringify({ ...view(), length: 0 })
  ana.frames = ana.frames.filter(({ t }) => t === 'conversation' || t === 'welcome').slice(-1)
  const known = ana.frames.length

  expect(await house.answers('cleo', conversation)).toBe(interaction)
  const [olga, cleo] = [await house.connects('olga'), await house.connects('cleo')]
  expect(cleo.views[0]?.interactions.find(({ id }) => id === interaction)?.participants).toHaveLength(3)
  olga.send({ t: 'seen', interaction, delivered: 2, read: 2 })
  await ana.until('seen', () => ana.frames.some(({ t }) => t === 'seen'))
  // Cleo is behind; what she has seen, the face had seen already.
  cleo.send({ t: 'seen', interaction, delivered: 1, read: 1 })
  cleo.send({ t: 'typing', to: { interaction }, on: true })
  await ana.until('typing', () => ana.frames.some(({ t }) => t === 'typing'))
  // Both type, and one stops: the one face goes on.
  olga.send({ t: 'typing', to: { interaction }, on: true })
  olga.send({ t: 'typing', to: { interaction }, on: false })
  expect(await olga.does('leave', { interaction })).toMatchObject({ t: 'done' })
  cleo.says({ interaction }, 'Yes, it is.')
  await ana.until('the last words', () => ana.messages.some(({ text }) => text === 'Yes, it is.'))

  const told = ana.frames.slice(known)
  expect(told.map(({ t }) => t)).toEqual(['messages', 'seen', 'typing', 'typing', 'messages'])
  expect(told.flatMap((frame) => (frame.t === 'typing' ? [frame.on] : []))).toEqual([true, true])
  expect(told.flatMap((frame) => ('participant' in frame ? [frame.participant] : []))).toEqual([
    support,
    support,
    support,
  ])
  expect(ana.messages.map(({ from }) => from)).toEqual([support, support])
  expect(JSON.stringify(ana.frames)).not.toContain('alias of')
  expect(JSON.stringify({ ...view(), length: 0 })).toBe(before)
})
