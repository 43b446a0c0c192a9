import { existsSync, readFileSync, statfsSync } from 'node:fs'
import path from 'node:path'
import { Client } from 'pg'
import { describeMachine, findBinaries, type Machine, thisMachine } from './binaries.ts'
import { makeCluster } from './make-cluster.ts'
import { openDataFolder } from './open-data-folder.ts'
import { isAlive } from './postmaster-file.ts'
import { type Refused, refuse } from './refusal.ts'
import { adoptOrStopOrphan, type Postmaster, startPostmaster } from './running-postmaster.ts'
import { chooseServerUser } from './server-user.ts'
import { role } from './settings.ts'
import { makeSocketFolder, socketPort } from './socket-folder.ts'
import { stopPostmaster } from './stop-postmaster.ts'
import { type DataFolderVersion, folderFormat, readVersionFile, writeVersionFile } from './version-file.ts'

export type EmbeddedPostgres = {
  /** for `pg` */
  connection: { host: string; port: number; user: string; database: string }
  /** the same, as one string; it holds no secret */
  connectionString: string
  /** of PostgreSQL, for example 18.4 */
  version: string
  /** it was left running by a Parley that was killed, and has been taken over */
  adopted: boolean
  dataFolder: string
  /** the user PostgreSQL runs as */
  runsAs: string
  pid: number
  /** Writes into PARLEY_VERSION which schema the data has now: call it after migrating. */
  recordSchema(newestMigration: string): void
  /** Ends all sessions, writes everything, frees the data folder. Close pools first: they would see their sessions cut. */
  stop(): Promise<void>
}

export type EmbeddedOptions = {
  dataFolder: string
  /** one line each, for the person at the terminal */
  log?: (line: string) => void
  /** the bin folder of a PostgreSQL to prefer (PARLEY_POSTGRES_BIN) */
  binaries?: string | undefined
  /** as root: the user to run PostgreSQL as (PARLEY_POSTGRES_USER) */
  runAs?: string | undefined
  /** this Parley's version, and the newest migration it knows */
  parley?: { version: string; newestMigration?: string }
  /** called once if the server ends without stop() */
  onLost?: (reason: string) => void
  /** false for tests only: nothing survives a power cut */
  isDurable?: boolean
  freeBytesNeeded?: { first: number; later: number }
  machine?: Machine
  machineFolders?: readonly string[]
}

/** A new cluster is 40 MB and keeps up to five write-ahead segments of 16 MB at rest. */
const defaultFreeBytesNeeded = { first: 250_000_000, later: 50_000_000 }

