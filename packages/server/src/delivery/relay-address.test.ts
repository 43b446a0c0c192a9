import { type FreshDatabase, freshDatabase } from '@parley/dev-env/postgres'
import { type InteractionId, newId, type PersonId } from '@parley/model'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createAccount } from '../accounts/index.ts'
import { addParticipant, openConversation, openInteraction } from '../conversations/index.ts'
import { type Database, openDatabase } from '../db/index.ts'
import { loadStructures } from '../road/index.ts'
import { parsePolicy } from '../sites/index.ts'
import { findRelay } from './find-relay.ts'
import { relayForParticipant } from './relay-address.ts'

const now = new Date('2026-03-01T10:00:00Z')
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

/** What the addresses in the mails of a visitor at a mailbox stand for, who is in so many exchanges. */
async function reachesOf(exchanges: number, privateAnswers: boolean): Promise<string[]> {
  const site = { name: 'Shop', domains: [], topics: [], policy: { window: { privateAnswers } } }
  const made = await createAccount(db, { name: 'Shop', sites: [site], responders: [] }, now)
  const { account } = made
  const id = made.sites[0]?.id
  if (!id) throw new Error('no site')
  const visitor = newId<PersonId>()
  return db.write(account, async (tx) => {
    const policy = parsePolicy(site.policy)
    const wanted = { account, site: id, visitor, policy, language: 'en', region: null, topic: null, metadata: {} }
    const { conversation } = await openConversation(tx, wanted, now)
    const load = async () => (await loadStructures(tx, account, [conversation])).get(conversation)
    const ticket = (await load())?.tickets[0]?.id
    if (!ticket) throw new Error('no ticket')
    for (let each = 0; each < exchanges; each++) {
      const interaction = newId<InteractionId>()
      const place = { account, conversation, interaction, person: visitor, address: null, from: 1 }
      await openInteraction(tx, { ...place, ticket, id: interaction, kind: 'exchange', parent: null }, now)
      await addParticipant(tx, { ...place, role: 'initiator', alias: '', colour: 0, medium: 'email' }, now)
    }
    const structure = await load()
    if (!structure) throw new Error('no conversation')
    const places = structure.participants.filter(({ medium }) => medium === 'email')
    const relays: string[] = []
    for (const place of [...places, ...places]) relays.push(await relayForParticipant(tx, structure, place, now))
    const rows = await tx
      .selectFrom('relay_address')
      .select(['relay_id', 'reach', 'token'])
      .where('account_id', '=', account)
      .execute()
    expect(new Set(rows.map(({ token }) => token)).size).toBe(rows.length)
    // The second time the same ones are given.
    expect(relays.slice(places.length)).toEqual(relays.slice(0, places.length))
    return relays.slice(0, places.length).map((relay) => rows.find((row) => row.relay_id === relay)?.reach ?? 'none')
  })
}

test('A14: a reply by mail answers the one who wrote', async () => {
  expect(await reachesOf(1, true)).toEqual(['one'])
  expect(await reachesOf(2, true)).toEqual(['one', 'one'])
})

test('A14: where a site lets nobody answer one alone, a reply by mail answers everyone', async () => {
  expect(await reachesOf(1, false)).toEqual(['one'])
  expect(await reachesOf(2, false)).toEqual(['all', 'all'])
})

test('A8: an address is found in whatever case a mail system writes it, and nobody is found by another', async () => {
  await reachesOf(1, true)
  const { token } = await db.workers.selectFrom('relay_address').select('token').executeTakeFirstOrThrow()
  expect(await findRelay(db, `${token?.toUpperCase()}@relay.example`)).toMatchObject({ state: 'active', reach: 'one' })
  expect(await findRelay(db, `${token?.slice(0, -1)}@relay.example`)).toBeNull()
  expect(await findRelay(db, 'abcdefghijklmnopqrstuvwxyz@relay.example')).toBeNull()
})
