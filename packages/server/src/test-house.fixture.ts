import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Channel, DeliveryReport, Health, OutboundDelivery, Outcome } from '@parley/channel-sdk'
import { seeded } from '@parley/dev-env'
import { type FreshDatabase, freshDatabase } from '@parley/dev-env/postgres'
import {
  type AddressId,
  type Clock,
  type ConversationId,
  type InteractionId,
  newId,
  type OfferId,
  type PersonId,
  plainly,
} from '@parley/model'
import { sql } from 'kysely'
import { type CreatedAccount, createAccount, type NewAccount, type NewSite } from './accounts/index.ts'
import { writeBlob } from './attachments/index.ts'
import { hearing } from './concierge/index.ts'
import { openConversation } from './conversations/index.ts'
import { type Database, openDatabase } from './db/index.ts'
import { Outbox, type OutboxPoint, takeReport } from './delivery/index.ts'
import { answerOffer, CriteriaIndexes, findOfferIn, type OfferAnswered } from './hunting/index.ts'
import type { AddressParts } from './people/index.ts'
import { type Committed, Road, type Say, type SayAnswer, type Target } from './road/index.ts'
import { FolderKeyStore, Sealing } from './sealing/index.ts'
import { parsePolicy } from './sites/index.ts'

/** An installation with mail and nothing else. */
export const mailOnly: AddressParts = {
  ownDomains: ['relay.test'],
  channels: [
    {
      medium: 'email',
      abilities: { addresses: 'per-place', style: 'letters', attachments: 'bytes', typing: false, receipts: 'read' },
      repeatsUnknown: true,
    },
  ],
}

