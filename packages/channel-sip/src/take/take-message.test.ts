import { deflateSync } from 'node:zlib'
import type { Receipt } from '@parley/channel-sdk'
import { afterEach, describe, expect, test } from 'vitest'
import { answerChallenge, readChallenge } from '../digest/answer-challenge.ts'
import { aMessage, BO, type MessageFields, OUR_ADDRESS, overTcp, type SipRig, sipRig } from '../sip-rig.fixture.ts'
import { readBody } from './read-body.ts'

let rig: SipRig
afterEach(async () => {
  await rig.channel.stop()
  await rig.dispose()
})

async function opens(options: Parameters<typeof sipRig>[0] = {}): Promise<void> {
  rig = await sipRig(options)
  await rig.channel.start(rig.host)
}

const says = (fields: MessageFields) => overTcp(rig.channel.ports.TCP ?? 0, aMessage(fields))
const statusOf = (answer: string) => Number(answer.slice(8, 11))

describe('who wrote', () => {
  test.each([
    ['From alone', false, [], 'unproven', BO],
    ['our proxy vouches', true, [`P-Asserted-Identity: <${BO}>`], 'proven', BO],
    [
      'our proxy vouches for somebody else',
      true,
      ['P-Asserted-Identity: <sip:eve@people.example>'],
      'contradicted',
      BO,
    ],
    ['our proxy vouches for nobody', true, [], 'unproven', BO],
    ['a stranger says that somebody vouches', false, [`P-Asserted-Identity: <${BO}>`], 'unproven', BO],
    ['a phone number beside the address', true, [`P-Asserted-Identity: <tel:+4740612345>, <${BO}>`], 'proven', BO],
  ] as const)('A8 %s: %s %j is %s', async (_, isTrusted, headers, standing, address) => {
    await opens({ trustedPeers: isTrusted ? ['127.0.0.0/8'] : ['192.0.2.1'] })
    await says({ headers: [...headers] })
    expect(rig.host.received).toMatchObject([{ from: { address, name: 'Bo', standing } }])
  })

  test('A8 somebody who withholds their name is whom the proxy names', async () => {
    await opens({ trustedPeers: ['127.0.0.1'] })
    const from = '"Anonymous" <sip:anonymous@anonymous.invalid>'
    await says({ from, headers: [`P-Asserted-Identity: <${BO}>`] })
    expect(rig.host.received).toMatchObject([{ from: { address: BO, standing: 'proven' } }])
  })

  test('A8 a known user is asked for their password: with it they are proven, without it nothing comes in', async () => {
    await opens({ users: [{ address: BO, password: 'a secret' }] })
    const refused = await says({})
    expect(statusOf(refused)).toBe(401)
    expect(rig.host.received).toEqual([])
    const challenges = [...refused.matchAll(/^WWW-Authenticate: (.+)\r$/gm)].map((found) => found[1] ?? '')
    const challenge = readChallenge(challenges)
    if (!challenge) throw new Error('no challenge')
    const asked = { method: 'MESSAGE', uri: `sip:${OUR_ADDRESS}`, body: Buffer.from('Hello') }
    const header = (password: string, username = BO.slice(4)) =>
      `Authorization: ${answerChallenge(challenge, { username, password }, asked, { cnonce: 'x', count: 1 })}`
    expect(statusOf(await says({ headers: [header('guessed')], id: 'call-2' }))).toBe(401)
    expect(statusOf(await says({ headers: [header('a secret')], id: 'call-3' }))).toBe(200)
    expect(rig.host.received).toMatchObject([{ from: { address: BO, standing: 'proven' } }])
    // Overheard, it is worth nothing.
    expect(statusOf(await says({ headers: [header('a secret')], id: 'call-4' }))).toBe(401)
    expect(rig.host.received).toHaveLength(1)
  })

  test('A8 one known user cannot speak as another', async () => {
    const cleo = 'sip:cleo@people.example'
    await opens({
      users: [
        { address: BO, password: 'a secret' },
        { address: cleo, password: 'another' },
      ],
    })
    const [, challenge = ''] = /^WWW-Authenticate: (.+)\r$/m.exec(await says({})) ?? []
    const read = readChallenge([challenge])
    if (!read) throw new Error('no challenge')
    const asked = { method: 'MESSAGE', uri: `sip:${OUR_ADDRESS}`, body: Buffer.from('Hello') }
    const credentials = { username: cleo.slice(4), password: 'another' }
    const header = answerChallenge(read, credentials, asked, { cnonce: 'x', count: 1 })
    await says({ headers: [`Authorization: ${header}`], id: 'call-2' })
    expect(rig.host.received).toMatchObject([{ from: { address: BO, standing: 'contradicted' } }])
  })
})

