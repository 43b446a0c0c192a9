import { type FreshDatabase, freshDatabase } from '@parley/dev-env/postgres'
import { waitFor } from '@parley/dev-env/wait-for'
import {
  type AccountId,
  type BlobId,
  type ConversationId,
  days,
  type HeldId,
  type InteractionId,
  newId,
  type OwnAddressId,
  type ParticipantId,
  type PersonId,
  type RelayId,
  type SiteId,
  type TicketId,
} from '@parley/model'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { storeAttachments, writeBlob } from '../attachments/index.ts'
import { addParticipant } from '../conversations/index.ts'
import { type Database, openDatabase } from '../db/index.ts'
import { findRelay, makeRelay } from '../delivery/index.ts'
import { beginRepeatable } from '../programs/index.ts'
import { makeAccessKey } from '../visitors/index.ts'
import { expire } from './expire.ts'

const account = newId<AccountId>()
const person = newId<PersonId>()
const start = new Date('2026-03-01T10:00:00Z')
let fresh: FreshDatabase
let db: Database

beforeEach(async () => {
  fresh = await freshDatabase()
  db = openDatabase({ connectionString: fresh.connectionString })
})

afterEach(async () => {
  await db.close()
  await fresh.drop()
})

const sweepAt = (now: Date) => expire({ db, clock: { now: () => now } })
const count = async (table: 'blob' | 'blob_chunk' | 'attachment' | 'access_key') => {
  const row = await db.workers
    .selectFrom(table)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return row.count
}

test('an upload that no message took is gone with its bytes after a day, and not before', async () => {
  await db.write(account, (tx) =>
    storeAttachments(tx, {
      account,
      person,
      files: [{ name: 'note.txt', type: 'text/plain', bytes: Buffer.from('hello'), inline: false }],
      maxBytes: 1_000,
      now: start,
    }),
  )
  expect((await sweepAt(new Date(start.getTime() + days(1) - 1))).uploads).toBe(0)
  expect((await sweepAt(new Date(start.getTime() + days(1) + 1))).uploads).toBe(1)
  expect([await count('attachment'), await count('blob'), await count('blob_chunk')]).toEqual([0, 0, 0])
})

test('how often somebody was asked whom they mean is forgotten after two days', async () => {
  const row = { account_id: account, own_address_id: newId<OwnAddressId>(), asked_at: null, times: 3, since: start }
  await db.write(account, (tx) =>
    tx
      .insertInto('which_asked')
      .values({ ...row, sender_key: '+4740612345' })
      .execute(),
  )
  expect((await sweepAt(new Date(start.getTime() + days(2)))).asked).toBe(0)
  expect((await sweepAt(new Date(start.getTime() + days(2) + 1))).asked).toBe(1)
})

test('a key is gone when its time is over', async () => {
  await db.write(account, (tx) =>
    makeAccessKey(tx, { account, purpose: 'recovery', person, lastsMs: 1_000, now: start }),
  )
  expect((await sweepAt(start)).keys).toBe(0)
  expect((await sweepAt(new Date(start.getTime() + 1_001))).keys).toBe(1)
  expect(await count('access_key')).toBe(0)
})

test('what was held and never decided expires with its words, its files and its sealed bytes, and stays as a line', async () => {
  const held = newId<HeldId>()
  await db.write(account, async (tx) => {
    const raw: BlobId = await writeBlob(tx, account, Buffer.from('raw'), start)
    await storeAttachments(tx, {
      account,
      person,
      files: [{ name: 'note.txt', type: 'text/plain', bytes: Buffer.from('hello'), inline: false }],
      maxBytes: 1_000,
      held,
      now: start,
    })
    await tx
      .insertInto('held_item')
      .values({
        account_id: account,
        held_id: held,
        person_id: person,
        conversation_id: newId<ConversationId>(),
        relay_id: newId<RelayId>(),
        channel: 'email',
        why: 'unknown-sender',
        claims: 'somebody@example.org',
        said: JSON.stringify({ words: 'secret words' }),
        raw_blob_id: raw,
        key: Buffer.from('key'),
        state: 'waiting',
        created_at: start,
        expires_at: new Date(start.getTime() + days(30)),
        decided_at: null,
      })
      .execute()
  })
  expect((await sweepAt(new Date(start.getTime() + days(29)))).held).toBe(0)
  expect((await sweepAt(new Date(start.getTime() + days(31)))).held).toBe(1)
  const row = await db.workers
    .selectFrom('held_item')
    .select(['state', 'said', 'claims', 'raw_blob_id'])
    .executeTakeFirstOrThrow()
  expect(row).toEqual({ state: 'expired', said: {}, claims: '', raw_blob_id: null })
  expect([await count('attachment'), await count('blob'), await count('blob_chunk')]).toEqual([0, 0, 0])
})