/** Time that passes only when told to. */
export class TestClock implements Clock {
  #at = Date.parse('2026-03-01T09:00:00Z')
  now(): Date {
    return new Date(this.#at)
  }
  pass(ms: number): void {
    this.#at += ms
  }
}

/** One process's part of the application, as far as it concerns what is said and delivered. */
export interface Node {
  readonly db: Database
  readonly road: Road
  /** What its road published, in order. */
  readonly published: Committed[]
  close(): Promise<void>
}

export interface House {
  readonly database: FreshDatabase
  readonly account: CreatedAccount
  /** The folder of its key store. */
  readonly keys: string
  /** What wraps the keys in it. */
  readonly secret: Buffer
  readonly clock: TestClock
  readonly node: Node
  /** Another process on the same database. */
  anotherNode(): Node
  /** A visitor with a conversation. */
  visitor(): Promise<{ person: PersonId; conversation: ConversationId; intake: InteractionId }>
  /** What somebody says over a window, or over mail when an address is given. */
  say(person: PersonId, to: Target, text: string, options?: { key?: Buffer; address?: AddressId }): Say
  /** The open offers of a conversation by person, with the addresses they went to. */
  offers(conversation: ConversationId): Promise<{ offer: OfferId; person: PersonId; address: AddressId }[]>
  answer(
    offer: { offer: OfferId; person: PersonId; address: AddressId },
    text: string,
    options?: { node?: Node; key?: Buffer; desk?: boolean },
  ): Promise<OfferAnswered>
  rows<T>(query: string, values?: unknown[]): Promise<T[]>
  close(): Promise<void>
}

export async function openHouse(
  options: {
    responders?: NewAccount['responders']
    policy?: NonNullable<NewSite['policy']>
    screener?: ConstructorParameters<typeof Road>[0]['screener']
    /** A database of the test's own, migrated. */
    database?: FreshDatabase
    /** A key store that outlives the house. */
    keyStore?: { folder: string; secret: Buffer }
  } = {},
): Promise<House> {
  const database = options.database ?? (await freshDatabase())
  const clock = new TestClock()
  const nodes: Node[] = []
  const keys = options.keyStore?.folder ?? mkdtempSync(path.join(tmpdir(), 'parley-keys-'))
  const secret = options.keyStore?.secret ?? randomBytes(32)
  const anotherNode = (): Node => {
    const sealing = new Sealing(new FolderKeyStore(keys, [secret]), secret)
    const db = openDatabase({ connectionString: database.connectionString }, { sealing })
    const published: Committed[] = []
    const live = { committed: (what: Committed) => void published.push(what) }
    const screener = options.screener ? { screener: options.screener } : {}
    const node: Node = {
      db,
      published,
      road: new Road({
        db,
        clock,
        live,
        beginHunt: hearing({ addresses: mailOnly }),
        find: new CriteriaIndexes({ db, clock }).find,
        random: seeded(1).next,
        seal: async (tx, account, bytes, now) => writeBlob(tx, account, bytes, now),
        ...screener,
      }),
      close: () => db.close(),
    }
    nodes.push(node)
    return node
  }
  const node = anotherNode()
  const account = await createAccount(
    node.db,
    {
      name: 'Fjord & Field',
      sites: [
        {
          key: 'shop',
          name: 'Fjord & Field',
          domains: [],
          topics: [],
          ...(options.policy ? { policy: options.policy } : {}),
        },
      ],
      responders: options.responders ?? [aResponder('bo')],
    },
    clock.now(),
  )
  const site = account.sites[0]
  if (!site) throw new Error('the account has no site')

  const rows = async <T>(query: string, values: unknown[] = []): Promise<T[]> =>
    (await node.db.workerPool.query(query, values)).rows as T[]

  const house: House = {
    database,
    account,
    keys,
    secret,
    clock,
    node,
    anotherNode,
    rows,
    async visitor() {
      const person = newId<PersonId>()
      const now = clock.now()
      return node.db.write(account.account, async (tx) => {
        await tx
          .insertInto('person')
          .values({
            account_id: account.account,
            person_id: person,
            kind: 'visitor',
            site_id: site.id,
            name: null,
            language: 'en',
            region: null,
            created_at: now,
          })
          .execute()
        const { policy } = await tx.selectFrom('site').select('policy').executeTakeFirstOrThrow()
        const { conversation } = await openConversation(
          tx,
          {
            account: account.account,
            site: site.id,
            visitor: person,
            policy: parsePolicy(policy),
            language: 'en',
            region: null,
            topic: null,
            metadata: {},
          },
          now,
        )
        const ticket = await tx
          .selectFrom('ticket')
          .select('intake_id')
          .where('conversation_id', '=', conversation)
          .executeTakeFirstOrThrow()
        return { person, conversation, intake: ticket.intake_id }
      })
    },
    say: (person, to, text, { key, address } = {}) => ({
      account: account.account,
      person,
      to,
      via: address ? { medium: 'email', address } : { medium: 'web', address: null },
      said: plainly(text),
      key: key ?? aKey(randomUUID()),
      attachments: [],
      form: null,
      unproven: false,
      rawBlob: null,
      writtenAt: null,
    }),
    offers: (conversation) =>
      rows(
        `select o.offer_id as offer, o.person_id as person, a.address_id as address from offer o
         join lateral (select address_id from address a where a.person_id = o.person_id order by position limit 1) a on true
         where o.conversation_id = $1 order by o.offer_id`,
        [conversation],
      ),
    async answer({ offer, person, address }, text, { node: at = node, key, desk = false } = {}) {
      const { to: _, ...say } = house.say(person, { conversation: newId<ConversationId>() }, text, {
        ...(key ? { key } : {}),
        ...(desk ? {} : { address }),
      })
      return answerOffer(at.road, { account: account.account, offer, say }, findOfferIn(at.db))
    },
    async close() {
      await Promise.all(nodes.map((each) => each.close()))
      if (!options.database) await database.drop()
      if (!options.keyStore) rmSync(keys, { recursive: true, force: true })
    },
  }
  return house
}

export const aKey = (of: string): Buffer => createHash('sha256').update(of).digest()

export function aResponder(name: string, addresses = [`${name}@people.test`]) {
  return { name, alias: `alias of ${name}`, language: 'en', emails: addresses }
}

/** A visitor whose question one responder has taken by mail: what the visitor says from now on goes to that mailbox. */
export async function openExchange(house: House): Promise<{
  visitor: PersonId
  responder: PersonId
  conversation: ConversationId
  interaction: InteractionId
  says(text: string): Promise<void>
}> {
  const { person, conversation } = await house.visitor()
  const says = async (text: string) => {
    accepted(await house.node.road.say(house.say(person, { conversation }, text)))
  }
  await says('the question')
  const [offer] = await house.offers(conversation)
  if (!offer) throw new Error('nobody was asked')
  const answered = await house.answer(offer, 'the answer')
  if (answered.outcome !== 'admitted') throw new Error(`not admitted: ${answered.outcome}`)
  await house.rows(`update delivery set state = 'sent' where state = 'queued'`)
  await house.rows('update lane set due_at = null')
  return { visitor: person, responder: offer.person, conversation, interaction: answered.interaction, says }
}

/** The message of an answer that must be one. */
export function accepted(answer: SayAnswer): Extract<SayAnswer, { ok: true }> {
  if (!answer.ok) throw new Error(`refused: ${answer.refusal}`)
  return answer
}

/** A mail channel that does what the test says and remembers what it was given. */
export class ScriptedChannel implements Channel {
  readonly name: string = 'email'
  readonly medium = 'email'
  readonly abilities = {
    addresses: 'per-place',
    style: 'letters',
    attachments: 'bytes',
    typing: false,
    receipts: 'read',
  } as const
  readonly repeatsUnknown = true
  readonly given: OutboundDelivery[] = []
  /** Decides what becomes of a delivery; by default everything is sent. */
  outcome: (delivery: OutboundDelivery, times: number) => Outcome | Promise<Outcome> = () => ({ status: 'sent' })

