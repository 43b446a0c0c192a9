import { seeded, seedOfThisRun } from '@parley/dev-env'
import { expect, test } from 'vitest'
import { aMessage } from '../sip-rig.fixture.ts'
import { parseDatagram } from './parse-message.ts'
import { StreamReader } from './stream-reader.ts'

const seed = seedOfThisRun()

const pieces = [
  '\r\n',
  '\r\n\r\n',
  ' ',
  '\t',
  ';',
  ',',
  '<',
  '>',
  '"',
  '\\',
  '%',
  '%00',
  '\0',
  '@',
  ':',
  '[',
  ']',
  '?',
  '=',
  'Via: ',
  'v: ',
  'SIP/2.0',
  'z9hG4bK',
  'Content-Length: 99999999999',
  'l:-1',
  ';;;;;;;;',
  '((((((',
  'sip:',
  'sips:[::1]',
  '\u{1f600}',
  '\xff\xfe',
  '"\\',
  'CSeq: 1 MESSAGE',
]

/** A message as somebody malicious, or a bad line, would leave it. */
function spoiled(random: ReturnType<typeof seeded>): Buffer {
  let text = aMessage({ text: 'x'.repeat(random.int(0, 200)), id: `fuzz-${random.int(0, 1e6)}` })
  for (let change = random.int(1, 8); change > 0; change--) {
    const at = random.int(0, text.length)
    const kind = random.int(0, 4)
    if (kind === 0) text = text.slice(0, at)
    else if (kind === 1) text = text.slice(0, at) + random.pick(pieces).repeat(random.int(1, 30)) + text.slice(at)
    else if (kind === 2) text = text.slice(0, at) + text.slice(at + random.int(1, 40))
    else if (kind === 3) text = random.shuffle(text.split('\r\n')).join('\r\n')
    else text = text.slice(at) + text.slice(0, at)
  }
  const bytes = Buffer.from(text)
  for (let flips = random.int(0, 3); flips > 0 && bytes.length > 0; flips--)
    bytes[random.int(0, bytes.length - 1)] = random.int(0, 255)
  return bytes
}

test(`whatever comes, the parser throws nothing and ends soon (seed ${seed})`, () => {
  const random = seeded(seed)
  let refused = 0
  for (let round = 0; round < 20_000; round++) {
    const parsed = parseDatagram(spoiled(random))
    if (!parsed.ok) refused++
  }
  // A parser that accepted everything, or nothing, would pass by itself.
  expect(refused).toBeGreaterThan(5_000)
  expect(refused).toBeLessThan(20_000)
})

test(`noise is no SIP, and is never answered (seed ${seed})`, () => {
  const random = seeded(seed).fork('noise')
  for (let round = 0; round < 2_000; round++) {
    const parsed = parseDatagram(random.bytes(random.int(1, 1_500)))
    expect(parsed.ok).toBe(false)
    if (!parsed.ok) expect(parsed.refusal?.status ?? null).toBeNull()
  }
})

test.each([
  ['quotes', `"${'\\"'.repeat(30_000)}`],
  ['parameters', ';a'.repeat(30_000)],
  ['commas', ','.repeat(60_000)],
  ['brackets', '<'.repeat(60_000)],
  ['blanks', ' '.repeat(60_000)],
  ['escapes', '%41'.repeat(20_000)],
  ['folded lines', '\r\n x'.repeat(15_000)],
  ['dots', 'a.'.repeat(30_000)],
])('60 kB of %s in any header take no time to speak of', (_, filling) => {
  const begun = performance.now()
  for (const name of [
    'Via',
    'From',
    'To',
    'Contact',
    'Call-ID',
    'CSeq',
    'Content-Type',
    'Date',
    'P-Asserted-Identity',
  ]) {
    for (const value of [filling, `<sip:${filling}>`, `sip:bo@house.example${filling}`, `SIP/2.0/UDP host${filling}`]) {
      parseDatagram(Buffer.from(aMessage({ headers: [`${name}: ${value}`] })))
      parseDatagram(Buffer.from(aMessage({}).replace(new RegExp(`^${name}: .*$`, 'm'), () => `${name}: ${value}`)))
    }
  }
  parseDatagram(Buffer.from(`MESSAGE ${filling} SIP/2.0\r\n\r\n`))
  // What is not linear in 60 kB takes minutes; the limit leaves room for a slow machine.
  expect(performance.now() - begun).toBeLessThan(20_000)
})

test(`a stream is cut at the same places however it arrives (seed ${seed})`, () => {
  const random = seeded(seed).fork('stream')
  for (let round = 0; round < 200; round++) {
    const texts = Array.from(
      { length: random.int(1, 5) },
      (_, index) => `message ${index} ${'é'.repeat(random.int(0, 300))}`,
    )
    const wire = Buffer.from(
      texts.map((text) => `${random.chance(0.3) ? '\r\n\r\n' : ''}${aMessage({ text })}`).join(''),
    )
    const reader = new StreamReader(100_000)
    const found: string[] = []
    for (let at = 0; at < wire.length; ) {
      const size = random.int(1, 400)
      for (const piece of reader.take(wire.subarray(at, at + size))) {
        if (piece.kind === 'message' && piece.parsed.ok) found.push(Buffer.from(piece.parsed.message.body).toString())
      }
      at += size
    }
    expect(found).toEqual(texts)
  }
})

test('a stream that makes no sense is given up, and nothing of it is kept', () => {
  const reader = new StreamReader(1_000)
  expect(reader.take(Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n'))).toMatchObject([{ kind: 'broken' }])
  expect(reader.take(Buffer.from(aMessage()))).toEqual([])
  expect(new StreamReader(1_000).take(Buffer.alloc(70_000, 97))).toMatchObject([{ kind: 'broken' }])
  const large = aMessage({ text: 'x'.repeat(2_000) })
  expect(new StreamReader(1_000).take(Buffer.from(large))).toMatchObject([
    { kind: 'broken', parsed: { refusal: { because: 'too-large', status: 413 } } },
  ])
})
