import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { type ConversationId, minutes, newId, type PersonId } from '@parley/model'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { erasedText } from './db/index.ts'
import { eraseAtInstallation } from './erase-at-installation.ts'
import { type OperationRig, openOperationRig } from './operation-rig.fixture.ts'
import { type ErasingPoint, finishErasing } from './operations/index.ts'

let rig: OperationRig
let folder: string
beforeEach(async () => {
  rig = await openOperationRig({ encryption: 'sealed' })
  folder = mkdtempSync(path.join(tmpdir(), 'parley-erase-'))
})
afterEach(async () => {
  await rig.close()
  rmSync(folder, { recursive: true, force: true })
})

const fixture = fileURLToPath(new URL('./erase-and-die.fixture.ts', import.meta.url))

/** A process that begins to erase this and is killed there. */
async function diesErasing(of: object, dieAt: ErasingPoint): Promise<void> {
  const { house } = rig
  const file = path.join(folder, dieAt + Object.keys(of).join())
  const { connectionString } = house.database
  const what = { account: house.account.account, of }
  const secret = house.secret.toString('hex')
  writeFileSync(file, JSON.stringify({ connectionString, keys: house.keys, secret, what, dieAt }))
  const child = spawn(process.execPath, [fixture, file], { stdio: ['ignore', 'ignore', 'inherit'] })
  const [, signal] = await once(child, 'exit')
  expect(signal).toBe('SIGKILL')
}

const sweep = (passedMs: number) => {
  const { node } = rig.house
  return finishErasing({ db: node.db, road: node.road, clock: { now: () => new Date(Date.now() + passedMs) } })
}