describe('what they wrote', () => {
  test.each([
    ['UTF-8', { type: 'text/plain;charset=UTF-8', text: 'Grüße ⛺' }, 'Grüße ⛺'],
    ['no charset', { type: 'text/plain', text: 'Grüße' }, 'Grüße'],
    ['several lines', { text: 'one\r\ntwo\rthree\n\tfour' }, 'one\ntwo\nthree\n\tfour'],
    ['control characters', { text: 'one\u0000two\u001b[31m' }, 'onetwo[31m'],
    [
      'several forms of one text',
      {
        type: 'multipart/alternative;boundary=xx',
        text: '--xx\r\nContent-Type: text/html\r\n\r\n<b>Hi</b>\r\n--xx\r\nContent-Type: text/plain\r\n\r\nHi\r\n--xx--',
      },
      'Hi',
    ],
    [
      'base64 inside of several parts',
      {
        type: 'multipart/mixed; boundary="b b"',
        text: '--b b\r\nContent-Type: text/plain; charset=latin1\r\nContent-Transfer-Encoding: base64\r\n\r\nR3L832U=\r\n--b b--',
      },
      'Grüße',
    ],
    [
      'an envelope of CPIM',
      {
        type: 'message/cpim',
        text: 'From: <sip:a@b.example>\r\nTo: <sip:c@d.example>\r\n\r\nContent-Type: text/plain\r\n\r\nInside',
      },
      'Inside',
    ],
  ])('%s', async (_, fields, expected) => {
    await opens()
    expect(statusOf(await says(fields))).toBe(200)
    expect(rig.host.received[0]?.said.full).toBe(expected)
  })

  test('what stands beside the text comes as a file', async () => {
    await opens()
    const text =
      '--x\r\nContent-Type: text/plain\r\n\r\nSee\r\n--x\r\nContent-Type: image/png\r\nContent-Disposition: attachment; filename="../a.png"\r\nContent-Transfer-Encoding: base64\r\n\r\nAAEC\r\n--x--'
    await says({ type: 'multipart/mixed;boundary=x', text })
    expect(rig.host.received[0]?.attachments).toEqual([
      { name: '.._a.png', type: 'image/png', bytes: Buffer.from([0, 1, 2]), inline: false },
    ])
  })

  test('language, date and subject are handed on', async () => {
    await opens()
    await says({ headers: ['Subject: Tents', 'Content-Language: nb', 'Date: Sun, 22 Nov 2026 09:00:00 GMT'] })
    expect(rig.host.received).toMatchObject([
      { title: 'Tents', language: 'nb', writtenAt: new Date('2026-11-22T09:00:00Z') },
    ])
  })

  test('more than the server takes is refused before it is read', async () => {
    await opens()
    rig.host.addresses.set(OUR_ADDRESS, { accepts: true, maxBytes: 10 })
    expect(statusOf(await says({ text: 'x'.repeat(11) }))).toBe(413)
    expect(rig.host.received).toEqual([])
  })

  test('a packed body that unpacks to far more than it may is refused', async () => {
    await opens()
    const headers = new Map([['content-encoding', ['deflate']]])
    expect(readBody(headers, deflateSync(Buffer.alloc(50_000, 97)))).toMatchObject({ kind: 'text' })
    expect(readBody(headers, deflateSync(Buffer.alloc(50_000_000, 97)))).toEqual({
      kind: 'refused',
      because: 'encoding',
    })
    expect(readBody(headers, Buffer.from('not packed'))).toEqual({ kind: 'refused', because: 'encoding' })
  })
})

describe('what they are told', () => {
  test.each([
    [{ outcome: 'accepted', messageId: 'message-1' }, 200],
    [{ outcome: 'duplicate' }, 200],
    [{ outcome: 'noted', because: 'late' }, 200],
    [{ outcome: 'held' }, 202],
    [{ outcome: 'refused', because: 'retired-address', text: '' }, 410],
    [{ outcome: 'refused', because: 'loop', text: '' }, 482],
    [{ outcome: 'refused', because: 'too-many', text: '' }, 480],
  ] satisfies [Receipt, number][])('%j is answered with %i', async (receipt, status) => {
    await opens()
    rig.host.answer = () => receipt
    expect(statusOf(await says({}))).toBe(status)
  })

  test('an address of before is gone, and where there were too many they may come later', async () => {
    await opens()
    rig.host.addresses.set(OUR_ADDRESS, { accepts: false, because: 'retired' })
    expect(statusOf(await says({}))).toBe(410)
    rig.host.addresses.set(OUR_ADDRESS, { accepts: false, because: 'too-many' })
    expect(await says({})).toMatch(/^SIP\/2\.0 480 [\s\S]*^Retry-After: 60\r$/m)
  })

  test('a server that cannot store is told of with a time to come again', async () => {
    await opens()
    rig.host.answer = () => Promise.reject(new Error('down'))
    expect(await says({})).toMatch(/^SIP\/2\.0 503 [\s\S]*^Retry-After: 30\r$/m)
  })
})
