import { randomUUID } from 'node:crypto'
import { type FreshDatabase, freshDatabase, type Parley, startParley } from '@parley/dev-env'
import type { ClientFrame, ConversationView, EnterResponse, MessageView, ServerFrame } from '@parley/protocol'
import { protocolVersion } from '@parley/protocol'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'

let database: FreshDatabase
let here: Parley
let there: Parley
const secret = Buffer.alloc(32, 7)

beforeEach(async () => {
  database = await freshDatabase()
  const account = {
    name: 'Shop',
    sites: [{ key: 'shop', name: 'Shop', domains: ['shop.test'], topics: [] }],
    responders: [{ name: 'Bo', alias: 'Juniper', language: 'en', emails: ['bo@people.test'] }],
  }
  here = await startParley({ database, account, secret, settings: { shared: true } })
  there = await startParley({ database, account, existing: here.account, secret, settings: { shared: true } })
})

afterEach(async () => {
  await here.stop()
  await there.stop()
  await database.drop()
})

/** A raw client: keeps every frame, and never asks for anything by itself. */
class Line {
  readonly frames: ServerFrame[] = []
  readonly #said = new Map<string, string>()
  readonly #socket: WebSocket

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.addEventListener('message', ({ data }) => this.frames.push(JSON.parse(String(data))))
  }

  static async open(parley: Parley, token: string): Promise<Line> {
    const socket = new WebSocket(`${parley.url.replace('http', 'ws')}/rt`, { headers: { origin: parley.url } })
    const line = new Line(socket)
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve)
      socket.addEventListener('error', reject)
    })
    line.send({ t: 'hello', v: protocolVersion, token, cursors: {} })
    await line.until(() => line.frames.some(({ t }) => t === 'welcome'))
    return line
  }

  send(frame: ClientFrame): void {
    if (frame.t === 'say') this.#said.set(frame.id, frame.text)
    this.#socket.send(JSON.stringify(frame))
  }

  close(): void {
    this.#socket.close()
  }

  async until(isSo: () => boolean): Promise<void> {
    for (let tries = 0; tries < 1200; tries += 1) {
      if (isSo()) return
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
    throw new Error(`it did not come; there were ${JSON.stringify(this.frames.map(({ t }) => t))}`)
  }

  /** What this client has of everything it was sent, by interaction: a page that was sent twice counts once. */
  texts(): string[] {
    const messages = new Map<string, Pick<MessageView, 'at' | 'text'>>()
    for (const frame of this.frames) {
      if (frame.t === 'messages') for (const message of frame.messages) messages.set(message.id, message)
      if (frame.t === 'said' && frame.asSent)
        messages.set(frame.message, { at: frame.at, text: this.#said.get(frame.id) ?? '' })
    }
    return [...messages.values()].sort((a, b) => (a.at < b.at ? -1 : 1)).map(({ text }) => text)
  }
}

async function post<T>(parley: Parley, path: string, body: unknown, token?: string): Promise<T> {
  const response = await fetch(`${parley.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(body),
  })
  expect(response.status).toBe(200)
  return (await response.json()) as T
}

/** Ana here, with a conversation; Bo, who answers its question, there. */
async function anaHereBoThere() {
  const { token } = await post<EnterResponse>(here, '/api/visitor/enter', { site: 'shop' })
  const conversation = await post<ConversationView>(here, '/api/visitor/conversation', {}, token)
  const ana = await Line.open(here, token)
  const person = here.account.responders[0]?.person
  if (!person) throw new Error('nobody responds')
  const holder = { account: here.account.account, person, kind: 'responder' as const, language: 'en' }
  const bo = await Line.open(there, there.server.tokens.mint(holder, new Date()))
  return { ana, bo, conversation: conversation.id, person, token }
}

const says = (line: Line, conversation: string, text: string) =>
  line.send({ t: 'say', id: randomUUID(), to: { conversation }, text })

/** Bo answers the offer, as the desk does, on the process where Bo is not connected. */
async function boIsAdmitted(conversation: string, person: string): Promise<void> {
  const { answerOffer, findOfferIn } = await import('../hunting/index.ts')
  const { server, account } = here
  const offer = await server.db.workers
    .selectFrom('offer')
    .select(['offer_id', 'person_id'])
    .where('conversation_id', '=', conversation as never)
    .executeTakeFirstOrThrow()
  expect(offer.person_id).toBe(person)
  const answered = await answerOffer(
    server.road,
    {
      account: account.account,
      offer: offer.offer_id,
      say: {
        account: account.account,
        person: offer.person_id,
        via: { medium: 'web', address: null },
        said: { visible: 'I can help.', full: 'I can help.', cuts: [] },
        key: Buffer.from(randomUUID()),
        attachments: [],
        form: null,
        unproven: false,
        rawBlob: null,
        writtenAt: null,
      },
    },
    findOfferIn(server.db),
  )
  expect(answered.outcome).toBe('admitted')
}

test('what is said at one process reaches those at another, in order and complete, in a conversation that was new there too', async () => {
  const { ana, bo, conversation, person } = await anaHereBoThere()
  says(ana, conversation, 'Is anybody there?')
  await bo.until(() => bo.frames.some((frame) => frame.t === 'changed' && frame.what === 'offers'))
  await boIsAdmitted(conversation, person)
  await bo.until(() => bo.frames.some((frame) => frame.t === 'conversation' && frame.conversation.id === conversation))
  await bo.until(() => bo.texts().includes('I can help.'))
  const asked = Array.from({ length: 60 }, (_, index) => `question ${index}`)
  for (const text of asked) says(ana, conversation, text)
  says(bo, conversation, 'One at a time, please.')
  await bo.until(() => bo.texts().length === 63)
  await ana.until(() => ana.texts().length === 63)
  expect(bo.texts().filter((text) => text.startsWith('question'))).toEqual(asked)
  expect(bo.texts()).toEqual(ana.texts())
  bo.close()
  ana.close()
  expect([...here.complaints, ...there.complaints]).toEqual([])
})

test('typing, and how far somebody has read, pass between processes', async () => {
  const { ana, bo, conversation, person } = await anaHereBoThere()
  says(ana, conversation, 'Is anybody there?')
  await bo.until(() => bo.frames.some(({ t }) => t === 'changed'))
  await boIsAdmitted(conversation, person)
  await bo.until(() => bo.texts().includes('I can help.'))
  bo.send({ t: 'typing', to: { conversation }, on: true })
  await ana.until(() => ana.frames.some((frame) => frame.t === 'typing' && frame.on))
  says(ana, conversation, 'Good.')
  await bo.until(() => bo.texts().includes('Good.'))
  const page = bo.frames.findLast((frame) => frame.t === 'messages')
  if (page?.t !== 'messages') throw new Error('no page')
  const n = page.messages.at(-1)?.n ?? 0
  bo.send({ t: 'seen', interaction: page.interaction, delivered: n, read: n })
  await ana.until(() => ana.frames.some((frame) => frame.t === 'seen' && frame.read > 0))
  bo.close()
  ana.close()
})

test('A3 what is read in one tab is read in the others of the same person, wherever they are connected', async () => {
  const { ana, bo, conversation, person, token } = await anaHereBoThere()
  const [besides, elsewhere] = [await Line.open(here, token), await Line.open(there, token)]
  says(ana, conversation, 'Is anybody there?')
  await bo.until(() => bo.frames.some(({ t }) => t === 'changed'))
  await boIsAdmitted(conversation, person)
  for (const line of [ana, besides, elsewhere]) await line.until(() => line.texts().includes('I can help.'))
  const page = ana.frames.find((frame) => frame.t === 'messages' && frame.messages[0]?.text === 'I can help.')
  if (page?.t !== 'messages') throw new Error('no page')
  ana.send({ t: 'seen', interaction: page.interaction, delivered: 1, read: 1 })
  const isRead = (line: Line) => line.frames.some((frame) => frame.t === 'seen' && frame.read === 1)
  for (const line of [besides, elsewhere, bo]) await line.until(() => isRead(line))
  expect(isRead(ana)).toBe(false)
  for (const line of [ana, bo, besides, elsewhere]) line.close()
})

test('A20 a form that was answered at one process is shown as answered at another', async () => {
  const { ana, bo, conversation, person, token } = await anaHereBoThere()
  says(ana, conversation, 'Is anybody there?')
  await bo.until(() => bo.frames.some(({ t }) => t === 'changed'))
  await boIsAdmitted(conversation, person)
  await bo.until(() => bo.texts().includes('I can help.'))
  const fields = [{ name: 'size', label: 'Size', kind: 'text' as const, required: true }]
  bo.send({ t: 'say', id: randomUUID(), to: { conversation }, text: 'Which size?', ask: fields })
  await ana.until(() => ana.texts().includes('Which size?'))
  const asked = (line: Line) =>
    line.frames
      .flatMap((frame) => (frame.t === 'messages' ? frame.messages : []))
      .filter(({ text }) => text === 'Which size?')
  const other = await Line.open(there, token)
  const message = asked(ana)[0]?.id ?? ''
  ana.send({
    t: 'say',
    id: randomUUID(),
    to: { conversation },
    text: '',
    form: { message, answers: { size: '42' } },
  })
  await bo.until(() => asked(bo).some(({ form }) => form?.answered === true))
  for (const line of [ana, bo, other]) line.close()
})

test('what was said while the hints were cut off is read back when they are heard again', async () => {
  const { ana, bo, conversation, person } = await anaHereBoThere()
  says(ana, conversation, 'Is anybody there?')
  await bo.until(() => bo.frames.some(({ t }) => t === 'changed'))
  await boIsAdmitted(conversation, person)
  await bo.until(() => bo.texts().includes('I can help.'))
  const said: string[] = []
  for (let round = 0; round < 4; round += 1) {
    // Both processes lose the connection on which they listen and tell.
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'parley hints' and datname = current_database()`.execute(here.server.db.workers)
    for (let index = 0; index < 10; index += 1) {
      said.push(`round ${round} line ${index}`)
      says(ana, conversation, said.at(-1) ?? '')
    }
    await ana.until(() => ana.texts().length === 2 + said.length)
    await bo.until(() => bo.texts().length === 2 + said.length)
  }
  expect(bo.texts()).toEqual(['Is anybody there?', 'I can help.', ...said])
  bo.close()
  ana.close()
})

test('whoever may no longer be connected is sent away by every process', async () => {
  const { ana, bo, person } = await anaHereBoThere()
  here.server.hub.disconnect(person as never)
  await bo.until(() => !there.server.hub.isConnected(person as never))
  expect(there.server.hub.isConnected(person as never)).toBe(false)
  ana.close()
})
