import { randomUUID } from 'node:crypto'
import { type FreshDatabase, freshDatabase, type Parley, startParley, waitFor } from '@parley/dev-env'
import { type OfferId, type PersonId, plainly } from '@parley/model'
import type { ClientFrame, ConversationView, EnterResponse, Hello, MessageView, ServerFrame } from '@parley/protocol'
import { protocolVersion } from '@parley/protocol'
import type { Role } from '../db/index.ts'
import { answerOffer, findOfferIn } from '../hunting/index.ts'
import { aKey } from '../test-house.fixture.ts'

/** A raw connection: keeps every frame in its order, and asks for nothing by itself. */
export class RawLine {
  frames: ServerFrame[] = []
  readonly #socket: WebSocket

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.addEventListener('message', ({ data }) => this.frames.push(JSON.parse(String(data))))
  }

  static async open(parley: Parley, token: string, more: Partial<Hello> = {}): Promise<RawLine> {
    const socket = new WebSocket(`${parley.url.replace('http', 'ws')}/rt`, { headers: { origin: parley.url } })
    const line = new RawLine(socket)
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve)
      socket.addEventListener('error', reject)
    })
    line.send({ t: 'hello', v: protocolVersion, token, cursors: {}, ...more })
    await line.until('the welcome', () => line.#isWelcomed(more.cursors ?? {}))
    return line
  }

  /** With the pages that come after it. */
  #isWelcomed(cursors: Record<string, number>): boolean {
    if (!this.frames.some(({ t }) => t === 'welcome')) return false
    const paged = new Set(this.frames.flatMap((frame) => (frame.t === 'messages' ? [frame.interaction] : [])))
    const all = this.views.flatMap(({ interactions }) => interactions)
    return all.every(({ id, length }) => length === 0 || cursors[id] === length || paged.has(id))
  }

  send(frame: ClientFrame): void {
    this.#socket.send(JSON.stringify(frame))
  }

  close(): void {
    this.#socket.close()
  }

  until<T>(what: string, isSo: () => T | undefined | false | null, timeoutMs = 30_000): Promise<T> {
    return waitFor(what, () => isSo() ?? false, { timeoutMs })
  }

  /** Does an operation, and answers the frame that comes back. */
  does(operation: string, input: Record<string, unknown>): Promise<Extract<ServerFrame, { t: 'done' | 'refused' }>> {
    const id = randomUUID()
    this.send({ t: 'do', id, operation, input })
    return this.until(operation, () =>
      this.frames.find((frame) => (frame.t === 'done' || frame.t === 'refused') && frame.id === id),
    ) as Promise<Extract<ServerFrame, { t: 'done' | 'refused' }>>
  }

  says(to: { conversation: string } | { interaction: string }, text: string): void {
    this.send({ t: 'say', id: randomUUID(), to, text })
  }

  /** The conversations as they were last told. */
  get views(): ConversationView[] {
    const views = new Map<string, ConversationView>()
    for (const frame of this.frames) {
      if (frame.t === 'welcome') for (const view of frame.conversations) views.set(view.id, view)
      if (frame.t === 'conversation') views.set(frame.conversation.id, frame.conversation)
      if (frame.t === 'gone') views.delete(frame.conversation)
    }
    return [...views.values()]
  }

  get messages(): MessageView[] {
    return this.frames.flatMap((frame) => (frame.t === 'messages' ? frame.messages : []))
  }
}

const roles = { ada: 'administrator', sue: 'supervisor', olga: 'operator', bo: 'responder', cleo: 'responder' } as const
export type Name = keyof typeof roles

/** One installation of one or two processes, whose people connect with raw lines. */
export class RawHouse {
  readonly here: Parley
  readonly there: Parley
  readonly #database: FreshDatabase

  private constructor(database: FreshDatabase, here: Parley, there: Parley) {
    this.#database = database
    this.here = here
    this.there = there
  }

  static async open(processes: 1 | 2, policy: object = {}): Promise<RawHouse> {
    const database = await freshDatabase()
    const secret = Buffer.alloc(32, 7)
    const settings = { shared: processes === 2 }
    const responders = Object.entries(roles).map(([name, role]) => {
      const given: { role: Role } = { role }
      return { ...given, name, alias: `alias of ${name}`, language: 'en', emails: [] }
    })
    const site = {
      key: 'shop',
      name: 'Shop',
      domains: [],
      topics: [],
      policy: { admission: { kind: 'any' }, ...policy },
    }
    const account = { name: 'Shop', sites: [site], responders }
    const here = await startParley({ database, account, secret, settings })
    const there =
      processes === 2 ? await startParley({ database, account, existing: here.account, secret, settings }) : here
    return new RawHouse(database, here, there)
  }

  person(name: Name): PersonId {
    const found = this.here.account.responders.find((one) => one.name === name)
    if (!found) throw new Error(`nobody is called ${name}`)
    return found.person
  }

  token(name: Name): string {
    const { account } = this.here.account
    const holder = { account, person: this.person(name), kind: 'responder', language: 'en' } as const
    return this.here.server.tokens.mint(holder, new Date())
  }

  connects(name: Name, at: Parley = this.here, more: Partial<Hello> = {}): Promise<RawLine> {
    return RawLine.open(at, this.token(name), more)
  }

  /** A window that is opened with this token. */
  comes(token: string): Promise<RawLine> {
    return RawLine.open(this.here, token)
  }

  /** A visitor with a question, connected. */
  async asks(
    text = 'Is the path open?',
  ): Promise<{ ana: RawLine; token: string; conversation: string; intake: string }> {
    const { token } = await this.#post<EnterResponse>('/api/visitor/enter', { site: 'shop' })
    const view = await this.#post<ConversationView>('/api/visitor/conversation', {}, token)
    const ana = await RawLine.open(this.here, token)
    ana.says({ conversation: view.id }, text)
    await ana.until('the question', () => ana.frames.some(({ t }) => t === 'said'))
    return { ana, token, conversation: view.id, intake: view.interactions[0]?.id ?? '' }
  }

  /** Somebody answers the question from the desk and is let in. */
  async answers(name: Name, conversation: string, text = `I am ${name}.`): Promise<string> {
    const { server, account } = this.here
    const person = this.person(name)
    const { rows } = await server.db.workerPool.query<{ id: OfferId }>(
      'select offer_id as id from offer where conversation_id = $1 and person_id = $2',
      [conversation, person],
    )
    const offer = rows[0]?.id
    if (!offer) throw new Error(`${name} was not asked`)
    const answered = await answerOffer(
      server.road,
      {
        account: account.account,
        offer,
        say: {
          account: account.account,
          person,
          via: { medium: 'web', address: null },
          said: plainly(text),
          key: aKey(randomUUID()),
          attachments: [],
          form: null,
          unproven: false,
          rawBlob: null,
          writtenAt: null,
        },
      },
      findOfferIn(server.db),
    )
    if (answered.outcome !== 'admitted') throw new Error(`${name} was not admitted: ${answered.outcome}`)
    return answered.interaction
  }

  async close(): Promise<void> {
    await this.here.stop()
    if (this.there !== this.here) await this.there.stop()
    await this.#database.drop()
  }

  async #post<T>(path: string, body: unknown, token?: string): Promise<T> {
    const response = await fetch(`${this.here.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`${path} answered ${response.status}`)
    return (await response.json()) as T
  }
}
