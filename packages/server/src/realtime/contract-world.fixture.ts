import { setTimeout as sleep } from 'node:timers/promises'
import {
  type Parley,
  type Seeded,
  seeded,
  startTcpProxy,
  type TcpProxy,
  transcriptShown,
  transcriptTruth,
  WindowPerson,
  waitFor,
} from '@parley/dev-env'
import { type AccountId, type ConversationId, newId, type OfferId, type PersonId, plainly } from '@parley/model'
import { sql } from 'kysely'
import { createAccount } from '../accounts/index.ts'
import { answerOffer, findOfferIn } from '../hunting/index.ts'
import { writeChanges } from '../operations/index.ts'
import { aKey } from '../test-house.fixture.ts'

type Client = ReturnType<WindowPerson['opensTab']>

/** The client's waits pass faster by this, and its clock with them. */
const speed = 10
const began = Date.now()
export const fast = {
  now: () => began + (Date.now() - began) * speed,
  setTimeout: (run: () => void, ms: number) => setTimeout(run, ms / speed),
  clearTimeout: (timer: unknown) => clearTimeout(timer as NodeJS.Timeout),
}

/** Somebody's page or desk: a client behind a bad network of its own. */
class Place {
  readonly name: string
  readonly person: () => PersonId | 'visitor'
  readonly #proxy: TcpProxy
  readonly #random: Seeded
  readonly #open: (more: Parameters<WindowPerson['opensTab']>[0]) => Client
  readonly #options: NonNullable<Parameters<WindowPerson['opensTab']>[0]>
  client: Client
  /** Every text that came over the wire, whatever the client made of it. */
  readonly overheard = new Set<string>()
  /** Everything that they could read when rights were about to change. */
  readonly allowed = new Set<string>()

  constructor(options: {
    name: string
    person: () => PersonId | 'visitor'
    proxy: TcpProxy
    random: Seeded
    transport: 'socket' | 'poll' | 'auto'
    open: (more: Parameters<WindowPerson['opensTab']>[0]) => Client
  }) {
    this.name = options.name
    this.person = options.person
    this.#proxy = options.proxy
    this.#random = options.random
    this.#open = options.open
    const note = (text: string) => {
      for (const [, found] of text.matchAll(/"text":"(m\d+;)"/g)) if (found) this.overheard.add(found)
    }
    class Overheard extends WebSocket {
      constructor(url: string) {
        super(url)
        this.addEventListener('message', ({ data }) => note(String(data)))
      }
    }
    let json: string | null = null
    this.#options = {
      baseUrl: this.#proxy.url(),
      transport: options.transport,
      timers: fast,
      WebSocket: Overheard,
      async fetch(url, init) {
        const response = await fetch(url, init as RequestInit)
        const text = await response.text()
        note(text)
        return { ok: response.ok, status: response.status, json: async () => JSON.parse(text) }
      },
      storage: {
        load: () => json,
        save: (items) => {
          json = items
        },
      },
    }
    this.client = this.#open(this.#options)
  }

  /** The next connection breaks at some frame, in either direction, in one of the ways in which connections break. */
  cut(): void {
    this.#proxy.cutNext({
      direction: this.#random.pick(['to-client', 'to-server'] as const),
      afterFrames: this.#random.int(1, 6),
      how: this.#random.pick(['reset', 'close'] as const),
    })
    this.cutNow()
  }

  cutNow(): void {
    this.#proxy.cutAll(this.#random.chance(0.1) ? 'silence' : this.#random.pick(['reset', 'close'] as const))
  }

  /** The page is loaded again, and begins at any place of what it had. */
  reloads(): void {
    const cursors = [...this.client.transcript.interactions].map(({ view, cursor }) => [
      view.id,
      this.#random.int(0, cursor),
    ])
    this.client.stop()
    this.client = this.#open({ ...this.#options, cursors: Object.fromEntries(cursors) })
  }

  async closes(): Promise<void> {
    this.client.stop()
    await this.#proxy.stop()
  }
}

/**
 * One random history on the real server: people say, join and leave, what they may read is given, taken back and withdrawn, with one tab or
 * two, over sockets or polls, while their connections break at any frame and are resumed at any cursor. Then it is quiet. Answers what went against the contract; empty when all is well.
 */
