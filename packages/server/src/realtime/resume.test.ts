import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import {
  type Parley,
  seeded,
  startParley,
  startTcpProxy,
  transcriptShown,
  transcriptTruth,
  WindowPerson,
  waitFor,
} from '@parley/dev-env'
import type { PersonId } from '@parley/model'
import { closeCodes, protocolVersion, type ServerFrame } from '@parley/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket as NodeSocket } from 'ws'
import { createAccount } from '../accounts/index.ts'
import { fast, playHistory } from './contract-world.fixture.ts'

/** `npm test` takes a sample; the soak sets the full count. */
const histories = Number(process.env.PARLEY_HISTORIES ?? 150)
const first = Number(process.env.PARLEY_SEED ?? 1)
const atOnce = 6

let parley: Parley
beforeAll(async () => {
  parley = await startParley({ account: { name: 'nobody', sites: [], responders: [] } })
})
afterAll(async () => {
  // One connection is the outbox's own, which tells the other processes that this one lives.
  const { workerPool } = parley.server.db
  await waitFor('every connection to be given back', () => workerPool.totalCount - workerPool.idleCount === 1)
  expect(workerPool.waitingCount).toBe(0)
  await parley.stop()
})

test(
  `A3 A17 C2 whatever is cut at any frame and resumed at any cursor, granted or taken back, over sockets or polls, everybody ends with exactly what is theirs to see (${histories} histories)`,
  async () => {
    const findings: string[] = []
    let seed = first
    const worker = async () => {
      while (seed < first + histories && findings.length < 5) {
        const mine = seed
        seed += 1
        findings.push(...(await playHistory(parley, mine)))
      }
    }
    await Promise.all(Array.from({ length: atOnce }, worker))
    expect(findings).toEqual([])
  },
  60_000 + histories * 1_500,
)

test.each([
  [5380, 'a text repeated after a reload stands before what the page has loaded'],
  [5487, 'three of them, said to one person'],
])('A17 history %i: %s', async (seed) => {
  expect(await playHistory(parley, seed)).toEqual([])
})

async function aWindow(name: string): Promise<{ visitor: WindowPerson; hello: object }> {
  const key = `${name}-${Date.now()}`
  const site = { key, name, domains: [], topics: [] }
  const { account } = await createAccount(parley.server.db, { name, sites: [site], responders: [] }, new Date())
  const visitor = new WindowPerson({ url: parley.url, site: key, random: seeded(1) })
  await visitor.begins()
  visitor.says('first')
  const { you } = await waitFor('the welcome', () => visitor.client?.transcript.you && visitor.client.transcript)
  const person = you?.person as PersonId
  const token = parley.server.tokens.mint({ account, person, kind: 'visitor', language: 'en' }, new Date())
  return { visitor, hello: { t: 'hello', v: protocolVersion, token, cursors: {} } }
}

test.each([
  ['no JSON', '{"t":'],
  ['no frame of ours', '{"t":"drop-tables"}'],
  ['a say to what is no id', '{"t":"say","id":"7","to":{"conversation":"8"},"text":"x"}'],
])('A3 a frame that is %s closes that connection as malformed, and the server goes on', async (_, text) => {
  const { visitor, hello } = await aWindow('malformed')
  const socket = new WebSocket(`${parley.url.replace('http', 'ws')}/rt`)
  const closed = new Promise<number>((resolve) => socket.addEventListener('close', ({ code }) => resolve(code)))
  socket.addEventListener('open', () => {
    socket.send(JSON.stringify(hello))
    socket.send(text)
  })
  expect(await closed).toBe(closeCodes.malformed)
  visitor.says('still here')
  await waitFor('the words to be there', () => visitor.client?.outbox.length === 0)
  visitor.leaves()
})

test('A3 who reads too slowly is closed as such, holds up nobody, and has everything after coming back', async () => {
  const { visitor, hello } = await aWindow('slow')
  const slow = new NodeSocket(`${parley.url.replace('http', 'ws')}/rt`)
  const closed = new Promise<number>((resolve) => slow.once('close', resolve))
  slow.once('open', () => slow.send(JSON.stringify(hello)))
  await once(slow, 'message')
  slow.pause()
  // More than the network between them holds by itself.
  for (let n = 0; n < 30; n += 1) {
    for (let each = 0; each < 10; each += 1) visitor.says(`${n}.${each} ${'語'.repeat(15_900)}`)
    await waitFor('the words to be there', () => visitor.client?.outbox.length === 0, { timeoutMs: 30_000 })
  }
  slow.resume()
  expect(await closed).toBe(closeCodes.tooSlow)
  const back = visitor.opensTab()
  const truth = await transcriptTruth(parley.server.db, visitor.conversation, 'visitor')
  const isSame = async () => (await transcriptShown(back)) === truth
  await waitFor('the transcript', isSame, { timeoutMs: 30_000, everyMs: 200 })
  back.stop()
  visitor.leaves()
}, 120_000)

test('A3 A18 who comes back with hundreds of unsent texts gets rid of all of them, in order', async () => {
  const { visitor } = await aWindow('backlog')
  const proxy = await startTcpProxy({ target: { host: '127.0.0.1', port: parley.server.port } })
  await proxy.refuse()
  const back = visitor.opensTab({ baseUrl: proxy.url(), timers: fast })
  const texts = Array.from({ length: 400 }, (_, n) => `text ${n}`)
  for (const text of texts) back.say({ conversation: visitor.conversation }, text)
  await proxy.accept()
  await waitFor('all of it to be confirmed', () => back.outbox.length === 0, { timeoutMs: 50_000 })
  const truth = await transcriptTruth(parley.server.db, visitor.conversation, 'visitor')
  expect(truth.match(/text \d+/g)).toEqual(texts)
  back.stop()
  visitor.leaves()
  await proxy.stop()
})

test('A3 words that stand as they were sent come back to their connection as “said” alone, to the other tab whole; masked ones come to both', async () => {
  const { visitor, hello } = await aWindow('own words')
  const opens = async () => {
    const socket = new NodeSocket(`${parley.url.replace('http', 'ws')}/rt`)
    const frames: ServerFrame[] = []
    socket.on('message', (data) => frames.push(JSON.parse(String(data))))
    socket.once('open', () => socket.send(JSON.stringify(hello)))
    await waitFor('the first words', () => frames.some(({ t }) => t === 'messages'))
    frames.length = 0
    return { socket, frames }
  }
  const [own, other] = [await opens(), await opens()]
  const [sentId, maskedId] = [randomUUID(), randomUUID()]
  const says = (id: string, text: string) =>
    own.socket.send(JSON.stringify({ t: 'say', id, to: { conversation: visitor.conversation }, text }))
  const texts = ({ frames }: { frames: ServerFrame[] }) =>
    frames.flatMap((frame) => (frame.t === 'messages' ? frame.messages.map(({ text }) => text) : []))
  says(sentId, 'as it is')
  says(maskedId, 'write to kim@example.org')
  await waitFor('both to be said', () => own.frames.filter(({ t }) => t === 'said').length === 2)
  await waitFor('both at the other tab', () => texts(other).length === 2)
  const masked = texts(other)[1]
  expect(masked).not.toContain('kim@example.org')
  expect(texts(other)).toEqual(['as it is', masked])
  expect(texts(own)).toEqual([masked])
  const marks = own.frames.flatMap((frame) => (frame.t === 'said' ? [[frame.id, frame.asSent]] : []))
  expect(marks).toEqual([
    [sentId, true],
    [maskedId, undefined],
  ])
  own.socket.terminate()
  other.socket.terminate()
  visitor.leaves()
})
