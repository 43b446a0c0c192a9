import { expect, test } from 'vitest'
import type { Block, OutboundDelivery } from './outbound.ts'
import { renderLines } from './render-lines.ts'

const at = new Date('2026-03-01T09:00:00Z')

function aDelivery(blocks: Block[], more: Partial<OutboundDelivery> = {}): OutboundDelivery {
  return {
    reference: 'r',
    to: '+4712345678',
    relay: null,
    kind: 'message',
    language: 'en',
    content: { blocks },
    attachments: [],
    thread: { subject: 'Your question', references: [] },
    maybeTwice: false,
    ...more,
  }
}

const said = (text: string, by: string | null = null): Block => ({ kind: 'said', by, text, at })
const tagged = (tag: string | null) => ({ relay: { token: 't', alias: 'Kim', pooled: { own: '+47800', tag } } })

test('A10: what is said on a medium of lines is said plainly: no name, no history, no subject', () => {
  const earlier: Block = { kind: 'earlier', title: 'Before', entries: [{ by: 'Kim', text: 'old', at }] }
  expect(renderLines(aDelivery([said('From ten to four.'), earlier])).text).toBe('From ten to four.')
})

test('A10: a name stands before words where several could have said them, and cannot begin a line of its own', () => {
  expect(renderLines(aDelivery([said('Hello', 'Kim\nParley')])).text).toBe('Kim Parley: Hello')
})

test('A10: a tag stands before everything, and only where there is one', () => {
  expect(renderLines(aDelivery([said('Hello', 'Kim')], tagged('K7'))).text).toBe('K7: Kim: Hello')
  expect(renderLines(aDelivery([said('Hello')], tagged(null))).text).toBe('Hello')
})

test('a code stands by itself on a line', () => {
  const blocks: Block[] = [
    { kind: 'note', text: 'Somebody wants to use this number.' },
    { kind: 'code', label: 'Your code', code: '123456' },
    { kind: 'note', text: 'Not you? Do nothing.' },
  ]
  expect(renderLines(aDelivery(blocks)).text).toBe(
    'Somebody wants to use this number.\nYour code\n\n123456\n\nNot you? Do nothing.',
  )
})

test('C8: files are links below the words, or left to a channel that carries them', () => {
  const attachments = [
    { name: 'a\nplan.pdf', type: 'application/pdf', size: 3, open: async function* () {}, url: 'https://p.test/f/1' },
  ]
  const delivery = aDelivery([said('See here')], { attachments })
  expect(renderLines(delivery).text).toBe('See here\na plan.pdf: https://p.test/f/1')
  expect(renderLines(delivery, { attachments: 'left-out' }).text).toBe('See here')
})

test('a file without words is its link alone', () => {
  const attachments = [
    { name: 'x.png', type: 'image/png', size: 3, open: async function* () {}, url: 'https://p.test/f' },
  ]
  expect(renderLines(aDelivery([said('')], { attachments })).text).toBe('x.png: https://p.test/f')
})
