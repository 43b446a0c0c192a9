import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  type AttachmentId,
  type Clock,
  type InteractionId,
  newId,
  type OperationId,
  type PersonId,
} from '@parley/model'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { storeAttachments, writeBlob } from '../../attachments/index.ts'
import { readMessages } from '../../conversations/index.ts'
import { startEmbeddedPostgres } from '../../db/embedded/index.ts'
import { type Database, migrateToLatest, openDatabase } from '../../db/index.ts'
import { CriteriaIndexes } from '../../hunting/index.ts'
import { addAddress, listAddresses } from '../../people/index.ts'
import { Road } from '../../road/index.ts'
import { FolderKeyStore, Sealing } from '../../sealing/index.ts'
import { accepted, aResponder, type House, mailOnly, openHouse } from '../../test-house.fixture.ts'
import { perform } from '../perform.ts'
import { erase } from './erase.ts'

const sealed = ['Nightingale-5519', 'Kestrel-2207', 'wren-8834']
const [inText = '', inFile = '', inAddress = ''] = sealed
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

/** A visitor with a message, a file and an address of these words. */
async function talk(house: House, words: { text: string; file: string; address: string }) {
  const { account, node, clock } = house
  const { person, conversation, intake } = await house.visitor()
  await node.db.write(account.account, (tx) =>
    addAddress(
      tx,
      mailOnly,
      {
        ...{ account: account.account, person, medium: 'email', seemsIn: null, network: null },
        value: `${words.address}@birds.test`,
      },
      clock.now(),
    ),
  )
  const { kept } = await node.db.write(account.account, (tx) =>
    storeAttachments(tx, {
      ...{ account: account.account, person, maxBytes: 1_000_000, now: clock.now() },
      files: [
        { name: `${words.file}.txt`, type: 'text/plain', bytes: Buffer.from(`a file on ${words.file}`), inline: false },
      ],
      sealed: words.text !== open,
    }),
  )
  const attachments: AttachmentId[] = kept
  accepted(
    await node.road.say({ ...house.say(person, { conversation }, `all about ${words.text} and more`), attachments }),
  )
  return { person, conversation, intake }
}

/** What can be read on a database with the key store as it is now. */
async function reads(
  connection: { connectionString: string },
  house: House,
  of: { person: PersonId; intake: InteractionId },
) {
  const db = openDatabase(connection, { sealing: sealing() })
  try {
    return await db.read(house.account.account, async (reader) => {
      const page = await readMessages(reader, {
        ...{ account: house.account.account, person: of.person, interaction: of.intake, cursor: 'end' },
        spans: [{ interaction: of.intake, from: 1, to: null, basis: 'member' }],
        url: (_, id) => id,
      })
      return JSON.stringify([page, await listAddresses(reader, house.account.account, of.person)])
    })
  } finally {
    await db.close()
  }
}

test('of a sealed conversation that was erased nothing is readable: not in the files of the database, nor in a backup that is restored (C9)', async () => {
  const live = await start('live')
  const house = await openHouse({
    database: { connectionString: live.connection.connectionString, drop: async () => {} },
    keyStore: keyStore(),
    responders: [{ ...aResponder('ada'), role: 'administrator' }],
  })
  await talk(house, { text: open, file: open, address: open.toLowerCase() })
  await house.rows(`update site set policy = policy || '{"encryption": "sealed"}'`)
  const birds = await talk(house, { text: inText, file: inFile, address: inAddress })
  await house.rows('checkpoint')
  const ada = house.account.responders[0]?.person
  if (!ada) throw new Error('there is no administrator')
  const { account } = house.account

  await house.close()
  await live.stop()
  execFileSync('cp', ['-a', path.join(folder, 'live'), path.join(folder, 'backup')])
  expect(filesHolding('backup', [open])).not.toEqual([])
  expect(filesHolding('backup', sealed)).toEqual([])
  const backup = await start('backup')
  const before = await reads(backup.connection, house, birds)
  for (const word of sealed) expect(before).toContain(word)
  await backup.stop()

  const again = await start('live')
  const who = { account, person: ada, language: 'en', via: { medium: 'web', address: null } } as const
  const db = openDatabase(again.connection, { sealing: sealing() })
  const done = await perform({ road: roadOn(db, house.clock), context: { db, addresses: mailOnly } }, who, {
    operation: erase,
    id: newId<OperationId>(),
    input: { conversation: birds.conversation },
  })
  expect(done).toMatchObject({ ok: true })
  await db.workerPool.query('checkpoint')
  await db.close()
  await again.stop()
  expect(filesHolding('live', sealed)).toEqual([])
  expect(filesHolding('live', [open])).not.toEqual([])

  const restored = await start('backup')
  const after = await reads(restored.connection, house, birds)
  for (const word of sealed) expect(after).not.toContain(word)
  expect(after).toContain('"erased":true')
  await restored.stop()
  expect(filesHolding('backup', sealed)).toEqual([])
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
