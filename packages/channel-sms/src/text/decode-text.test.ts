import { expect, test } from 'vitest'
import { cleanText } from './clean-text.ts'
import { decodeText } from './decode-text.ts'
import { encodeSegments } from './encode-segments.ts'

const none = { locking: null, single: null }
const decode = (dataCoding: number, hex: string, shifts: { locking: number | null; single: number | null } = none) =>
  decodeText(dataCoding, Buffer.from(hex.replace(/ /g, ''), 'hex'), { shifts, defaultAlphabet: 'gsm' })

test.each([
  ['the GSM alphabet with its extension', 0, '54 6f 20 1b65 1b28 1b29 00', none, 'To €{}@'],
  ['ESC before a code that its table has not', 0, '41 1b41', none, 'AA'],
  ['ESC at the end', 0, '41 1b', none, 'A'],
  ['Latin-1 where an eighth bit shows that the default is not GSM', 0, 'e4 20 42', none, 'ä B'],
  ['ASCII', 1, '41 40 7b', none, 'A@{'],
  ['Latin-1', 3, '47 72 fc df e5', none, 'Grüßå'],
  ['UCS-2', 8, '0416 0434', none, 'Жд'],
  ['UTF-16 with a pair', 8, 'd83d de00', none, '😀'],
  ['UTF-16 with half a pair', 8, 'd83d 0041', none, '\ufffdA'],
  ['UTF-16 of an odd length', 8, '0041 42', none, 'A\ufffd'],
  ['Cyrillic', 6, 'bfe0d8d2d5e2', none, 'Привет'],
  ['Hebrew', 7, 'f9ece5ed', none, 'שלום'],
  ['Shift JIS', 5, '82b1 82f1', none, 'こん'],
  ['Korean', 14, 'bec8 b3e7', none, '안녕'],
  ['UTF-8 as 8-bit data', 4, 'c3a5 20 e282ac', none, 'å €'],
  ['a message class with the GSM alphabet', 0xf0, '48 00', none, 'H@'],
  ['general coding, class 1, UCS-2', 0x19, '0416', none, 'Ж'],
  ['message waiting in UCS-2', 0xe0, '0416', none, 'Ж'],
  ['Turkish after ESC', 0, '1b47 1b49 1b53 1b63 1b67 1b69 1b73 1b65', { locking: null, single: 1 }, 'ĞİŞçğış€'],
  ['Turkish in place of the alphabet', 0, '07 0b 0c 1c 1d 40 60', { locking: 1, single: null }, 'ıĞğŞşİç'],
  ['Spanish after ESC', 0, '1b41 1b61 1b69 1b6f 1b75 1b09', { locking: null, single: 2 }, 'Ááíóúç'],
  ['Portuguese in both', 0, '5b 7b 0b 1b05 1b7b', { locking: 3, single: 3 }, 'ÃãÔêã'],
  ['a national table that nobody knows', 0, '41 1b65', { locking: 77, single: 77 }, 'A€'],
])('%s is read', (_, dataCoding, hex, shifts, text) => {
  expect(decode(dataCoding, hex, shifts)).toEqual({ kind: 'text', text })
})

test.each([
  ['8-bit data that is no text', 4, 'ff d8 ff e0'],
  ['8-bit data with control characters', 2, '00 01 02'],
])('%s is not taken for one', (_, dataCoding, hex) => {
  expect(decode(dataCoding, hex)).toEqual({ kind: 'binary' })
})

test('every part that we write is read back as it was', () => {
  for (const text of ['Äh {ja} €'.repeat(40), 'Ответ 😀 '.repeat(30)]) {
    const parts = encodeSegments(text, 7)
    const read = parts.map(({ dataCoding, bytes }, index) => {
      expect([...bytes.subarray(0, 6)]).toEqual([5, 0, 3, 7, parts.length, index + 1])
      expect(bytes.length).toBeLessThanOrEqual(dataCoding === 8 ? 140 : 159)
      const decoded = decodeText(dataCoding, bytes.subarray(6), { shifts: none, defaultAlphabet: 'gsm' })
      return decoded.kind === 'text' ? decoded.text : ''
    })
    expect(read.join('')).toBe(text)
  }
})

test('a stored text has no character that nobody sees, and one way to end a line', () => {
  expect(cleanText('a\r\nb\rc\fd\0e\u001bf\tg')).toBe('a\nb\nc\ndef\tg')
})