export async function startEmbeddedPostgres(
  options: EmbeddedOptions,
): Promise<{ ok: true; server: EmbeddedPostgres } | Refused> {
  const wantedFolder = path.resolve(options.dataFolder)
  const choice = chooseServerUser({
    uid: process.getuid?.() ?? -1,
    pgdata: path.join(wantedFolder, 'postgres'),
    wanted: options.runAs,
  })
  if (!choice.ok) return refuse.noServerUser(choice.wanted)
  const { user } = choice
  const opened = openDataFolder(wantedFolder, user)
  if (!opened.ok) return opened
  const { dataFolder, lock } = opened

  try {
    const started = await startIn(dataFolder, { ...options, user })
    if (!started.ok) {
      lock.release()
      return started
    }
    return {
      ok: true,
      server: describeServer(started, { ...options, dataFolder, runsAs: user.name, release: lock.release }),
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

type Started = { ok: true; postmaster: Postmaster; versionFile: DataFolderVersion; removeSocket(): void }

async function startIn(
  dataFolder: string,
  {
    user,
    binaries: named,
    machine,
    machineFolders,
    parley = { version: '0' },
    isDurable = true,
    freeBytesNeeded = defaultFreeBytesNeeded,
    log = () => {},
  }: EmbeddedOptions & { user: { name: string; ids?: { uid: number; gid: number } } },
): Promise<Started | Refused> {
  const pgdata = path.join(dataFolder, 'postgres')
  const written = readVersionFile(dataFolder)
  if (written && isNewer(written, parley.newestMigration)) {
    return refuse.newerParley(dataFolder, written.parley, parley.version)
  }

  const isFirst = !existsSync(pgdata)
  const neededBytes = isFirst ? freeBytesNeeded.first : freeBytesNeeded.later
  const freeBytes = freeBytesOf(dataFolder)
  if (freeBytes < neededBytes) return refuse.noSpace(dataFolder, freeBytes, neededBytes)

  const { found, tried } = findBinaries({
    named,
    user,
    machine,
    machineFolders,
    copyTo: path.join(dataFolder, 'binaries'),
  })
  const major = isFirst ? found[0]?.major : Number(readFileSync(path.join(pgdata, 'PG_VERSION'), 'utf8'))
  if (major === undefined || found.length === 0)
    return refuse.noBinaries(describeMachine(machine ?? thisMachine()), tried)
  const binaries = found.find((each) => each.major === major)
  if (!binaries) {
    const available = found.map((each) => each.major)
    return available.every((each) => each < major)
      ? refuse.newerPostgres(dataFolder, major, available)
      : refuse.olderPostgres(dataFolder, major, available)
  }

  const versionFile = {
    format: folderFormat,
    parley: parley.version,
    postgres: major,
    schema: written?.schema ?? null,
  }
  if (isFirst) {
    log(`Making a database in ${dataFolder} (PostgreSQL ${binaries.version}${user.ids ? `, run as ${user.name}` : ''})`)
    writeVersionFile(dataFolder, versionFile)
    const made = await makeCluster(pgdata, { binaries, user, isDurable })
    if (!made.ok && made.because === 'no-space') return refuse.noSpace(dataFolder, undefined, neededBytes)
    if (!made.ok) return refuse.didNotStart('(initdb)', made.output)
  }

  const orphan = isFirst ? undefined : await adoptOrStopOrphan(pgdata, binaries)
  if (orphan) {
    log(`Took over the database of a Parley that was killed (process ${orphan.pid})`)
    await endSessions(orphan.socketFolder)
    await makeDatabase(orphan.socketFolder)
    return { ok: true, postmaster: orphan, versionFile, removeSocket: () => {} }
  }
  const socket = makeSocketFolder(dataFolder, user)
  if (!socket) return refuse.socketPathTooLong(dataFolder)
  const logFile = path.join(dataFolder, 'postgres.log')
  const started = await startPostmaster({ pgdata, socketFolder: socket.path, logFile, binaries, user, isDurable })
  if (!started.ok) {
    socket.remove()
    return refuse.didNotStart(logFile, started.output)
  }
  await makeDatabase(socket.path)
  return { ok: true, postmaster: started.postmaster, versionFile, removeSocket: socket.remove }
}

function describeServer(
  { postmaster, versionFile, removeSocket }: Started,
  {
    dataFolder,
    runsAs,
    release,
    onLost,
  }: { dataFolder: string; runsAs: string; release(): void; onLost?: (reason: string) => void },
): EmbeddedPostgres {
  const { pid, socketFolder, version, isAdopted } = postmaster
  const watch = setInterval(() => {
    if (isAlive(pid)) return
    clearInterval(watch)
    onLost?.(`PostgreSQL (process ${pid}) has ended; its last words are in ${path.join(dataFolder, 'postgres.log')}`)
  }, 1000).unref()

  let stopped: Promise<void> | undefined
  return {
    connection: connectionTo(socketFolder, role),
    connectionString: `postgresql:///${role}?host=${encodeURIComponent(socketFolder)}&port=${socketPort}&user=${role}`,
    version,
    adopted: isAdopted,
    dataFolder,
    runsAs,
    pid,
    recordSchema: (schema) => writeVersionFile(dataFolder, { ...versionFile, schema }),
    stop: () => {
      stopped ??= (async () => {
        clearInterval(watch)
        await stopPostmaster(pid)
        removeSocket()
        release()
      })()
      return stopped
    },
  }
}

function isNewer(written: DataFolderVersion, newestMigration: string | undefined): boolean {
  if (written.format > folderFormat) return true
  return written.schema !== null && newestMigration !== undefined && written.schema > newestMigration
}

function freeBytesOf(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

/** A session of the killed process may still be at work, and would commit under the eyes of its successor. */
async function endSessions(socketFolder: string): Promise<void> {
  await asOwner(socketFolder, (client) =>
    client.query(
      `select pg_terminate_backend(pid, 10000) from pg_stat_activity
       where backend_type = 'client backend' and pid <> pg_backend_pid()`,
    ),
  )
}

async function makeDatabase(socketFolder: string): Promise<void> {
  await asOwner(socketFolder, async (client) => {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [role])
    if (!rowCount) await client.query(`create database ${role} template template0`)
  })
}

async function asOwner(socketFolder: string, act: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client(connectionTo(socketFolder, 'postgres'))
  await client.connect()
  try {
    await act(client)
  } finally {
    await client.end()
  }
}

function connectionTo(socketFolder: string, database: string): EmbeddedPostgres['connection'] {
  return { host: socketFolder, port: socketPort, user: role, database }
}