  async start(): Promise<void> {}
  async stop(): Promise<void> {}
  health(): Health {
    return { state: 'up' }
  }

  async send(delivery: OutboundDelivery): Promise<Outcome> {
    this.given.push(delivery)
    return this.outcome(delivery, this.given.filter(({ reference }) => reference === delivery.reference).length)
  }

  /** The words of someone that were given, in order; with an address, only what went there. */
  said(to?: string): string[] {
    return this.given
      .filter((delivery) => to === undefined || delivery.to === to)
      .flatMap(({ content }) => content.blocks.flatMap((block) => (block.kind === 'said' ? [block.text] : [])))
  }

  /** The notes of the house that were given to one address. */
  notes(to: string): string[] {
    return this.given
      .filter((delivery) => delivery.to === to)
      .flatMap(({ content }) => content.blocks.flatMap((block) => (block.kind === 'note' ? [block.text] : [])))
  }
}

export interface OutboxRig {
  readonly outbox: Outbox
  readonly warnings: string[]
}

/** Starts a process's outbox. */
export async function startOutbox(
  house: House,
  channel: Channel | readonly Channel[],
  options: {
    node?: Node
    point?: (name: OutboxPoint) => Promise<void> | void
    isThere?: (person: PersonId) => boolean
  } = {},
): Promise<OutboxRig> {
  const warnings: string[] = []
  const outbox = new Outbox({
    db: (options.node ?? house.node).db,
    clock: house.clock,
    channels: [channel].flat(),
    render: {
      publicUrl: 'http://localhost',
      mailDomain: 'relay.test',
      reReadUrl: (reference) => `http://localhost/read#${reference}`,
      fileUrl: (_, attachment) => `http://localhost/file/${attachment}`,
      membershipUrl: (reference, joinKey) => `http://localhost/join/${joinKey}#m=${reference}`,
      ...(options.isThere ? { isThere: options.isThere } : {}),
    },
    log: { warn: (facts, message) => void warnings.push(`${message} ${JSON.stringify(facts)}`) },
    random: () => 1,
    ...(options.point ? { point: options.point } : {}),
  })
  await outbox.start()
  return { outbox, warnings }
}

export function report(house: House, what: DeliveryReport, channel = 'email'): ReturnType<typeof takeReport> {
  return takeReport({ db: house.node.db, clock: house.clock, channel }, what)
}

/** What stands in the database of a conversation, as everyone with every right would see it. */
export async function storyOf(house: House, conversation: ConversationId) {
  const { rows } = await sql<{
    interaction: InteractionId
    position: number
    ordinal: number
    text: string
    at: Date
  }>`
    select p.interaction_id as interaction, p.position, p.ordinal, m.body as text, m.at
    from placement p join message m on m.account_id = p.account_id and m.message_id = p.message_id
    where p.conversation_id = ${conversation} order by p.ordinal, p.interaction_id`.execute(house.node.db.workers)
  return rows
}
