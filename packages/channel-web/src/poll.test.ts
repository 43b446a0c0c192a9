import { expect, test } from 'vitest'
import { hello, startWeb, until } from './writing-host.fixture.ts'

const id = '01900000-0000-7000-8000-000000000001'
const say = (text: string) => ({ t: 'say' as const, id, to: { conversation: id }, text })
const texts = (frames: unknown[]) => frames.map((frame) => JSON.stringify(frame))

async function enter(web: Awaited<ReturnType<typeof startWeb>>) {
  const first = await web.poll({ frames: [hello] })
  const second =
    first.frames.length > 0 ? first : await web.poll({ session: first.session, ack: 0, from: 2, frames: [] })
  expect(second.frames[0]?.t).toBe('welcome')
  return { session: first.session, ack: second.seq }
}

test('a poll waits for news and brings all of it at once', async () => {
  await using web = await startWeb()
  const at = await enter(web)
  const waiting = web.poll({ ...at, from: 2, frames: [] })
  web.host.wire.send({ t: 'pong' })
  web.host.wire.send({ t: 'changed', what: 'held' })
  const news = await waiting
  expect(texts(news.frames)).toEqual(['{"t":"pong"}', '{"t":"changed","what":"held"}'])
  expect(news.seq).toBe(at.ack + 2)
})

test('an answer that was lost on its way is given again, and frames are not taken twice', async () => {
  await using web = await startWeb()
  const at = await enter(web)
  const request = { ...at, from: 2, frames: [say('once'), say('and again')] }
  await web.poll(request)
  web.host.wire.send({ t: 'pong' })
  const lost = await web.poll(request)
  const repeated = await web.poll(request)
  expect(repeated.frames).toEqual(lost.frames)
  expect(repeated).toMatchObject({ seq: lost.seq, taken: 3 })
  expect(web.host.taken).toHaveLength(2)
})

test('frames are forgotten only when acknowledged', async () => {
  await using web = await startWeb()
  const at = await enter(web)
  for (let n = 0; n < 3; n += 1) web.host.wire.send({ t: 'changed', what: 'held' })
  expect((await web.poll({ ...at, from: 2, frames: [] })).frames).toHaveLength(3)
  const rest = await web.poll({ session: at.session, ack: at.ack + 1, from: 2, frames: [] })
  expect(rest.frames).toHaveLength(2)
  expect(rest.seq).toBe(at.ack + 3)
})

test('a request that overtakes an earlier one takes nothing, and says where to begin again', async () => {
  await using web = await startWeb()
  const at = await enter(web)
  const early = await web.poll({ ...at, from: 3, frames: [say('second')] })
  expect(early.taken).toBe(1)
  expect(web.host.taken).toEqual([])
  await web.poll({ ...at, from: 2, frames: [say('first'), say('second')] })
  expect(web.host.taken.map((frame) => frame.t === 'say' && frame.text)).toEqual(['first', 'second'])
})

test('a newer request sends the older one home', async () => {
  await using web = await startWeb()
  const at = await enter(web)
  const before = web.polls()
  const older = web.poll({ ...at, from: 2, frames: [] })
  await until(() => web.polls() > before)
  const newer = web.poll({ ...at, from: 2, frames: [] })
  expect((await older).frames).toEqual([])
  web.host.wire.send({ t: 'pong' })
  expect((await newer).frames).toHaveLength(1)
})

test('a poll without news is answered after its time, empty', async () => {
  await using web = await startWeb({ pollWaitMs: 10 })
  const at = await enter(web)
  expect(await web.poll({ ...at, from: 2, frames: [] })).toMatchObject({ frames: [], seq: at.ack })
})

test('a connection that is polled no more is closed for the host, and its session is over', async () => {
  await using web = await startWeb()
  const at = await enter(web)
  web.skip(61_000)
  await until(() => web.host.closed === 1)
  expect(await web.poll({ ...at, from: 2, frames: [] })).toMatchObject({ status: 410, close: { code: 1001 } })
})

test('a session is of no use without the token that began it', async () => {
  await using web = await startWeb()
  const at = await enter(web)
  const stolen = await web.poll({ ...at, from: 2, frames: [say('forged')] }, { authorization: 'Bearer bo' })
  expect(stolen).toMatchObject({ status: 410, close: { code: 1001 } })
  expect(web.host.taken).toEqual([])
})

test('whoever polls too slowly is closed, and hears of it even when the first answer was lost', async () => {
  await using web = await startWeb()
  const at = await enter(web)
  const text = JSON.stringify({ t: 'pong', filler: 'x'.repeat(200_000) })
  for (let n = 0; n < 10; n += 1) web.host.wire.sendText(text)
  expect(web.host.closed).toBe(1)
  let { ack } = at
  for (let turn = 0; turn < 10; turn += 1) {
    const answer = await web.poll({ session: at.session, ack, from: 2, frames: [] })
    ack = answer.seq
    if (!answer.close) continue
    expect(answer.close.code).toBe(4005)
    expect((await web.poll({ session: at.session, ack, from: 2, frames: [] })).close?.code).toBe(4005)
    return
  }
  throw new Error('the close never came')
})

const wrong: [string, string, number, number][] = [
  ['no JSON', '{"frames":', 400, 4002],
  ['a frame that is none', '{"frames":[{"t":"nope"}]}', 400, 4002],
  ['no hello', '{"frames":[{"t":"ping"}]}', 400, 4002],
  ['a body over the limit', `{"frames":[],"x":"${'x'.repeat(300_000)}"}`, 413, 4003],
]
test.each(wrong)('%s is refused in clear words', async (_, body, status, code) => {
  await using web = await startWeb()
  expect(await web.poll(body)).toMatchObject({ status, close: { code } })
  expect(web.host.opened).toEqual([])
})

test('a poll from a page of another origin is refused', async () => {
  await using web = await startWeb()
  expect(await web.poll({ frames: [hello] }, { origin: 'https://evil.example' })).toMatchObject({ status: 403 })
})

test('a client that hangs up while its poll is held loses nothing', async () => {
  await using web = await startWeb()
  const at = await enter(web)
  const hangUp = new AbortController()
  const gone = web.poll({ ...at, from: 2, frames: [] }, {}, hangUp.signal).catch(() => 'gone')
  await new Promise((resolve) => setTimeout(resolve, 20))
  hangUp.abort()
  expect(await gone).toBe('gone')
  await new Promise((resolve) => setTimeout(resolve, 20))
  web.host.wire.send({ t: 'pong' })
  expect((await web.poll({ ...at, from: 2, frames: [] })).frames).toHaveLength(1)
})
