import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Config, defaultDataFolder, migrateToLatest, schemaVersion, startEmbeddedPostgres } from '@parley/server'
import { giveUp, say } from './say.ts'

const version = '0.1.0'

export const cloneFolder: string = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..')

export interface Storage {
  readonly connection: { connectionString: string }
  readonly dataFolder: string
  stop(): Promise<void>
}

/** The database, brought to this version: the embedded one under the data folder, or one's own. */
export async function openStorage(config: Config, onLost: (reason: string) => void): Promise<Storage> {
  const wanted = config.data.folder ?? defaultDataFolder(cloneFolder)
  if (config.data.databaseUrl) {
    mkdirSync(wanted, { recursive: true, mode: 0o700 })
    const connection = { connectionString: config.data.databaseUrl }
    await bringUpToDate(connection)
    return { connection, dataFolder: wanted, stop: async () => {} }
  }
  const started = await startEmbeddedPostgres({
    dataFolder: wanted,
    log: say,
    binaries: config.data.postgresBin,
    runAs: config.data.postgresUser,
    parley: { version, newestMigration: schemaVersion },
    onLost,
  })
  if (!started.ok) giveUp(started.refusal.text)
  const { server } = started
  const connection = { connectionString: server.connectionString }
  try {
    await bringUpToDate(connection)
  } catch (error) {
    await server.stop()
    throw error
  }
  server.recordSchema(schemaVersion)
  return { connection, dataFolder: server.dataFolder, stop: () => server.stop() }
}

async function bringUpToDate(connection: { connectionString: string }): Promise<void> {
  const migrated = await migrateToLatest(connection)
  if (!migrated.ok) {
    giveUp(
      `This database was written by a newer Parley (it has ${migrated.found}). Run that version or a later one. Nothing was changed.`,
    )
  }
}

/** What signs and seals, made once and kept beside the database, never in it. */
export function openSecret(dataFolder: string): Buffer {
  const file = secretIn(dataFolder)
  if (!existsSync(file)) {
    writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' })
    chmodSync(file, 0o600)
  }
  return readSecret(file)
}

/** That of a server which has run here: for what is done to its data none is made. */
export function findSecret(dataFolder: string): Buffer {
  const file = secretIn(dataFolder)
  if (!existsSync(file))
    giveUp(
      `There is no file ${file}, which every server makes in its data folder. Set PARLEY_DATA as the server has it, and run this as its user. Nothing was changed.`,
    )
  return readSecret(file)
}

const secretIn = (dataFolder: string) => path.join(dataFolder, 'secret')

function readSecret(file: string): Buffer {
  const secret = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex')
  if (secret.length < 32)
    giveUp(`The file ${file} does not hold a secret of 32 bytes. Restore it from a backup of the data folder.`)
  return secret
}
