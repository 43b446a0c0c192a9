import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  type AccountId,
  type AttachmentId,
  type BlobId,
  type Clock,
  days,
  newId,
  type OperationId,
} from '@parley/model'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openBlob, storeAttachments, writeBlob, writeSealedBlob } from '../../attachments/index.ts'
import { decideHeld } from '../../channels/index.ts'
import { startEmbeddedPostgres } from '../../db/embedded/index.ts'
import { type Database, migrateToLatest, openDatabase } from '../../db/index.ts'
import { expire, LooseBlobs } from '../../housekeeping/index.ts'
import { CriteriaIndexes } from '../../hunting/index.ts'
import { addAddress } from '../../people/index.ts'
import { aMail, receiving, relayFor, takes } from '../../receive-rig.fixture.ts'
import { Road } from '../../road/index.ts'
import { FolderKeyStore, Sealing } from '../../sealing/index.ts'
import { accepted, aResponder, type House, mailOnly, openHouse } from '../../test-house.fixture.ts'
import { findOperation } from '../operations.ts'
import { perform } from '../perform.ts'

/** How all words begin that are to be gone: looked for in every shape, in megabytes. */
const stems = ['Nightingale-', 'nightingale-']

/** A word for each place in which something of a sealed conversation stands. */
const words = {
  'message.body': 'Nightingale-5519',
  'message.full_text': 'Nightingale-3301',
  'message.author_name': 'Nightingale-9017',
  'message.said_over': 'Nightingale-4482',
  'attachment.name': 'Nightingale-2207',
  'blob_chunk.bytes': 'Nightingale-6621',
  'address.value': 'nightingale-8834',
  'offer.excerpt': 'Nightingale-7708',
  'conversation.name': 'Nightingale-1943',
  'conversation.tags': 'Nightingale-5230',
  'conversation.folder': 'Nightingale-8116',
  'conversation.metadata': 'Nightingale-3375',
  'operation.changes': 'Nightingale-6094',
  'interaction.name': 'Nightingale-2850',
  'place_invitation.note': 'Nightingale-7412',
} as const
type Place = keyof typeof words
/** What somebody said who is erased, in a conversation that is not. */
const theirs = {
  'message.body': 'Nightingale-1177',
  'attachment.name': 'Nightingale-2288',
  'blob_chunk.bytes': 'Nightingale-3399',
  'address.value': 'nightingale-4400',
  'offer.excerpt': 'Nightingale-1177',
} as const
/** What came in and was thrown away, or went with nothing, before anything was erased. */
const thrownAway = {
  'held_item.said': 'Nightingale-7130',
  'held_item.claims': 'nightingale-6655',
  'attachment.name': 'Nightingale-1881',
  'blob_chunk.bytes': 'Nightingale-9042',
} as const
/** What another said there: it stays. */
const others = 'Heron-5511'
const erased = [words, theirs, thrownAway].flatMap((each) => Object.values(each))
const open = 'Sparrow-1102'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'parley-raw-'))
  // As root, PostgreSQL runs as another user, who has to pass through.
  chmodSync(folder, 0o711)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const secret = randomBytes(32)
const keyStore = () => ({ folder: path.join(folder, 'keys'), secret })
const sealing = () => new Sealing(new FolderKeyStore(keyStore().folder, [secret]), secret)

async function start(name: string) {
  const started = await startEmbeddedPostgres({ dataFolder: path.join(folder, name), isDurable: false })
  if (!started.ok) throw new Error(started.refusal.text)
  const { server } = started
  const connection = { connectionString: server.connectionString }
  await migrateToLatest(connection)
  return { connection, stop: () => server.stop() }
}

/** In UTF-8, in UTF-16 both ways, in base64 at each alignment, and in hexadecimal digits. */
function shapesOf(word: string): Buffer[] {
  const utf8 = Buffer.from(word)
  const utf16 = Buffer.from(word, 'utf16le')
  const base64 = [0, 1, 2].map((before) => {
    const coded = Buffer.concat([Buffer.alloc(before), utf8]).toString('base64')
    // Its ends depend on what stands beside it.
    return Buffer.from(coded.slice(before === 0 ? 0 : before + 1, Math.floor(((before + utf8.length) * 8) / 6)))
  })
  const hex = utf8.toString('hex')
  return [utf8, utf16, Buffer.from(utf16).swap16(), ...base64, Buffer.from(hex), Buffer.from(hex.toUpperCase())]
}

/** The files of a data folder in which a word stands, however it is written. */
function filesHolding(name: string, words: readonly string[]): string[] {
  const root = path.join(folder, name)
  const shapes = words.flatMap(shapesOf)
  return readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => {
    const full = path.join(root, file)
    if (!statSync(full).isFile()) return false
    const bytes = readFileSync(full)
    return shapes.some((shape) => bytes.includes(shape))
  })
}