test('the address of a place answers for thirty days after the conversation is closed, then it refuses for good and is never used again', async () => {
  const [conversation, ticket] = [newId<ConversationId>(), newId<TicketId>()]
  const relay = await db.write(account, async (tx) => {
    await tx
      .insertInto('conversation')
      .values({
        account_id: account,
        conversation_id: conversation,
        site_id: newId<SiteId>(),
        visitor_id: person,
        state: 'closed',
        name: null,
        category: null,
        folder: null,
        language: 'en',
        region: null,
        last_at: start,
        created_at: start,
        ends_at: start,
      })
      .execute()
    const place = { participant: newId<ParticipantId>() }
    return makeRelay(tx, { account, medium: 'email', person, conversation, ticket, place, now: start })
  })
  const { token } = await db.workers
    .selectFrom('relay_address')
    .select('token')
    .where('relay_id', '=', relay)
    .executeTakeFirstOrThrow()
  const address = `${token}@relay.example`
  expect((await sweepAt(new Date(start.getTime() + days(30)))).relays).toBe(0)
  expect(await findRelay(db, address)).toMatchObject({ relay, state: 'active' })
  expect((await sweepAt(new Date(start.getTime() + days(30) + 1))).relays).toBe(1)
  expect(await findRelay(db, address)).toMatchObject({ relay, state: 'retired' })
  const row = await db.workers.selectFrom('relay_address').select('token').executeTakeFirstOrThrow()
  expect(row.token).toBeNull()
})

test('the address of a place that somebody left is retired; when they took it again and leave again, so is what they wrote from meanwhile', async () => {
  const [conversation, ticket, interaction] = [newId<ConversationId>(), newId<TicketId>(), newId<InteractionId>()]
  const joins = { account, conversation, interaction, person, role: 'responder' as const, alias: '', colour: 0 }
  const participant = await db.write(account, (tx) =>
    addParticipant(tx, { ...joins, medium: 'email', address: null, from: 1 }, start),
  )
  const relayOf = () =>
    db.write(account, (tx) =>
      makeRelay(tx, { account, medium: 'email', person, conversation, ticket, place: { participant }, now: start }),
    )
  const leaves = (at: Date | null) => db.workers.updateTable('participant').set({ left_at: at }).execute()
  const after = (time: number) => new Date(start.getTime() + days(time))
  await relayOf()
  expect((await sweepAt(after(100))).relays).toBe(0)
  await leaves(after(100))
  expect((await sweepAt(after(129))).relays).toBe(0)
  expect((await sweepAt(after(131))).relays).toBe(1)
  await leaves(null)
  await relayOf()
  expect((await sweepAt(after(200))).relays).toBe(0)
  await leaves(after(200))
  expect((await sweepAt(after(231))).relays).toBe(1)
})

test('a change of criteria is taken out of the log after a day, when every process has long read it', async () => {
  await db.write(account, (tx) =>
    tx
      .insertInto('responder')
      .values({ account_id: account, person_id: person, alias: 'a', state: 'active', capacity: null, per_hour: null })
      .execute(),
  )
  const { at } = await db.workers.selectFrom('criteria_log').select('at').executeTakeFirstOrThrow()
  expect((await sweepAt(new Date(at.getTime() + days(1) - 1_000))).changes).toBe(0)
  // As long as any transaction of this PostgreSQL is open that began before it, in whichever database, somebody may not have read it.
  const later = new Date(at.getTime() + days(1) + 1_000)
  await waitFor('the change to be taken out', async () => (await sweepAt(later)).changes === 1)
})

test('what was answered to a program may be asked for again for a day, and then its key is new', async () => {
  const request = { account, program: person, key: 'order-17', request: 'POST /conversations' }
  const at = (now: Date) => beginRepeatable(db, request, now)
  expect(await at(start)).toEqual({ state: 'new' })
  expect((await sweepAt(new Date(start.getTime() + days(1)))).responses).toBe(0)
  expect(await at(new Date(start.getTime() + 1_000))).toEqual({ state: 'under-way' })
  // Whoever was answering it has died.
  expect(await at(new Date(start.getTime() + 120_000))).toEqual({ state: 'new' })
  expect((await sweepAt(new Date(start.getTime() + days(2)))).responses).toBe(1)
})