export async function playHistory(parley: Parley, seed: number): Promise<string[]> {
  const random = seeded(seed)
  const { server } = parley
  const key = `history-${seed}-${Date.now()}`
  const { account, responders } = await createAccount(
    server.db,
    {
      name: key,
      sites: [
        {
          key,
          name: key,
          domains: [],
          topics: [],
          policy: {
            circle: random.pick(['private', 'shared'] as const),
            history: random.pick(['all', 'none'] as const),
            admission: { kind: 'any' },
          },
        },
      ],
      responders: ['bo', 'cleo', 'dan'].map((name) => ({ name, alias: name, language: 'en', emails: [] })),
    },
    new Date(),
  )
  const places: Place[] = []
  const visitor = new WindowPerson({ url: parley.url, site: key, random: random.fork('visitor') })
  const opens = async (
    name: string,
    person: PersonId | 'visitor',
    open: (more: Parameters<WindowPerson['opensTab']>[0]) => Client,
  ) => {
    const own = random.fork(name)
    const proxy = await startTcpProxy({ target: { host: '127.0.0.1', port: server.port }, seed: own.int(1, 1e9) })
    const transport = own.pick(['socket', 'socket', 'poll', 'auto'] as const)
    const place = new Place({ name, person: () => person, proxy, random: own, transport, open })
    places.push(place)
    return place
  }
  try {
    // It begins the conversation over HTTP; the places below are the tabs.
    const first = await visitor.begins()
    first.stop()
    const conversation = visitor.conversation as ConversationId
    const tabs = [await opens('tab 1', 'visitor', (more) => visitor.opensTab(more))]
    if (random.chance(0.4)) tabs.push(await opens('tab 2', 'visitor', (more) => visitor.opensTab(more)))
    const desks = new Map<PersonId, Place>()
    for (const { person, name } of responders) {
      const token = () => server.tokens.mint({ account, person, kind: 'responder', language: 'en' }, new Date())
      const place = await opens(name, person, (more) => visitor.opensTab({ ...more, getToken: async () => token() }))
      desks.set(person, place)
    }
    const present = new Map<PersonId, string>()
    let said = 0
    const next = () => {
      said += 1
      return `m${said};`
    }
    const visitorSays = () => {
      const one = random.chance(0.3) && present.size > 0 ? random.pick([...present.values()]) : null
      random.pick(tabs).client.say(one ? { interaction: one } : { conversation }, next())
    }
    visitorSays()
    const offers = await waitFor(
      'the question to be offered',
      async () => {
        const { rows } = await server.db.workerPool.query<{ offer: OfferId; person: PersonId }>(
          'select offer_id as offer, person_id as person from offer where account_id = $1 order by person_id',
          [account],
        )
        return rows.length > 0 && rows
      },
      { timeoutMs: 60_000 },
    )
    const turns = random.int(8, 28)
    for (let turn = 0; turn < turns; turn += 1) {
      const dice = random.next()
      const somewhere = random.pick(places)
      if (dice < 0.32) visitorSays()
      else if (dice < 0.58 && present.size > 0) {
        const [person, interaction] = random.pick([...present])
        desks.get(person)?.client.say({ interaction }, next())
      } else if (dice < 0.7 && offers.length > 0) {
        const [offer] = offers.splice(random.int(0, offers.length - 1), 1)
        if (offer) {
          const answered = await answerOffer(
            server.road,
            { account, offer: offer.offer, say: answerOf(account, offer.person, next()) },
            findOfferIn(server.db),
          )
          if (answered.outcome === 'admitted') present.set(offer.person, answered.interaction)
        }
      } else if (dice < 0.75 && present.size > 0) {
        const [person, interaction] = random.pick([...present])
        present.delete(person)
        await leave(parley, { account, conversation, person, interaction })
      } else if (dice < 0.82) await changeRights({ parley, account, conversation, places, random })
      else if (dice < 0.87) somewhere.cut()
      else if (dice < 0.91) somewhere.cutNow()
      else if (dice < 0.96) somewhere.reloads()
      else somewhere.client.wake()
      if (random.chance(0.6)) await sleep(random.int(0, 9))
    }
    return await judge(parley, conversation, places, seed)
  } finally {
    visitor.leaves()
    await Promise.all(places.map((place) => place.closes()))
  }
}