/** A visitor with an address, a question, and a file with another message. */
async function talk(house: House, said: { [place in keyof typeof theirs]: string }, isSealed: boolean, extra = '') {
  const { account, node, clock } = house
  const { person, conversation } = await house.visitor()
  const whose = { account: account.account, person }
  await node.db.write(account.account, (tx) =>
    addAddress(
      tx,
      mailOnly,
      { ...whose, medium: 'email', seemsIn: null, network: null, value: `${said['address.value']}@birds.test` },
      clock.now(),
    ),
  )
  accepted(await node.road.say(house.say(person, { conversation }, `about ${said['offer.excerpt']}`)))
  const [offer] = await house.offers(conversation)
  if (!offer) throw new Error('nobody was asked')
  const answered = await house.answer(offer, `it is ${others}`, { desk: true })
  if (answered.outcome !== 'admitted') throw new Error(answered.outcome)
  const bytes = Buffer.from(`a file on ${said['blob_chunk.bytes']}`)
  const { kept } = await node.db.write(account.account, (tx) =>
    storeAttachments(tx, {
      ...{ ...whose, maxBytes: 1_000_000, now: clock.now(), sealed: isSealed },
      files: [{ name: `${said['attachment.name']}.txt`, type: 'text/plain', bytes, inline: false }],
    }),
  )
  const attachments: AttachmentId[] = kept
  const say = house.say(person, { conversation }, `all about ${said['message.body']} and more`)
  accepted(await node.road.say({ ...say, said: { ...say.said, full: `${say.said.visible} ${extra}` }, attachments }))
  return { person, conversation, interaction: answered.interaction }
}

/** Everything that can be read on a database with the key store as it is now, by where it stands. */
async function reads(connection: { connectionString: string }, account: AccountId): Promise<Map<string, string>> {
  const db = openDatabase(connection, { sealing: sealing() })
  try {
    return await db.read(account, async (reader) => {
      const found = new Map<string, string>()
      const tables = new Set(
        [words, thrownAway].flatMap((each) => Object.keys(each)).map((place) => place.split('.')[0] ?? ''),
      )
      for (const table of tables) {
        const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(reader)
        for (const row of rows) {
          for (const [column, value] of Object.entries(row)) {
            const place = `${table}.${column}`
            found.set(place, `${found.get(place) ?? ''} ${JSON.stringify(value)}`)
          }
        }
      }
      const { rows: blobs } = await sql<{ id: BlobId }>`select blob_id as id from blob`.execute(reader)
      const chunks: Uint8Array[] = []
      for (const { id } of blobs) for await (const chunk of openBlob(db, account, id)) chunks.push(chunk)
      return found.set('blob_chunk.bytes', Buffer.concat(chunks).toString())
    })
  } finally {
    await db.close()
  }
}

/** A mail of somebody unknown that is held, the original of one that was not said, and a file that was not sent. */
async function bringInVain(house: House, { person, conversation }: Awaited<ReturnType<typeof talk>>) {
  const { account } = house.account
  const files = [
    {
      ...{ name: `${thrownAway['attachment.name']}.txt`, type: 'text/plain', inline: false },
      bytes: Buffer.from(thrownAway['blob_chunk.bytes']),
    },
  ]
  const [offer] = await house.offers(conversation)
  if (!offer) throw new Error('nobody was asked')
  const mail = aMail(
    await relayFor(house, offer),
    `${thrownAway['held_item.claims']}@birds.test`,
    thrownAway['held_item.said'],
    { attachments: files, raw: Buffer.from(thrownAway['blob_chunk.bytes']) },
  )
  expect(await takes(house, mail)).toEqual({ outcome: 'held' })
  await house.node.db.write(account, async (tx) => {
    const now = house.clock.now()
    await writeSealedBlob(tx, account, Buffer.from(thrownAway['blob_chunk.bytes']), now)
    await storeAttachments(tx, { account, person, files, maxBytes: 1_000, sealed: true, now })
  })
}

/** Whoever was asked about it throws away what is held; time does the rest. */
async function throwAway(db: Database, house: House) {
  const [held] = await db.workers.selectFrom('held_item').select(['held_id', 'person_id']).execute()
  if (!held) throw new Error('nothing is held')
  const { account } = house.account
  const wanted = { account, person: held.person_id, held: held.held_id, decision: 'discard' } as const
  const parts = { ...receiving(house), db, road: roadOn(db, house.clock) }
  expect(await decideHeld(parts, wanted)).toMatchObject({ ok: true })
  house.clock.pass(days(2))
  expect(await expire({ db, clock: house.clock })).toMatchObject({ uploads: 1 })
  expect(await new LooseBlobs({ db, clock: house.clock }).sweep()).toBe(1)
}

