import { afterEach, beforeEach, expect, test } from 'vitest'
import { RawHouse } from './raw-line.fixture.ts'

let house: RawHouse
beforeEach(async () => {
  house = await RawHouse.open(1)
})
afterEach(() => house.close())

test('A13 from the window the visitor lets those who answer see each other, and sees that they do, until it is taken back', async () => {
  const { ana, conversation } = await house.asks()
  const [ours, theirs] = [await house.answers('olga', conversation), await house.answers('cleo', conversation)]
  const olga = await house.connects('olga')
  const isOn = () => ana.views[0]?.letsSee
  await ana.until('both', () => ana.views[0]?.interactions.length === 3)
  expect(isOn()).toBe(false)
  expect(await olga.does('let-see', { conversation, on: true })).toMatchObject({ t: 'refused', reason: 'not-allowed' })
  expect(await ana.does('let-see', { conversation, on: true })).toMatchObject({ t: 'done' })
  await ana.until('that it is on', isOn)
  await olga.until('the other exchange', () => olga.views[0]?.interactions.some(({ id }) => id === theirs))
  ana.says({ interaction: theirs }, 'to cleo')
  await olga.until('what is said there', () => olga.messages.some(({ text }) => text === 'to cleo'))
  expect(await ana.does('let-see', { conversation, on: false })).toMatchObject({ t: 'done' })
  await ana.until('that it is off', () => isOn() === false)
  ana.says({ interaction: theirs }, 'to cleo alone')
  ana.says({ interaction: ours }, 'to olga')
  await olga.until('her own', () => olga.messages.some(({ text }) => text === 'to olga'))
  expect(olga.messages.map(({ text }) => text)).not.toContain('to cleo alone')
  expect(olga.views[0]?.letsSee).toBeUndefined()
})
