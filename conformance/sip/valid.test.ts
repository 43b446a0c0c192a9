import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { inspectSip } from '@parley/channel-sip'
import { describe, expect, test } from 'vitest'

/** The valid messages of RFC 4475 §3.1.1, byte for byte. They stay outside the project: where they are missing, these tests are skipped. */
const folder = fileURLToPath(new URL('../../../shared/data/sip/', import.meta.url))
const isHere = existsSync(`${folder}index.json`)

const read = (name: string) => inspectSip(readFileSync(`${folder}rfc4475/${name}.dat`))

/** What each is read as, in the places where it tortures. */
const readings: Record<string, Record<string, unknown>> = {
  wsinv: {
    kind: 'request',
    method: 'INVITE',
    uri: { scheme: 'sip', user: 'vivekg', host: 'chair-dnrc.example.com', params: { unknownparam: null } },
    maxForwards: 68,
    cseq: { number: 9, method: 'INVITE' },
    from: { display: 'J Rosenberg \\"', params: { tag: '98asjd8' } },
    to: { uri: { user: 'vivekg' } },
    via: [
      { transport: 'UDP', host: '192.0.2.2', params: { branch: '390skdjuw' } },
      { transport: 'TCP', host: 'spindle.example.com', params: { branch: 'z9hG4bK9ikj8' } },
      { transport: 'UDP', host: '192.168.255.111', params: { branch: 'z9hG4bK30239' } },
    ],
    headers: {
      newfangledheader: ['newfangled value continued newfangled value'],
      unknownheaderwithunusualvalue: [';;,,;;,;'],
    },
  },
  intmeth: {
    kind: 'request',
    method: "!interesting-Method0123456789_*+`.%indeed'~",
    uri: { user: "1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*", host: 'example.com' },
    to: { display: 'BEL:\u0007 NUL:\u0000 DEL:\u007f' },
    from: { display: "token1~` token2'+_ token3*%!.-", params: { tag: "_token~1'+`*%!-." } },
    maxForwards: 255,
    cseq: { number: 139122385 },
  },
  esc01: {
    kind: 'request',
    uri: { user: 'sips%3Auser%40example.com', host: 'example.net' },
    to: { uri: { user: '%75se%72' } },
    from: { uri: { user: 'I%20have%20spaces' } },
  },
  escnull: { kind: 'request', method: 'REGISTER', to: { uri: { user: 'null-%00-null' } } },
  esc02: {
    kind: 'request',
    method: 'RE%47IST%45R',
    to: { display: '%Z%45' },
    // `C%6Fntact` is a header of its own, and nobody's Contact.
    headers: {
      contact: ['<sip:alias1@host1.example.com>', '<sip:alias3@host3.example.com>'],
      'c%6fntact': ['<sip:alias2@host2.example.com>'],
    },
  },
  lwsdisp: { kind: 'request', from: { display: 'caller', uri: { user: 'caller', host: 'example.com' } } },
  longreq: {
    kind: 'request',
    to: {
      uri: {
        user: 'user',
        host: 'example.com',
        port: 6000,
        params: { unknownparam1: expect.stringMatching(/^verylong/) },
      },
    },
    from: { params: { tag: expect.stringMatching(/^1298+2/) } },
  },
  dblreq: { kind: 'request', method: 'REGISTER', body: { size: 0 } },
  semiuri: {
    kind: 'request',
    uri: { user: 'user;par=u%40example.net', host: 'example.com', params: {} },
    answer: { status: 200 },
  },
  transports: {
    kind: 'request',
    via: [
      { transport: 'UDP' },
      { transport: 'SCTP' },
      { transport: 'TLS' },
      { transport: 'UNKNOWN' },
      { transport: 'TCP' },
    ],
  },
  mpart01: {
    kind: 'request',
    method: 'MESSAGE',
    said: { kind: 'text', text: 'Hello', attachments: [{ type: 'application/octet-stream' }] },
  },
  unreason: { kind: 'response', status: 200, reason: expect.stringMatching(/^= 2\*\*3 \* 5\*\*2 но сто/) },
  noreason: { kind: 'response', status: 100, reason: '' },
}

describe.skipIf(!isHere)(
  isHere ? 'the valid torture messages' : 'the valid torture messages: skipped, ../shared/data/sip is not here',
  () => {
    test.each(Object.entries(readings))('%s is accepted and read rightly', (name, expected) => {
      expect(read(name)).toMatchObject(expected)
    })

    test('each of them is here', () => {
      const index: { name: string }[] = JSON.parse(readFileSync(`${folder}index.json`, 'utf8'))
      expect(index.map(({ name }) => name).sort()).toEqual(Object.keys(readings).sort())
    })

    test('the long one keeps all its 34 hops', () => {
      expect(read('longreq')).toMatchObject({ via: expect.toSatisfy((via: unknown[]) => via.length === 34) })
    })
  },
)