const all = (read: Map<string, string>) => [...read.values()].join(' ')

test('of a sealed conversation or a person that was erased nothing is readable: not in the files of the database, nor in a backup that is restored (C9)', async () => {
  const live = await start('live')
  const house = await openHouse({
    database: { connectionString: live.connection.connectionString, drop: async () => {} },
    keyStore: keyStore(),
    responders: [
      { ...aResponder('ada'), role: 'administrator' },
      { ...aResponder('bo'), role: 'operator' },
    ],
    policy: { admission: { kind: 'any' } },
  })
  const { account } = house.account
  const people = Object.fromEntries(house.account.responders.map(({ name, person }) => [name, person]))
  const does = async (db: Database, name: string, operation: string, input: unknown) => {
    const found = findOperation(operation)
    const person = people[name]
    if (!found || !person) throw new Error(`there is no ${operation}, or no ${name}`)
    const who = { account, person, language: 'en', via: { medium: 'web', address: null } } as const
    const parts = { road: roadOn(db, house.clock), context: { db, addresses: mailOnly } }
    expect(await perform(parts, who, { operation: found, id: newId<OperationId>(), input })).toMatchObject({ ok: true })
  }
  const said = (word: string) => ({
    ...theirs,
    'message.body': word,
    'attachment.name': word,
    'blob_chunk.bytes': word,
    'address.value': word.toLowerCase(),
    'offer.excerpt': word,
  })
  await talk(house, said(open), false)
  await house.rows(`update site set policy = policy || '{"encryption": "sealed"}'`)
  const birds = await talk(house, words, true, words['message.full_text'])
  const somebody = await talk(house, theirs, true)
  await bringInVain(house, birds)
  const { db } = house.node
  const what = { conversation: birds.conversation }
  await does(db, 'ada', 'set-fields', { what, name: words['operation.changes'] })
  await does(db, 'ada', 'set-fields', {
    ...{
      what,
      name: words['conversation.name'],
      tags: [words['conversation.tags']],
      folder: words['conversation.folder'],
    },
    metadata: { seen: words['conversation.metadata'] },
  })
  const [bo = ''] = await house
    .rows<{ person: string }>(
      "select person_id as person from participant where interaction_id = $1 and role = 'responder'",
      [birds.interaction],
    )
    .then((rows) => rows.map(({ person }) => person))
  const whose = Object.keys(people).find((name) => people[name] === bo) ?? ''
  await does(db, whose, 'open-backchannel', {
    ...{ from: birds.interaction, name: words['interaction.name'], note: words['place_invitation.note'] },
    people: Object.values(people).filter((person) => person !== bo),
  })
  await does(db, whose, 'file', {
    interaction: birds.interaction,
    said: {
      text: 'by voice',
      at: house.clock.now().toISOString(),
      by: { name: words['message.author_name'] },
      over: words['message.said_over'],
    },
  })
  await house.close()
  await live.stop()
  execFileSync('cp', ['-a', path.join(folder, 'live'), path.join(folder, 'backup')])
  expect(filesHolding('backup', [open])).not.toEqual([])
  expect(filesHolding('backup', stems)).toEqual([])

  const [backup, again] = await Promise.all([start('backup'), start('live')])
  const before = await reads(backup.connection, account)
  for (const place of Object.keys(words) as Place[]) expect(before.get(place), place).toContain(words[place])
  for (const [place, word] of Object.entries(theirs)) expect(before.get(place), place).toContain(word)
  for (const [place, word] of Object.entries(thrownAway)) expect(before.get(place), place).toContain(word)
  const now = openDatabase(again.connection, { sealing: sealing() })
  await throwAway(now, house)
  await does(now, 'ada', 'erase', what)
  await does(now, 'ada', 'erase-person', { person: somebody.person })
  await now.workerPool.query('checkpoint')
  await now.close()
  for (const { connection } of [backup, again]) {
    const after = all(await reads(connection, account))
    for (const word of erased) expect(after).not.toContain(word)
    // What another answered, and what lies open, stays.
    expect(after.split(others)).toHaveLength(3)
    expect(after).toContain(open)
  }
  await Promise.all([backup.stop(), again.stop()])
  expect(filesHolding('live', stems)).toEqual([])
  expect(filesHolding('live', [open])).not.toEqual([])
  expect(filesHolding('backup', stems)).toEqual([])
}, 180_000)

function roadOn(db: Database, clock: Clock): Road {
  return new Road({
    db,
    clock,
    live: { committed: () => {} },
    beginHunt: async () => {},
    find: new CriteriaIndexes({ db, clock }).find,
    seal: writeBlob,
  })
}
