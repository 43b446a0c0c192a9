import { afterEach, beforeEach, expect, test } from 'vitest'
import { RawHouse } from './raw-line.fixture.ts'

let house: RawHouse
beforeEach(async () => {
  house = await RawHouse.open(2)
})
afterEach(() => house.close())

test('C4 what is copied comes at once to all who are connected and read where it stands now, on whichever server', async () => {
  const { ana, conversation } = await house.asks()
  const exchange = await house.answers('olga', conversation)
  const olga = await house.connects('olga', house.there)
  const sue = await house.connects('sue')
  await ana.until('the exchange', () => ana.views[0]?.interactions.some(({ id }) => id === exchange))
  const intake = ana.views[0]?.interactions.find(({ id }) => id !== exchange)?.id ?? ''
  const [question] = ana.messages
  const person = house.person('sue')
  expect(await sue.does('grant', { interaction: intake, person, history: 'all' })).toMatchObject({ t: 'done' })
  expect(await sue.does('add', { interaction: exchange, people: [person] })).toMatchObject({ t: 'done' })
  const copied = await sue.does('copy', { from: intake, to: exchange, messages: [question?.id] })
  expect(copied).toMatchObject({ t: 'done' })
  const has = ({ frames }: typeof ana) =>
    frames.some((frame) => {
      return (
        frame.t === 'messages' && frame.interaction === exchange && frame.messages.some(({ id }) => id === question?.id)
      )
    })
  // Long before anybody looks for what they may have missed.
  await Promise.all([ana, olga, sue].map((one) => one.until('what was copied', () => has(one), 15_000)))
})