async function judge(parley: Parley, conversation: ConversationId, places: readonly Place[], seed: number) {
  const findings: string[] = []
  const { db } = parley.server
  for (const { name, client } of places) {
    const isDone = () => client.outbox.every(({ state }) => state === 'refused')
    await waitFor(`${name} to have said everything`, isDone, { timeoutMs: 20_000 }).catch(() => {
      findings.push(
        `seed ${seed}: ${name} did not get rid of ${JSON.stringify(client.outbox)} (${JSON.stringify(client.state)})`,
      )
    })
  }
  for (const place of places) {
    const truth = await transcriptTruth(db, conversation, place.person())
    const isSame = async () => (await transcriptShown(place.client)) === truth
    await waitFor('the transcript', isSame, { timeoutMs: 20_000 }).catch(async (error: unknown) => {
      const shown = await transcriptShown(place.client).catch(() => String(error))
      const state = JSON.stringify(place.client.state)
      findings.push(`seed ${seed}: ${place.name} (${state}) shows\n${shown}\nand not\n${truth}`)
    })
    for (const text of truth.match(/m\d+;/g) ?? []) place.allowed.add(text)
    const leaked = [...place.overheard].filter((text) => !place.allowed.has(text))
    if (leaked.length > 0)
      findings.push(`seed ${seed}: ${place.name} was sent ${leaked.join(' ')}, which is not theirs to see`)
  }
  return findings
}

/** Somebody is given a part of an interaction, or loses one, or something is withdrawn there for everybody. */
async function changeRights(world: {
  parley: Parley
  account: AccountId
  conversation: ConversationId
  places: readonly Place[]
  random: Seeded
}): Promise<void> {
  const { parley, account, conversation, places, random } = world
  const { server } = parley
  const person = random.pick(places).person()
  await server.road.inConversations(account, [conversation], async (turns) => {
    const { structure } = turns.of(conversation)
    // Nothing can be said while this is under way: what they can read now is all that they may have been sent until now.
    for (const place of places) {
      const who = place.person()
      const { rows } = await sql<{ text: string }>`
        select m.body as text from placement p join message m on m.account_id = p.account_id and m.message_id = p.message_id
        join interaction i on i.account_id = p.account_id and i.interaction_id = p.interaction_id
        join span s on s.account_id = p.account_id and s.interaction_id = p.interaction_id and p.position between s.from_position and s.until and p.position <> all(i.withdrawn)
        where p.conversation_id = ${conversation}
          and s.person_id = ${who === 'visitor' ? structure.visitor : who}`.execute(turns.tx)
      for (const { text } of rows) place.allowed.add(text)
    }
    const interaction = random.pick([...structure.interactions.keys()])
    const last = structure.lastPositions.get(interaction) ?? 0
    const given = structure.rights.filter(({ basis, from, to }) => basis === 'grant' && (to ?? from) >= from)
    const dice = random.next()
    if (dice < 0.4 && given.length > 0) {
      const right = random.pick(given)
      await writeChanges(turns, account, [{ kind: 'end', right: right.id, was: right.to, is: right.from - 1 }])
    } else if (dice < 0.5 && last > 0) {
      await writeChanges(turns, account, [{ kind: 'withdraw', interaction, position: random.int(1, last) }])
    } else {
      const from = random.int(1, last + 1)
      const change = {
        ...({ kind: 'give', right: newId(), conversation, interaction, by: null, basis: 'grant', from } as const),
        person: person === 'visitor' ? structure.visitor : person,
        to: random.chance(0.5) ? null : random.int(from, last + 1),
      }
      await writeChanges(turns, account, [change])
    }
  })
}

function answerOf(account: Parameters<typeof answerOffer>[1]['account'], person: PersonId, text: string) {
  return {
    account,
    person,
    via: { medium: 'web', address: null },
    said: plainly(text),
    key: aKey(`${account} ${text}`),
    attachments: [],
    form: null,
    unproven: false,
    rawBlob: null,
    writtenAt: null,
  } as const
}

/** Someone leaves: their right ends where the interaction stands. */
async function leave(
  parley: Parley,
  who: {
    account: Parameters<typeof answerOffer>[1]['account']
    conversation: ConversationId
    person: PersonId
    interaction: string
  },
): Promise<void> {
  await parley.server.road.inConversation(who.account, who.conversation, async (turn) => {
    const last = [...turn.structure.lastPositions].find(([id]) => id === who.interaction)?.[1] ?? 0
    await turn.tx
      .updateTable('participant')
      .set({ left_at: turn.now })
      .where('account_id', '=', who.account)
      .where('conversation_id', '=', who.conversation)
      .where('person_id', '=', who.person)
      .where('role', '=', 'responder')
      .execute()
    await turn.tx
      .updateTable('span')
      .set({ to_position: last })
      .where('account_id', '=', who.account)
      .where('conversation_id', '=', who.conversation)
      .where('person_id', '=', who.person)
      .where('to_position', 'is', null)
      .execute()
    await turn.restructure()
  })
}
