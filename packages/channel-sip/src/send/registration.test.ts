import { expect, test } from 'vitest'
import { aMessage, OUR_ADDRESS, overTcp, responseTo, sipRig } from '../sip-rig.fixture.ts'

/** A registrar: what it answers to each REGISTER in turn, the last for good. */
async function registrar(...answers: ((raw: string) => string)[]) {
  const seen: string[] = []
  const rig = await sipRig({
    register: { address: 'sip:parley@chat.example', expiresSeconds: 60 },
    credentials: { username: 'parley', password: 'a secret' },
    publicHost: 'sip.chat.example',
    publicPort: 5070,
  })
  rig.farEnd.onRegister = (raw) => {
    seen.push(raw)
    const answer = answers[Math.min(seen.length, answers.length) - 1]
    return answer ? answer(raw) : responseTo(raw, '500 Server Error')
  }
  await rig.channel.start(rig.host)
  const until = async (isSo: () => boolean) => {
    while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 10))
  }
  return {
    rig,
    seen,
    until,
    async close() {
      await rig.channel.stop()
      await rig.dispose()
    },
  }
}

test('it registers our public name, proves itself, and takes the contact back at the end', async () => {
  const challenge = 'WWW-Authenticate: Digest realm="chat.example", nonce="abc", algorithm=SHA-256, qop="auth,auth-int"'
  const { rig, seen, until, close } = await registrar(
    (raw) => responseTo(raw, '401 Unauthorized', challenge),
    (raw) => responseTo(raw, '200 OK'),
  )
  await until(() => rig.channel.health().state === 'up')
  const [first = '', second = ''] = seen
  expect(first).toMatch(/^REGISTER sip:chat\.example SIP\/2\.0\r$/m)
  expect(first).toMatch(/^Contact: <sip:parley@sip\.chat\.example:5070;transport=tcp>\r$/m)
  expect(first).toMatch(/^CSeq: 1 REGISTER\r$/m)
  expect(second).toMatch(/^CSeq: 2 REGISTER\r$/m)
  expect(second).toMatch(/^Authorization: Digest username="parley", .*algorithm=SHA-256, qop=auth, nc=00000001/m)
  await close()
  expect(seen.at(-1)).toMatch(/^Expires: 0\r$/m)
})

test('a registrar that wants longer times gets them (423)', async () => {
  const { rig, seen, until, close } = await registrar(
    (raw) => responseTo(raw, '423 Interval Too Brief', 'Min-Expires: 1800'),
    (raw) => responseTo(raw, '200 OK'),
  )
  await until(() => rig.channel.health().state === 'up')
  expect(seen[1]).toMatch(/^Expires: 1800\r$/m)
  await close()
})

test('a registrar that refuses is a state of health, and the password is tried once only', async () => {
  const challenge = () => `WWW-Authenticate: Digest realm="chat.example", nonce="${Math.random()}"`
  const { rig, seen, until, close } = await registrar((raw) => responseTo(raw, '401 Unauthorized', challenge()))
  await until(() => rig.channel.health().state === 'down')
  expect(rig.channel.health()).toMatchObject({ reason: 'registration: the registrar said 401' })
  expect(seen).toHaveLength(2)
  await close()
})

test('what a proxy brings to our contact reaches the address that it was written to', async () => {
  const { rig, until, close } = await registrar((raw) => responseTo(raw, '200 OK'))
  await until(() => rig.channel.health().state === 'up')
  const raw = aMessage({}).replace(/^MESSAGE \S+/, 'MESSAGE sip:parley@sip.chat.example:5070;transport=tcp')
  expect(await overTcp(rig.channel.ports.TCP ?? 0, raw)).toMatch(/^SIP\/2\.0 200 /)
  expect(rig.host.received).toMatchObject([{ to: OUR_ADDRESS }])
  await close()
})

test('a proxy that was gone has forgotten us: we register anew as soon as it is back', async () => {
  const { rig, seen, until, close } = await registrar((raw) => responseTo(raw, '200 OK'))
  await until(() => rig.channel.health().state === 'up')
  const before = seen.length
  await rig.farEnd.close()
  await until(() => rig.channel.health().state === 'down')
  await rig.farEnd.listen()
  await until(() => rig.channel.health().state === 'up' && seen.length > before)
  await close()
})
