import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { RawHouse, type RawLine } from './raw-line.fixture.ts'

let house: RawHouse
beforeEach(async () => {
  house = await RawHouse.open(1)
})
afterEach(() => house.close())

test('A20 C3 a form that is answered behind somebody’s back is told again to who reads the answer, and to nobody else', async () => {
  const { ana, conversation } = await house.asks()
  const exchange = await house.answers('olga', conversation)
  const olga = await house.connects('olga')
  const ask = [{ name: 'phone', label: 'Phone', kind: 'phone' as const, required: true }]
  olga.send({ t: 'say', id: randomUUID(), to: { interaction: exchange }, text: 'May I?', ask })
  const form = await ana.until('the form', () => ana.messages.find((message) => message.form))
  const opened = await olga.does('open-backchannel', { from: exchange })
  if (opened.t !== 'done') throw new Error(opened.reason)
  const { interaction = '' } = opened.result
  expect(await olga.does('copy', { from: exchange, to: interaction, messages: [form?.id] })).toMatchObject({
    t: 'done',
  })

  ana.frames = []
  const isAnswered = (frame: RawLine['frames'][number]) =>
    frame.t === 'messages' && frame.messages.some(({ id, form: one }) => id === form?.id && one?.answered)
  /** Where it stands, answered. */
  const answered = ({ frames }: RawLine) =>
    new Set(frames.flatMap((frame) => (frame.t === 'messages' && isAnswered(frame) ? frame.interaction : [])))
  const answer = { message: form?.id ?? '', answers: { phone: '110' } }
  olga.send({ t: 'say', id: randomUUID(), to: { interaction }, text: '', form: answer })
  await olga.until('the form, answered', () => answered(olga).size === 2)
  olga.says({ interaction: exchange }, 'Still here?')
  await ana.until('the words', () => ana.messages.some(({ text }) => text === 'Still here?'))
  expect(ana.frames.flatMap((frame) => (frame.t === 'messages' ? frame.messages.map(({ text }) => text) : []))).toEqual(
    ['Still here?'],
  )
  const own = { message: form?.id ?? '', answers: { phone: '+47 22 86 44 00' } }
  ana.send({ t: 'say', id: randomUUID(), to: { interaction: exchange }, text: '', form: own })
  await olga.until('her answer', () => olga.messages.some(({ text }) => text === 'Phone: +47 22 86 44 00'))
})
