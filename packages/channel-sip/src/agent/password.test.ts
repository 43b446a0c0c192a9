import { expect, test } from 'vitest'
import { aDelivery, responseTo, sipRig } from '../sip-rig.fixture.ts'

const challenge = (nonce: string) => `Proxy-Authenticate: Digest realm="people.example", nonce="${nonce}", qop="auth"`
const shows = (raw: string) => /^Proxy-Authorization: .*nonce="(\w+)".*nc=(\w+)/m.exec(raw)?.slice(1).join(' ')

test('a proxy asks for the password once; what follows shows it unasked, and a new nonce is taken up', async () => {
  const rig = await sipRig({ credentials: { username: 'parley', password: 'a secret' } })
  let nonce = 'one'
  rig.farEnd.onMessage = (raw) =>
    shows(raw)?.startsWith(`${nonce} `)
      ? responseTo(raw, '200 OK')
      : responseTo(raw, '407 Proxy Authentication Required', challenge(nonce))
  await rig.channel.start(rig.host)
  for (const reference of ['a', 'b']) expect((await rig.channel.send(aDelivery({ reference }))).status).toBe('sent')
  nonce = 'two'
  expect((await rig.channel.send(aDelivery({ reference: 'c' }))).status).toBe('sent')
  expect(rig.farEnd.messages.map(shows)).toEqual([
    undefined,
    'one 00000001',
    'one 00000002',
    'one 00000003',
    'two 00000001',
  ])
  await rig.channel.stop()
  await rig.dispose()
})

test('a password that is not accepted is tried no more, nothing is lost, and health says so', async () => {
  const rig = await sipRig({ credentials: { username: 'parley', password: 'wrong' } })
  let count = 0
  rig.farEnd.onMessage = (raw) => responseTo(raw, '407 Proxy Authentication Required', challenge(`n${++count}`))
  await rig.channel.start(rig.host)
  expect((await rig.channel.send(aDelivery())).status).toBe('retry')
  expect(rig.farEnd.messages).toHaveLength(2)
  expect(rig.channel.health()).toMatchObject({
    state: 'degraded',
    reason: expect.stringContaining('does not accept our password'),
  })
  await rig.channel.stop()
  await rig.dispose()
})
