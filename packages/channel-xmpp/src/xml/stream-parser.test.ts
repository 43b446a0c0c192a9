import { seeded, seedOfThisRun } from '@parley/dev-env'
import { describe, expect, it, test } from 'vitest'
import type { Element } from './element.ts'
import { XmlFault } from './read-tag.ts'
import { StreamParser } from './stream-parser.ts'

const opening =
  "<?xml version='1.0'?><s:stream xmlns='jabber:component:accept' xmlns:s='http://etherx.jabber.org/streams' id='abc'>"
const greeting =
  "<message from='bo@people.example' to='a@b'><body>1 &lt; 2 &#x1F600; ü</body><x:y xmlns:x='urn:x' x:z='1'/></message>"

function reads(bounds = { maxStanza: 1_000, maxDepth: 8 }) {
  const stanzas: { element: Element; raw: string }[] = []
  const skipped: string[] = []
  let id: string | undefined
  let isClosed = false
  const parser = new StreamParser(
    {
      opened: (attrs) => {
        id = attrs.id
      },
      stanza: (element, raw) => void stanzas.push({ element, raw: Buffer.from(raw).toString() }),
      skipped: (shell, why) => void skipped.push(`${shell.name} ${shell.attrs.id} ${why}`),
      closed: () => {
        isClosed = true
      },
    },
    bounds,
  )
  return {
    parser,
    stanzas,
    skipped,
    write: (text: string) => parser.write(Buffer.from(text)),
    state: () => ({ id, isClosed }),
  }
}

test('a stanza is read with its namespaces and references, and its bytes are kept as they came', () => {
  const { write, stanzas, state } = reads()
  write(`${opening}${greeting}</s:stream>`)
  expect(state()).toEqual({ id: 'abc', isClosed: true })
  expect(stanzas).toEqual([
    {
      raw: greeting,
      element: {
        name: 'message',
        ns: 'jabber:client',
        attrs: { from: 'bo@people.example', to: 'a@b' },
        children: [
          { name: 'body', ns: 'jabber:client', attrs: {}, children: ['1 < 2 😀 ü'] },
          { name: 'y', ns: 'urn:x', attrs: { 'xmlns:x': 'urn:x', 'x:z': '1' }, children: [] },
        ],
      },
    },
  ])
})

test('it makes no difference where a stream is cut, in the middle of a sign neither', () => {
  const whole = Buffer.from(`${opening}${greeting} \n<presence to='a>b'/><iq><![CDATA[a<]b]]></iq></s:stream>`)
  const together = reads()
  together.parser.write(whole)
  const texts = (stanzas: { element: Element }[]) => JSON.stringify(stanzas.map(({ element }) => joined(element)))
  for (const size of [1, 2, 3, 7]) {
    const { parser, stanzas, state } = reads()
    for (let at = 0; at < whole.length; at += size) parser.write(whole.subarray(at, at + size))
    expect(texts(stanzas)).toBe(texts(together.stanzas))
    expect(state().isClosed).toBe(true)
  }
})

/** Text that came in pieces is the same text. */
function joined(element: Element): unknown {
  const children = element.children.map((child) => (typeof child === 'string' ? child : joined(child)))
  const isText = children.every((child) => typeof child === 'string')
  return { ...element, children: isText ? children.join('') : children }
}

describe('what is over a bound costs itself and nothing else', () => {
  it.each([
    ['a long text', `<message id='1'><body>${'x'.repeat(5_000)}</body></message>`, 'message 1 too-large'],
    ['many children', `<message id='1'>${'<a/>'.repeat(500)}</message>`, 'message 1 too-large'],
    ['a long attribute', `<message id='1' to='${'x'.repeat(5_000)}'/>`, 'message 1 too-large'],
    ['a long attribute inside', `<iq id='1'><a b='${'x'.repeat(5_000)}'><c/></a></iq>`, 'iq 1 too-large'],
    ['depth', `<message id='1'>${'<a>'.repeat(30)}${'</a>'.repeat(30)}</message>`, 'message 1 too-deep'],
    [
      'many attributes',
      `<message id='1' ${Array.from({ length: 90 }, (_, i) => `a${i}=''`).join(' ')}><b/></message>`,
      'message 1 too-large',
    ],
  ])('%s', (_, stanza, told) => {
    const { write, stanzas, skipped } = reads()
    write(opening)
    for (const part of stanza.match(/[\s\S]{1,700}/g) ?? []) write(part)
    write(greeting)
    expect(skipped).toEqual([told])
    expect(stanzas.map(({ raw }) => raw)).toEqual([greeting])
  })

  it('many attributes, with the declaration of the prefix after them', () => {
    const { write, stanzas, skipped } = reads()
    const many = Array.from({ length: 90 }, (_, i) => `a${i}=''`).join(' ')
    write(`${opening}<message id='1'><q:x ${many} xmlns:q='urn:q'/></message>${greeting}`)
    expect(skipped).toEqual(['message 1 too-large'])
    expect(stanzas.map(({ raw }) => raw)).toEqual([greeting])
  })

  it('memory does not grow with what is skipped', () => {
    const { write, parser, skipped } = reads()
    write(`${opening}<message id='1'>`)
    const before = process.memoryUsage().heapUsed
    const part = Buffer.from(`<a>${'x'.repeat(60_000)}</a>`)
    for (let i = 0; i < 4_000; i++) parser.write(part)
    expect(process.memoryUsage().heapUsed - before).toBeLessThan((4_000 * part.length) / 2)
    write('</message>')
    expect(skipped).toEqual(['message 1 too-large'])
  })
})

test.each([
  ['a document type with entities', '<!DOCTYPE x [<!ENTITY a "b">]>'],
  ['a comment', '<!-- x -->'],
  ['a processing instruction', '<?php x ?>'],
  ['an entity of its own', '<message>&a;</message>'],
  ['a reference to no character', '<message>&#xFFFFFF;</message>'],
  ['a reference without an end', `<message>&${'x'.repeat(50)}</message>`],
  ['a wrong end', '<message></iq>'],
  ['words between stanzas', 'hello'],
  ['a tag that never ends', `<message ${'x'.repeat(50_000)}`],
  ['an attribute twice', "<message a='1' a='2'/>"],
  ['a tag inside a tag', '<message <b>'],
])('%s ends the stream', (_, text) => {
  const { write } = reads()
  write(opening)
  expect(() => write(text)).toThrow(XmlFault)
})

test('whatever comes, it is read or refused, in time that grows with its length only', () => {
  const seed = seedOfThisRun()
  const random = seeded(seed)
  const pieces = [
    '<',
    '>',
    '</',
    '/>',
    "'",
    '"',
    '=',
    '&',
    ';',
    '&amp;',
    '<![CDATA[',
    ']]>',
    '<!--',
    '<?',
    'message',
    'body',
    ' ',
    'xmlns',
    ':',
    'a',
    'ü',
    '\u0000',
    '😀',
    greeting,
  ]
  for (let round = 0; round < 3_000; round++) {
    const { write } = reads()
    const text = Array.from({ length: random.int(0, 40) }, () => random.pick(pieces)).join('')
    try {
      write(opening)
      for (let at = 0; at < text.length; ) {
        const size = random.int(1, 9)
        write(text.slice(at, at + size))
        at += size
      }
    } catch (error) {
      if (!(error instanceof XmlFault)) throw new Error(`seed ${seed}: ${JSON.stringify(text)}`, { cause: error })
    }
  }
})
