import { setTimeout as sleep } from 'node:timers/promises'
import { type Client, type ConnectOptions, connect } from '@parley/client'
import type { ConversationView, EnterResponse } from '@parley/protocol'
import type { Database } from '@parley/server'
import type { Seeded } from './seeded.ts'
import { waitFor } from './wait-for.ts'

/** A visitor at a window without the window: the real client on the real transports, and the calls that the window makes. */
export class WindowPerson {
  client: Client | null = null
  conversation = ''
  #secret: string | undefined
  readonly #url: string
  readonly #site: string
  readonly #random: Seeded
  readonly #connect: Partial<ConnectOptions>

  constructor(options: { url: string; site: string; random: Seeded; connect?: Partial<ConnectOptions> }) {
    this.#url = options.url
    this.#site = options.site
    this.#random = options.random
    this.#connect = options.connect ?? {}
  }

  /** Enters, begins a conversation and connects; tries until the server is there. */
  async begins(): Promise<Client> {
    const token = await this.#enter()
    const view = await this.#post<ConversationView>('/api/visitor/conversation', {}, token)
    this.conversation = view.id
    this.client = this.opensTab()
    this.client.learn(view)
    return this.client
  }

  /** Another tab of the same person. */
  opensTab(more: Partial<ConnectOptions> = {}): Client {
    return connect({
      baseUrl: this.#url,
      getToken: () => this.#enter(),
      random: () => this.#random.next(),
      ...this.#connect,
      ...more,
    })
  }

  says(text: string): void {
    this.client?.say({ conversation: this.conversation }, text)
  }

  /** For what speaks to the server in their place. */
  token = (): Promise<string> => this.#enter()

  leaves(): void {
    this.client?.stop()
  }

  async #enter(): Promise<string> {
    const entered = await this.#post<EnterResponse>('/api/visitor/enter', {
      site: this.#site,
      ...(this.#secret ? { secret: this.#secret } : {}),
    })
    this.#secret = entered.secret ?? this.#secret
    return entered.token
  }

  async #post<T>(path: string, body: object, token?: string): Promise<T> {
    for (;;) {
      const response = await fetch(`${this.#url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
        body: JSON.stringify(body),
      }).catch(() => null)
      const value: unknown = response?.ok ? await response.json().catch(() => null) : null
      if (value !== null) return value as T
      if (response && response.status >= 400 && response.status < 500)
        throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
      await sleep(100)
    }
  }
}

/** All that a person may see of a conversation, by interaction, as `number text` lines: what the database says. */
export async function transcriptTruth(db: Database, conversation: string, person: string | 'visitor'): Promise<string> {
  const { rows } = await db.workerPool.query<{ interaction: string; lines: string }>(
    `select x.interaction, string_agg(x.n || ' ' || x.body, E'\\n' order by x.n) as lines from (
       select p.interaction_id as interaction, m.body,
         row_number() over (partition by p.interaction_id order by p.position) as n
       from placement p join message m on m.account_id = p.account_id and m.message_id = p.message_id
       join conversation c on c.account_id = p.account_id and c.conversation_id = p.conversation_id
       join interaction i on i.account_id = p.account_id and i.interaction_id = p.interaction_id
       where p.conversation_id = $1 and p.position <> all(i.withdrawn) and exists (select from span s where s.account_id = p.account_id
         and s.person_id = coalesce($2::uuid, c.visitor_id) and s.interaction_id = p.interaction_id
         and p.position >= s.from_position and (s.to_position is null or p.position <= s.to_position))
     ) x group by x.interaction order by x.interaction`,
    [conversation, person === 'visitor' ? null : person],
  )
  return rows.map(({ interaction, lines }) => `${interaction}\n${lines}`).join('\n')
}

/** The same as a client has it, which pages back to the beginning where it holds only the latest. */
export async function transcriptShown(client: Client): Promise<string> {
  await readAll(client)
  return [...client.transcript.interactions]
    .filter(({ messages }) => messages.length > 0)
    .sort((a, b) => (a.view.id < b.view.id ? -1 : 1))
    .map(({ view, messages }) => `${view.id}\n${messages.map(({ n, text }) => `${n} ${text}`).join('\n')}`)
    .join('\n')
}

/** Pages back to the beginning, where the client holds only the latest of it. */
async function readAll(client: Client): Promise<void> {
  await waitFor(
    'the earlier messages',
    () => {
      const later = [...client.transcript.interactions].filter(({ base }) => base > 0)
      for (const { view } of later) client.readBefore(view.id)
      return later.length === 0
    },
    { timeoutMs: 30_000 },
  )
}