/** Tables, besides those that say by ids what was done, in which this stands. */
async function tablesNaming(id: string): Promise<string[]> {
  const tables = await rig.house.rows<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'parley' and table_type = 'BASE TABLE'
     and table_name not in ('operation', 'relay_address')`,
  )
  const found: string[] = []
  for (const { name } of tables) {
    const rows = await rig.house.rows(`select 1 from parley.${name} t where to_jsonb(t)::text like $1 limit 1`, [
      `%${id}%`,
    ])
    if (rows.length > 0) found.push(name)
  }
  return found
}

const keysOf = (id: string) =>
  readdirSync(rig.house.keys, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes(id))

test('erasing that a process began and was killed in, wherever, is finished by the next that looks (C9)', async () => {
  const { house, people } = rig
  const asked = await Promise.all([
    rig.question('olga'),
    rig.question('olga'),
    rig.question('olga'),
    rig.question('bo'),
  ])
  const [noted, destroyed, removed, kept] = asked
  // Another process: what this one has opened it keeps for a minute.
  const words = async (conversation: ConversationId) => {
    const { db } = house.anotherNode()
    const rows = await db.read(house.account.account, (reader) =>
      reader.selectFrom('message').select(['message_id', 'body']).where('conversation_id', '=', conversation).execute(),
    )
    return rows.map(({ body }) => body).sort()
  }
  await Promise.all([
    diesErasing({ conversation: noted.conversation }, 'noted'),
    diesErasing({ conversation: destroyed.conversation }, 'keys-destroyed'),
    diesErasing({ conversation: removed.conversation }, 'rows-removed'),
    diesErasing({ person: people.bo }, 'keys-destroyed'),
  ])
  for (const { conversation } of [destroyed, removed]) {
    expect(keysOf(conversation)).toEqual([])
    expect(await tablesNaming(conversation)).toContain('message')
    expect(await words(conversation)).toEqual([erasedText, erasedText])
  }
  expect(await words(noted.conversation)).toEqual(['answer of olga', 'the question'])
  expect(await words(kept.conversation)).toEqual([erasedText, 'the question'])
  expect(await sweep(0)).toBe(0)
  expect(await sweep(minutes(2))).toBe(4)
  for (const { conversation } of [noted, destroyed, removed]) {
    expect(await tablesNaming(conversation)).toEqual([])
    expect(keysOf(conversation)).toEqual([])
  }
  expect(await tablesNaming('bo@people.test')).toEqual([])
  expect(await words(kept.conversation)).toEqual([erasedText, 'the question'])
  expect(await house.rows('select 1 from erasing')).toEqual([])
  const done = await house.rows('select name, by_role, person_id, changes from operation order by name')
  const one = { by_role: 'installation', person_id: null, changes: null }
  expect(done).toEqual([...Array(3).fill({ name: 'erase', ...one }), { name: 'erase-person', ...one }])
  expect(await sweep(minutes(2))).toBe(0)
})

test('one that cannot be erased keeps none of the others, and goes as soon as it can be (C9)', async () => {
  const { house } = rig
  const [stuck, other] = await Promise.all([rig.question('olga'), rig.question('olga')])
  await diesErasing({ conversation: stuck.conversation }, 'noted')
  await diesErasing({ conversation: other.conversation }, 'keys-destroyed')
  const loop = path.join(house.keys, house.account.account, `c-${stuck.conversation}`, '2.key')
  symlinkSync('2.key', loop)
  await expect(sweep(minutes(2))).rejects.toThrow(`not erased yet: conversation ${stuck.conversation} (Error: ELOOP`)
  expect(await tablesNaming(other.conversation)).toEqual([])
  expect(await tablesNaming(stuck.conversation)).toContain('message')
  for (const name of keysOf('2.key')) rmSync(path.join(house.keys, name))
  expect(await sweep(minutes(2))).toBe(1)
  expect(await tablesNaming(stuck.conversation)).toEqual([])
  expect(keysOf(stuck.conversation)).toEqual([])
})

test('with another key store than the server’s nothing is erased, and erasing that a process died in can be asked for again (C9)', async () => {
  const { house, people } = rig
  const { conversation } = await rig.question('bo')
  const { account } = house.account
  const at = (keys: string) => ({
    connection: { connectionString: house.database.connectionString },
    secret: house.secret,
    keyStore: { folder: keys, secrets: [house.secret] as const },
  })
  const erases = [{ conversation }, { person: people.bo }]
  const kept = [keysOf(conversation), await house.rows('select body from message order by message_id')]
  for (const of of erases) expect(await eraseAtInstallation(at(folder), { account, of })).toBe('no-keys')
  expect(await house.rows('select 1 from erasing')).toEqual([])
  expect([keysOf(conversation), await house.rows('select body from message order by message_id')]).toEqual(kept)
  await diesErasing({ person: people.bo }, 'keys-destroyed')
  await diesErasing({ conversation }, 'keys-destroyed')
  for (const of of erases.toReversed())
    expect(await eraseAtInstallation(at(house.keys), { account, of })).toMatchObject({ openMessages: 0 })
  expect(await tablesNaming(conversation)).toEqual(['erasing'])
  await sweep(minutes(2))
  expect(await tablesNaming(conversation)).toEqual([])
})

test('whoever runs the installation erases without a desk, and is told what was there and how much of it lay open (C9)', async () => {
  const { house } = rig
  const { conversation, visitor } = await rig.question('olga')
  const { ada, olga } = rig.people
  const at = {
    connection: { connectionString: house.database.connectionString },
    secret: house.secret,
    keyStore: { folder: house.keys, secrets: [house.secret] as const },
  }
  const { account } = house.account
  expect(await eraseAtInstallation(at, { account, of: { person: newId<PersonId>() } })).toBeNull()
  expect(await eraseAtInstallation(at, { account: newId<typeof account>(), of: { conversation } })).toBeNull()
  const administrators = () =>
    house.rows(`select person_id as id from responder where role = 'administrator' and state = 'active'`)
  expect(await eraseAtInstallation(at, { account, of: { person: ada } })).toBe('last-administrator')
  expect(await house.rows('select 1 from erasing')).toEqual([])
  expect(await administrators()).toEqual([{ id: ada }])
  await house.rows(`update responder set role = 'administrator' where person_id = $1`, [olga])
  expect(await eraseAtInstallation(at, { account, of: { person: ada } })).toMatchObject({ messages: 0 })
  expect(await administrators()).toEqual([{ id: olga }])
  await house.rows(`update message set encryption = 'none', body = 'open' where person_id = $1`, [visitor])
  const erased = await eraseAtInstallation(at, { account, of: { conversation } })
  const deliveries = expect.toSatisfy((count: number) => count > 0)
  expect(erased).toEqual({ messages: 2, openMessages: 1, files: 0, openFiles: 0, deliveries })
  expect(await tablesNaming(conversation)).toEqual([])
  expect(await eraseAtInstallation(at, { account, of: { conversation } })).toBeNull()
})
